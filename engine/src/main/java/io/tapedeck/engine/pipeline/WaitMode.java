package io.tapedeck.engine.pipeline;

import java.util.Locale;

/**
 * How a thread of a pipeline waits: a consumer for events, the producer for room.
 *
 * <p>{@link #BUSY_SPIN} and {@link #YIELD} want a core for each thread, {@link #BACKOFF} and {@link #BLOCK} give it up:
 * they wait at most a millisecond at a time, so timers stay that exact.
 */
public enum WaitMode {
    /** Never gives up the core: the least latency, useless with fewer cores than threads. */
    BUSY_SPIN,

    /** Lets others run between two looks; takes a whole core when there are no others. */
    YIELD,

    /** Spins, yields, then sleeps, longer each time up to a millisecond. */
    BACKOFF,

    /** Consumers sleep until the producer wakes them, which costs it a lock per publication; it waits by backoff. */
    BLOCK;

    private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /**
     * The mode that a person named.
     *
     * @param text {@code busy-spin}, {@code yield}, {@code backoff} or {@code block}.
     * @return the mode.
     * @throws IllegalArgumentException for any other text.
     */
    public static WaitMode parse(final String text) {
        for (final WaitMode mode : values()) {
            if (mode.text.equals(text)) {
                return mode;
            }
        }
        throw new IllegalArgumentException(
                "unknown wait mode: use busy-spin, yield, backoff or block: waitMode=" + text);
    }

    /**
     * The text that {@link #parse(String)} takes.
     *
     * @return for example {@code busy-spin}.
     */
    @Override
    public String toString() {
        return text;
    }
}
