package io.tapedeck.feed.playback;

import io.tapedeck.engine.run.Pace;
import org.agrona.concurrent.NanoClock;

/** What time the market has come to, for all tapes that are played together. Safe for use by several threads. */
public final class PlaybackClock {
    private final Pace pace;
    private final NanoClock clock;
    private boolean isStarted;
    private long originTimeNs;
    private long originNs;

    /**
     * A clock that starts with the first event.
     *
     * @param pace  how fast it goes.
     * @param clock of the wall; monotonic, with any origin.
     */
    public PlaybackClock(final Pace pace, final NanoClock clock) {
        this.pace = pace;
        this.clock = clock;
    }

    /**
     * The time that events may have now.
     *
     * @param eventTimeNs of the next event, since midnight; the first one that is ever given is due at once.
     * @return since midnight; {@link Long#MAX_VALUE} at full speed.
     */
    long marketNs(final long eventTimeNs) {
        if (!pace.isPaced()) {
            return Long.MAX_VALUE;
        }
        synchronized (this) {
            if (!isStarted) {
                isStarted = true;
                originTimeNs = eventTimeNs;
                originNs = clock.nanoTime();
            }
            return pace.marketNs(originTimeNs, originNs, clock);
        }
    }

    /** The wall's time. */
    long nowNs() {
        return clock.nanoTime();
    }
}
