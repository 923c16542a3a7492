package io.tapedeck.engine.replay.pipeline;

import java.time.LocalDate;
import org.agrona.concurrent.NanoClock;

/**
 * The time of the market as a replay has it: that of the record at hand. Replayed code that asks this clock and no other
 * does the same at every speed. Within a session it never goes back, also where the times of real data do.
 *
 * <p><b>Note:</b> belongs to the thread of the replay.
 */
public final class VirtualClock implements NanoClock {
    private LocalDate date;
    private long timeNs;

    /** A clock that stands at 0 until the replay begins. */
    public VirtualClock() {}

    /**
     * Which session it is.
     *
     * @return its date; null before the first one.
     */
    public LocalDate date() {
        return date;
    }

    /**
     * What time it is.
     *
     * @return nanoseconds since midnight of the session.
     */
    @Override
    public long nanoTime() {
        return timeNs;
    }

    void begin(final LocalDate session) {
        date = session;
        timeNs = 0;
    }

    void advance(final long toNs) {
        timeNs = Math.max(timeNs, toNs);
    }
}
