package io.tapedeck.engine.replay.pipeline;

/**
 * What a sink that is slower than the source does to the replay. All but {@link #DIRECT} give the sink a thread of its own
 * behind a bounded ring, and say what happens when the ring is full.
 */
public enum BackPressure {
    /** The sink is called on the thread of the replay, which waits for it. Nothing is copied. */
    DIRECT,
    /** The replay waits until the ring has room; the time is counted. */
    BLOCK,
    /** Records that find the ring full are dropped and counted: for looking on, not for keeping. */
    DROP_NEWEST,
    /** A record that finds the ring full ends the replay. */
    FAIL
}
