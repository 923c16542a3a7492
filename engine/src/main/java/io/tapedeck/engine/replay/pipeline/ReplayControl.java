package io.tapedeck.engine.replay.pipeline;

import java.util.concurrent.atomic.AtomicLong;

/** What others may ask of a replay at work. Safe for use by any thread. */
final class ReplayControl {
    private final AtomicLong steps = new AtomicLong();
    private volatile boolean isPaused;
    private volatile boolean isCancelled;
    private volatile double speed = 1;

    void pause(final boolean value) {
        steps.set(0);
        isPaused = value;
    }

    void step(final long count) {
        steps.addAndGet(count);
    }

    void speed(final double value) {
        speed = value;
    }

    void cancel() {
        isCancelled = true;
    }

    boolean isPaused() {
        return isPaused;
    }

    /** Takes one step, if there is one. A pause that takes all back meanwhile finds none owed. */
    boolean takeStep() {
        return steps.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
    }

    boolean isCancelled() {
        return isCancelled;
    }

    double speed() {
        return speed;
    }
}
