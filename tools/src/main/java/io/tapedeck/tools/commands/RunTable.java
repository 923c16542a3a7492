package io.tapedeck.tools.commands;

import io.tapedeck.engine.session.RunSummary;
import io.tapedeck.engine.session.SessionSummary;
import io.tapedeck.tools.cli.Report;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The sessions of a run as a table, and as values for scripts. */
final class RunTable {
    /** Longer runs show their first and last sessions only; scripts see all. */
    private static final int MAX_LINES = 40;

    private RunTable() {}

    static Report report(final RunSummary summary, final Path path) {
        final List<Object> sessions = new ArrayList<>();
        long bytes = 0;
        for (final SessionSummary done : summary.sessions()) {
            bytes += done.fileBytes();
            sessions.add(values(done));
        }
        final double seconds = summary.elapsedNs() / 1e9;
        final Report report = new Report();
        lines(summary.sessions()).forEach(report::line);
        return report.addHidden("sessions", sessions)
                .add("output", "written to", path.toString())
                .add("sessionCount", "sessions", sessions.size(), sessions.size() + stopped(summary.isStopped()))
                .addHidden("stopped", summary.isStopped())
                .add("events", "events", summary.eventCount())
                .add("bytes", "bytes", bytes)
                .add("seconds", "seconds", seconds)
                .add("eventsPerSecond", "events per second", (long) (summary.eventCount() / seconds));
    }

    static String stopped(final boolean isStopped) {
        return isStopped ? "; stopped by a signal, the files are closed in good order" : "";
    }

    private static List<String> lines(final List<SessionSummary> sessions) {
        final List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "  %-20s %20s %12s %12s %8s %9s %9s %9s",
                "session",
                "seed",
                "events",
                "bytes",
                "B/event",
                "open",
                "close",
                "moves"));
        for (int i = 0; i < sessions.size(); i++) {
            if (sessions.size() > MAX_LINES && i == MAX_LINES / 2) {
                i = sessions.size() - MAX_LINES / 2;
                lines.add("  ... (" + (sessions.size() - MAX_LINES) + " more)");
            }
            lines.add(line(sessions.get(i)));
        }
        return lines;
    }

    private static Map<String, Object> values(final SessionSummary session) {
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("symbol", session.symbol());
        values.put("date", session.date());
        values.put("seed", Long.toUnsignedString(session.seed()));
        values.put("file", session.file().toString());
        values.put("events", session.eventCount());
        values.put("bytes", session.fileBytes());
        values.put("openTicks", session.openingPriceTicks());
        values.put("closeTicks", session.closePriceTicks());
        values.put("moves", session.moveCount());
        values.put("seconds", session.elapsedSeconds());
        values.put("complete", session.isComplete());
        return values;
    }

    private static String line(final SessionSummary session) {
        return String.format(
                Locale.ROOT,
                "  %-20s %20s %,12d %,12d %8.2f %9d %9d %,9d%s",
                session.symbol() == null ? session.date() : session.symbol() + " " + session.date(),
                Long.toUnsignedString(session.seed()),
                session.eventCount(),
                session.fileBytes(),
                session.eventCount() == 0 ? 0 : (double) session.fileBytes() / session.eventCount(),
                session.openingPriceTicks(),
                session.closePriceTicks(),
                session.moveCount(),
                session.isComplete() ? "" : "  (stopped early)");
    }
}
