package io.tapedeck.tools.commands;

import io.tapedeck.engine.replay.CountSink;
import io.tapedeck.engine.replay.SourcePlan;
import io.tapedeck.engine.replay.pipeline.ReplayStatistics;
import io.tapedeck.engine.replay.pipeline.StageStatistics;
import io.tapedeck.tools.cli.Progress;
import io.tapedeck.tools.cli.Report;
import io.tapedeck.tools.cli.TimeOfDay;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** What a replay would read, and what became of it, as lines of a report. */
final class ReplayReport {
    /** Longer plans show their first files only; scripts see all. */
    private static final int MAX_FILES = 40;

    private static final double[] PERCENTILES = {50, 99, 99.9, 100};

    private ReplayReport() {}

    /** Files, chunks to read and to skip, and how much that is. */
    static Report plan(final List<SourcePlan> plan) {
        final Report report = new Report();
        final List<Object> files = new ArrayList<>();
        long records = 0;
        long bytes = 0;
        int chunks = 0;
        int skipped = 0;
        report.line(String.format(
                Locale.ROOT, "  %12s %10s %10s %14s %14s  %s", "records", "read", "skip", "at most", "bytes", "file"));
        for (final SourcePlan file : plan) {
            records += file.readRecords();
            bytes += file.readBytes();
            chunks += file.readChunks();
            skipped += file.chunkCount() - file.readChunks();
            final Map<String, Object> values = new LinkedHashMap<>();
            values.put("file", file.path().toString());
            values.put("records", file.recordCount());
            values.put("chunksToRead", file.readChunks());
            values.put("chunksToSkip", file.chunkCount() - file.readChunks());
            values.put("recordsAtMost", file.readRecords());
            values.put("bytes", file.readBytes());
            files.add(values);
            if (files.size() <= MAX_FILES) {
                report.line(String.format(
                        Locale.ROOT,
                        "  %,12d %,10d %,10d %,14d %,14d  %s",
                        file.recordCount(),
                        file.readChunks(),
                        file.chunkCount() - file.readChunks(),
                        file.readRecords(),
                        file.readBytes(),
                        file.path()));
            }
        }
        return report.add("files", "files", files, Integer.toString(files.size()))
                .add("chunksToRead", "chunks to read", chunks)
                .add("chunksToSkip", "chunks to skip", skipped)
                .add("recordsAtMost", "records to read", records)
                .add("bytes", "bytes to read", bytes);
    }

    /** What was read and kept, and how fast. */
    static Report result(final Path path, final ReplayStatistics statistics, final CountSink counted) {
        final double seconds = statistics.elapsedNs() / 1e9;
        final Report report = new Report()
                .add("path", "path", path.toString())
                .add("sessions", "sessions", counted.sessionCount())
                .add("read", "records read", statistics.readCount());
        for (final StageStatistics stage : statistics.transforms()) {
            report.line(String.format(Locale.ROOT, "    %-24s drops %,d", stage.name(), stage.droppedCount()));
        }
        report.add("records", "records kept", counted.recordCount());
        if (counted.recordCount() > 0) {
            report.add("firstTimestampNs", "first", counted.firstTimeNs(), TimeOfDay.format(counted.firstTimeNs()))
                    .add("lastTimestampNs", "last", counted.lastTimeNs(), TimeOfDay.format(counted.lastTimeNs()));
        }
        if (statistics.pacingError() != null) {
            addPacing(report, statistics.pacingError());
        }
        return report.add("whole", "whole", statistics.isWhole(), whole(statistics))
                .add("seconds", "seconds", seconds)
                .add(
                        "recordsPerSecond",
                        "records/s",
                        statistics.readCount() / seconds,
                        Progress.rate(statistics.readCount() / seconds));
    }

    private static String whole(final ReplayStatistics statistics) {
        if (statistics.isWhole()) {
            return "yes";
        }
        return statistics.isCancelled()
                ? "no: stopped early"
                : "no: the last tape is not closed; it is being written, or its writer was stopped";
    }

    private static void addPacing(final Report report, final Histogram error) {
        final Map<String, Object> values = new LinkedHashMap<>();
        final StringBuilder text = new StringBuilder();
        for (final double percentile : PERCENTILES) {
            final double micros = error.getValueAtPercentile(percentile) / 1e3;
            final String name = percentile == 100
                    ? "max"
                    : "p" + Double.toString(percentile).replace(".0", "");
            values.put(name, micros);
            text.append(text.length() == 0 ? "" : ", ").append(String.format(Locale.ROOT, "%s %,.1f us", name, micros));
        }
        report.add("lateMicros", "late by", values, text.toString());
    }
}
