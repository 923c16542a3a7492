package io.tapedeck.engine.session;

/**
 * Hears how a run goes on.
 *
 * <p><b>Note:</b> called on the threads that generate, for several securities at once; what it takes, the run waits for.
 */
public interface SessionListener {
    /** Hears nothing. */
    SessionListener NONE = new SessionListener() {};

    /**
     * A session starts.
     *
     * @param symbol of the security; null for the nameless one.
     * @param date   {@code yyyy-mm-dd}.
     * @param seed   of the session.
     */
    default void onSessionStart(final String symbol, final String date, final long seed) {}

    /**
     * A session goes on; heard every 65,536 events or so.
     *
     * @param symbol     of the security; null for the nameless one.
     * @param date       {@code yyyy-mm-dd}.
     * @param eventCount events since the session's start.
     * @param fraction   of the session's time that has gone by, 0 to 1.
     */
    default void onSessionProgress(
            final String symbol, final String date, final long eventCount, final double fraction) {}

    /**
     * A session has ended: its file is closed, and the manifest names it.
     *
     * @param summary what became of it.
     */
    default void onSessionEnd(final SessionSummary summary) {}
}
