package io.tapedeck.tools.commands;

import io.tapedeck.engine.session.SessionListener;
import io.tapedeck.engine.session.SessionSummary;
import io.tapedeck.tools.cli.Progress;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;

/** Adds up what the sessions of a run tell from their threads, and shows it as one progress line. */
final class RunProgress implements SessionListener, AutoCloseable {
    private final Progress progress;
    private final double sessionCount;
    private final Map<String, double[]> atWork = new HashMap<>();
    private long endedEvents;
    private int endedSessions;

    /**
     * Starts to show.
     *
     * @param err        where to; null is silence.
     * @param days       of the run; 0 if it has no end.
     * @param securities of the run.
     */
    RunProgress(final PrintWriter err, final int days, final int securities) {
        progress = Progress.start(err, "simulating", "events");
        sessionCount = days == 0 ? Double.NaN : (double) days * securities;
    }

    @Override
    public synchronized void onSessionProgress(
            final String symbol, final String date, final long eventCount, final double fraction) {
        final double[] state = atWork.computeIfAbsent(String.valueOf(symbol), key -> new double[2]);
        state[0] = eventCount;
        state[1] = fraction;
        show();
    }

    @Override
    public synchronized void onSessionEnd(final SessionSummary summary) {
        atWork.remove(String.valueOf(summary.symbol()));
        endedEvents += summary.eventCount();
        endedSessions++;
        show();
    }

    private void show() {
        double events = endedEvents;
        double sessions = endedSessions;
        for (final double[] state : atWork.values()) {
            events += state[0];
            sessions += state[1];
        }
        progress.update((long) events, sessions / sessionCount);
    }

    /** Makes room for the result. */
    void clear() {
        progress.clear();
    }

    @Override
    public void close() {
        progress.close();
    }
}
