package io.tapedeck.tools.commands;

import io.tapedeck.engine.run.TapeRunSummary;
import io.tapedeck.engine.run.UnitDayResult;
import io.tapedeck.engine.session.RunSummary;
import io.tapedeck.engine.session.SessionParameters;
import io.tapedeck.engine.session.SessionSummary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A run's rates and sizes as a Markdown page. */
final class PerfDocument {
    private PerfDocument() {}

    static void write(final Path file, final SessionParameters parameters, final RunSummary summary)
            throws IOException {
        final StringBuilder page = start(parameters, "generating, compressing and writing a session", "session | seed");
        long bytes = 0;
        for (final SessionSummary session : summary.sessions()) {
            bytes += session.fileBytes();
            row(
                    page,
                    (session.symbol() == null ? "" : session.symbol() + " ") + session.date(),
                    Long.toUnsignedString(session.seed()),
                    session.eventCount(),
                    session.elapsedNs(),
                    session.fileBytes());
        }
        row(page, "all, wall clock", "", summary.eventCount(), summary.elapsedNs(), bytes);
        Files.writeString(file, page, StandardCharsets.UTF_8);
    }

    static void write(final Path file, final SessionParameters parameters, final TapeRunSummary summary)
            throws IOException {
        final StringBuilder page =
                start(parameters, "a unit's day from the first record to the end of its last consumer", "date | unit");
        for (final UnitDayResult day : summary.days()) {
            row(
                    page,
                    day.day().date().toString(),
                    Integer.toString(day.day().unit()),
                    day.entry().recordCount(),
                    day.elapsedNs(),
                    day.entry().lengthBytes());
        }
        row(page, "all, wall clock", "", summary.recordCount(), summary.elapsedNs(), summary.lengthBytes());
        Files.writeString(file, page, StandardCharsets.UTF_8);
    }

    private static StringBuilder start(final SessionParameters parameters, final String timed, final String columns) {
        final StringBuilder page = new StringBuilder("# Performance of a run\n\n");
        line(page, "* JVM: %s %s", System.getProperty("java.vm.name"), System.getProperty("java.runtime.version"));
        line(
                page,
                "* machine: %s %s, %d processors",
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors());
        line(
                page,
                "* model: %s, %d levels, %d s",
                parameters.model().modelName(),
                parameters.levelsPerSide(),
                parameters.sessionSeconds());
        line(page, "* what is timed: %s, warm-up of the JVM included", timed);
        line(page, "\n| %s | events | seconds | events/s | bytes | bytes/event |", columns);
        line(page, "|---|---:|---:|---:|---:|---:|---:|");
        return page;
    }

    private static void row(
            final StringBuilder page,
            final String name,
            final String seed,
            final long events,
            final long elapsedNs,
            final long bytes) {
        line(
                page,
                "| %s | %s | %d | %.3f | %.0f | %d | %.3f |",
                name,
                seed,
                events,
                elapsedNs / 1e9,
                events * 1e9 / elapsedNs,
                bytes,
                events == 0 ? 0 : (double) bytes / events);
    }

    private static void line(final StringBuilder page, final String format, final Object... values) {
        page.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
