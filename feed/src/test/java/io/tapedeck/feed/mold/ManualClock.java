package io.tapedeck.feed.mold;

import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;

/** Time that passes only when it is told to, or when somebody waits. */
public final class ManualClock implements NanoClock, IdleStrategy {
    private final long stepNs;
    private long nowNs = 1_000;

    /** Each wait lasts {@code stepNs}. */
    public ManualClock(final long stepNs) {
        this.stepNs = stepNs;
    }

    public long advance(final long durationNs) {
        nowNs += durationNs;
        return nowNs;
    }

    @Override
    public long nanoTime() {
        return nowNs;
    }

    @Override
    public void idle(final int workCount) {
        if (workCount <= 0) {
            idle();
        }
    }

    @Override
    public void idle() {
        nowNs += stepNs;
    }

    @Override
    public void reset() {}
}
