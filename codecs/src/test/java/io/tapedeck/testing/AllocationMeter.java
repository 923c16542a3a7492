package io.tapedeck.testing;

import java.lang.management.ManagementFactory;

/**
 * Counts the bytes that the calling thread allocates on the Java heap, so that "no allocation on the hot path" is a
 * test and not a claim. Warm the measured code up first: until it is compiled the interpreter may allocate where
 * compiled code does not.
 */
public final class AllocationMeter {
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long OWN_COST_BYTES = ownCostBytes();

    private AllocationMeter() {}

    /**
     * Runs the work on the calling thread and counts what it allocated.
     *
     * @param work to measure.
     * @return bytes allocated by the work; the meter's own cost is taken off.
     */
    public static long allocatedBytes(final Runnable work) {
        final long beforeBytes = THREADS.getCurrentThreadAllocatedBytes();
        work.run();
        return THREADS.getCurrentThreadAllocatedBytes() - beforeBytes - OWN_COST_BYTES;
    }

    /**
     * The least allocation of several runs: what remains is the work's own, not a one-time resizing or a compilation
     * that happened to come in between.
     *
     * @param work to measure; run {@code runs} times.
     * @param runs how many times, at least 1.
     * @return the least number of bytes that one run allocated.
     */
    public static long leastAllocatedBytes(final Runnable work, final int runs) {
        long leastBytes = Long.MAX_VALUE;
        for (int i = 0; i < runs; i++) {
            leastBytes = Math.min(leastBytes, allocatedBytes(work));
        }
        return leastBytes;
    }

    private static long ownCostBytes() {
        long leastBytes = Long.MAX_VALUE;
        for (int i = 0; i < 1_000; i++) {
            final long beforeBytes = THREADS.getCurrentThreadAllocatedBytes();
            leastBytes = Math.min(leastBytes, THREADS.getCurrentThreadAllocatedBytes() - beforeBytes);
        }
        return leastBytes;
    }
}
