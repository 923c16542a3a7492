package io.tapedeck.testing;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * When to kill a process: so long after it has written so much. With nothing to be written the moment is in its start,
 * with everything to be written it is in its end.
 */
public final class KillMoment {
    /** A waiting thread that spins would take a processor from the victim. */
    private static final long POLL_NS = TimeUnit.MICROSECONDS.toNanos(200);

    private final long progress;
    private final long delayNs;

    private KillMoment(final long progress, final long delayNs) {
        this.progress = progress;
        this.delayNs = delayNs;
    }

    /**
     * A moment of a whole life.
     *
     * @param progress from 0, how much has to be written.
     * @param delayNs  how long after that, from 0.
     * @return the moment.
     */
    public static KillMoment of(final long progress, final long delayNs) {
        return new KillMoment(progress, delayNs);
    }

    /**
     * Any moment of a life: one of four in its start, one in its end, the others between.
     *
     * @param random  what to take it from.
     * @param from    what has been written when the process starts.
     * @param to      what has been written when the work is done.
     * @param startNs how long an undisturbed process takes to its first writing.
     * @param endNs   how long it takes from its last writing to its end.
     * @return the moment.
     */
    public static KillMoment any(
            final SplittableRandom random, final long from, final long to, final long startNs, final long endNs) {
        switch (random.nextInt(4)) {
            case 0:
                return of(0, random.nextLong(startNs));
            case 1:
                return of(to, random.nextLong(endNs));
            default:
                return of(from + random.nextLong(to - from + 1), 0);
        }
    }

    /**
     * Waits until so much has been written, or for the end of the process.
     *
     * @param process that will be killed.
     * @param written how much it has written; asked again and again.
     */
    public void awaitProgress(final Process process, final LongSupplier written) {
        while (process.isAlive() && written.getAsLong() < progress) {
            LockSupport.parkNanos(POLL_NS);
        }
    }

    /**
     * Waits for the rest of the time until the moment, or for the end of the process.
     *
     * @param process that will be killed.
     */
    public void awaitDelay(final Process process) {
        final long fromNs = System.nanoTime();
        while (process.isAlive() && System.nanoTime() - fromNs < delayNs) {
            LockSupport.parkNanos(POLL_NS);
        }
    }
}
