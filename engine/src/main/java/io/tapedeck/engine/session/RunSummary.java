package io.tapedeck.engine.session;

import java.util.List;

/**
 * What became of a run.
 *
 * @param sessions  securities in the order given, days ascending.
 * @param elapsedNs from start to end, nanoseconds; less than the sum over the sessions where several ran at once.
 * @param isStopped whether it was stopped before its end.
 */
public record RunSummary(List<SessionSummary> sessions, long elapsedNs, boolean isStopped) {
    /** Takes a copy of the list. */
    public RunSummary {
        sessions = List.copyOf(sessions);
    }

    /**
     * Events of all sessions.
     *
     * @return their number.
     */
    public long eventCount() {
        return sessions.stream().mapToLong(SessionSummary::eventCount).sum();
    }
}
