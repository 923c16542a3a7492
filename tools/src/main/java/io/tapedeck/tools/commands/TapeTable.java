package io.tapedeck.tools.commands;

import io.tapedeck.engine.pipeline.ConsumerReport;
import io.tapedeck.engine.run.TapeRunSummary;
import io.tapedeck.engine.run.UnitDayResult;
import io.tapedeck.feed.mold.PublisherCounter;
import io.tapedeck.tools.cli.Report;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The days of a native run as a table, and as values for scripts. */
final class TapeTable {
    /** Longer runs show their first and last days only; scripts see all. */
    private static final int MAX_LINES = 40;

    private TapeTable() {}

    /**
     * What became of a run.
     *
     * @param publishers of the run's feed, or null.
     */
    static Report report(final TapeRunSummary summary, final Path path, final FeedConsumers publishers) {
        final Report report = new Report();
        final List<Object> days = new ArrayList<>();
        report.line(String.format(
                Locale.ROOT,
                "  %-10s %5s %12s %12s %8s  %s",
                "date",
                "unit",
                "records",
                "bytes",
                "B/record",
                "content hash"));
        for (int i = 0; i < summary.days().size(); i++) {
            final UnitDayResult day = summary.days().get(i);
            days.add(values(day));
            if (i < MAX_LINES / 2 || i >= summary.days().size() - MAX_LINES / 2) {
                report.line(line(day));
            }
            for (final ConsumerReport consumer : day.pipeline().consumers()) {
                if (consumer.ending() != ConsumerReport.Ending.DRAINED) {
                    report.line("    CONSUMER FAILED: " + consumer);
                }
            }
        }
        final double seconds = summary.elapsedNs() / 1e9;
        report.addHidden("days", days)
                .add("output", "written to", path.toString())
                .add("dayCount", "tapes", days.size(), days.size() + RunTable.stopped(summary.isStopped()))
                .addHidden("stopped", summary.isStopped())
                .add("records", "records", summary.recordCount())
                .add("bytes", "bytes", summary.lengthBytes())
                .add("seconds", "seconds", seconds)
                .add("recordsPerSecond", "records per second", (long) (summary.recordCount() / seconds))
                .add("clean", "every consumer got everything", summary.isClean());
        if (publishers != null) {
            report.add("messages", "messages published", publishers.count(PublisherCounter.MESSAGES))
                    .add("packets", "packets", publishers.count(PublisherCounter.PACKETS));
            FeedReport.addRequests(report, publishers::count);
            FeedReport.addSnapshots(report, publishers::count);
        }
        return report;
    }

    private static String line(final UnitDayResult day) {
        return String.format(
                Locale.ROOT,
                "  %-10s %5d %,12d %,12d %8.2f  %s%s",
                day.day().date(),
                day.day().unit(),
                day.entry().recordCount(),
                day.entry().lengthBytes(),
                (double) day.entry().lengthBytes() / Math.max(1, day.entry().recordCount()),
                day.entry().contentHash().substring(0, 16),
                day.isComplete() ? "" : "  (stopped early)");
    }

    private static Map<String, Object> values(final UnitDayResult day) {
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("date", day.day().date().toString());
        values.put("unit", day.day().unit());
        values.put("file", day.file().toString());
        values.put("records", day.entry().recordCount());
        values.put("bytes", day.entry().lengthBytes());
        values.put("contentHash", day.entry().contentHash());
        values.put("sessionName", day.day().sessionName());
        values.put("complete", day.isComplete());
        values.put("stalls", day.pipeline().stalls());
        values.put("seconds", day.elapsedNs() / 1e9);
        final List<Object> symbols = new ArrayList<>();
        day.symbols()
                .forEach(symbol -> symbols.add(Map.of(
                        "symbol", symbol.symbol(),
                        "openTicks", symbol.openingPriceTicks(),
                        "closeTicks", symbol.closePriceTicks(),
                        "events", symbol.modelEventCount(),
                        "moves", symbol.moveCount())));
        values.put("symbols", symbols);
        return values;
    }
}
