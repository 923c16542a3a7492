package io.tapedeck.engine.session;

import java.util.Arrays;

/**
 * Sorts the positions of events by time, equal times by position. Times that are spread over a window almost evenly,
 * as those of a market are, sort in a few nanoseconds each: they are counted into twice as many buckets as there are
 * events, and what shares a bucket is put right by insertion.
 *
 * <p><b>Note:</b> belongs to one thread. No allocation but for more events than ever before.
 */
final class TimeOrder {
    /** The most positions, and so the most events of a window. */
    static final int MAX_SIZE = 1 << 24;

    /** The longest window, in nanoseconds: time and position fit one number. */
    static final long MAX_WINDOW_NS = 1L << 39;

    private static final int POSITION_BITS = 24;
    private static final long POSITION_MASK = MAX_SIZE - 1;

    private long[] keys = {};
    private long[] sorted = {};
    private int[] starts = {};
    private int size;

    /** Starts anew with room for a number of events. */
    void reset(final int capacity) {
        size = 0;
        if (keys.length < capacity) {
            keys = new long[Math.max(capacity, 2 * keys.length)];
            sorted = new long[keys.length];
        }
    }

    /**
     * Takes in the event at the next position.
     *
     * @param sinceStartNs its time since the start of the window, 0 to {@link #MAX_WINDOW_NS} - 1.
     */
    void add(final long sinceStartNs) {
        keys[size] = sinceStartNs << POSITION_BITS | size;
        size++;
    }

    /**
     * Sorts what was added.
     *
     * @param windowNs all times are below it.
     */
    void sort(final long windowNs) {
        final int bucketBits = Integer.SIZE - Integer.numberOfLeadingZeros(size);
        final int windowBits = Long.SIZE - Long.numberOfLeadingZeros(windowNs - 1);
        final int shift = POSITION_BITS + Math.max(0, windowBits - bucketBits - 1);
        final int buckets = (int) ((windowNs - 1 << POSITION_BITS) >>> shift) + 1;
        countStarts(buckets, shift);
        for (int i = 0; i < size; i++) {
            final long key = keys[i];
            sorted[starts[(int) (key >>> shift)]++] = key;
        }
        insert();
    }

    /**
     * What is at a place of the sorted sequence.
     *
     * @param rank 0 for the earliest.
     * @return the event's position.
     */
    int position(final int rank) {
        return (int) (sorted[rank] & POSITION_MASK);
    }

    private void countStarts(final int buckets, final int shift) {
        if (starts.length <= buckets) {
            starts = new int[2 * buckets];
        }
        Arrays.fill(starts, 0, buckets + 1, 0);
        for (int i = 0; i < size; i++) {
            starts[(int) (keys[i] >>> shift) + 1]++;
        }
        for (int bucket = 1; bucket <= buckets; bucket++) {
            starts[bucket] += starts[bucket - 1];
        }
    }

    private void insert() {
        for (int i = 1; i < size; i++) {
            final long key = sorted[i];
            int at = i;
            while (at > 0 && sorted[at - 1] > key) {
                sorted[at] = sorted[at - 1];
                at--;
            }
            sorted[at] = key;
        }
    }
}
