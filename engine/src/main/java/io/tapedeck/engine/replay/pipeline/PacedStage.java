package io.tapedeck.engine.replay.pipeline;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.replay.ReplayHandler;
import io.tapedeck.engine.replay.Slots;
import java.io.IOException;
import java.time.LocalDate;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.NanoClock;

/**
 * Hands records on when they are due, or one by one when stepped. Records that are due together go together. What a
 * cancelled replay still has here is not handed on.
 */
final class PacedStage implements ReplayHandler {
    /** What is nearer than this is waited for without sleeping, as the system wakes sleepers this late. */
    private static final long SPIN_NS = TimeUnit.MICROSECONDS.toNanos(100);

    /** How often a sleeper looks whether it has been told anything. */
    private static final long MAX_PARK_NS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final long GREATEST_ERROR_NS = TimeUnit.HOURS.toNanos(1);

    private final ReplayHandler next;
    private final ReplayControl control;
    private final NanoClock clock;
    private final long maxWaitNs;
    private final Histogram error = new Histogram(GREATEST_ERROR_NS, 3);
    private boolean isAnchored;
    private long anchorTimeNs;
    private long anchorNs;
    private double anchorSpeed;
    private long skippedCount;

    /** Why a record may go, or not. */
    private enum Release {
        DUE,
        STEP,
        CANCELLED
    }

    PacedStage(final Pacing pacing, final ReplayControl control, final NanoClock clock, final ReplayHandler next) {
        this.next = next;
        this.control = control;
        this.clock = clock;
        maxWaitNs = pacing.maxWaitNs();
    }

    @Override
    public void onSession(final LocalDate date) {
        isAnchored = false;
        next.onSession(date);
    }

    @Override
    public void onBatch(final SlotArray slots, final long low, final long high) {
        long at = low;
        while (at <= high) {
            final Release release = await(Slots.timeNs(slots, at));
            if (release == Release.CANCELLED) {
                skippedCount += high - at + 1;
                return;
            }
            long last = at;
            if (release == Release.DUE) {
                final long nowNs = clock.nanoTime();
                record(nowNs - dueNs(Slots.timeNs(slots, at)));
                while (last < high && dueNs(Slots.timeNs(slots, last + 1)) <= nowNs) {
                    last++;
                    record(nowNs - dueNs(Slots.timeNs(slots, last)));
                }
            }
            next.onBatch(slots, at, last);
            at = last + 1;
        }
    }

    /** Waits until a record of this time may go. */
    private Release await(final long timeNs) {
        while (!control.isCancelled()) {
            if (control.isPaused()) {
                isAnchored = false;
                if (control.takeStep()) {
                    return Release.STEP;
                }
                rest(MAX_PARK_NS);
                continue;
            }
            if (!isAnchored || anchorSpeed != control.speed()) {
                anchor(timeNs, clock.nanoTime());
            }
            final long waitNs = dueNs(timeNs) - clock.nanoTime();
            if (waitNs <= 0) {
                return Release.DUE;
            }
            if (waitNs > maxWaitNs) {
                anchor(timeNs, clock.nanoTime() + maxWaitNs);
            }
            rest(Math.min(waitNs, maxWaitNs));
        }
        return Release.CANCELLED;
    }

    private void anchor(final long timeNs, final long dueNs) {
        isAnchored = true;
        anchorTimeNs = timeNs;
        anchorNs = dueNs;
        anchorSpeed = control.speed();
    }

    /** When a record of this time is due; earlier times than those before are due at once. */
    private long dueNs(final long timeNs) {
        return anchorNs + (long) ((timeNs - anchorTimeNs) / anchorSpeed);
    }

    private void rest(final long waitNs) {
        if (next.onIdle(clock.nanoTime()) > 0) {
            return;
        }
        if (waitNs > SPIN_NS) {
            LockSupport.parkNanos(Math.min(waitNs - SPIN_NS / 2, MAX_PARK_NS));
        } else {
            Thread.onSpinWait();
        }
    }

    private void record(final long lateNs) {
        error.recordValue(Math.max(0, Math.min(lateNs, GREATEST_ERROR_NS)));
    }

    @Override
    public int onIdle(final long nowNs) {
        return next.onIdle(nowNs);
    }

    @Override
    public void onEnd() throws IOException {
        next.onEnd();
    }

    @Override
    public void onClose() {
        next.onClose();
    }

    /** How late records were handed on, in nanoseconds. */
    Histogram error() {
        return error;
    }

    /** Records that were read and, as the replay was cancelled, not handed on. */
    long skippedCount() {
        return skippedCount;
    }
}
