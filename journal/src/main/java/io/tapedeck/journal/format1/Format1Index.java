package io.tapedeck.journal.format1;

import java.util.Arrays;

/**
 * Where the chunks of a file are and what times they hold, in file order. It takes 44 bytes of heap per chunk, where
 * the smallest chunk takes 33 of the file: what a file makes a reader keep grows with the file, not with its claims.
 */
final class Format1Index {
    private static final int INITIAL_CAPACITY = 16;

    private int size;
    private long[] offsets = new long[INITIAL_CAPACITY];
    private long[] ends = new long[INITIAL_CAPACITY];
    private long[] firstTimestampsNs = new long[INITIAL_CAPACITY];
    private long[] lastTimestampsNs = new long[INITIAL_CAPACITY];
    private long[] firstRecords = new long[INITIAL_CAPACITY];
    private int[] recordCounts = new int[INITIAL_CAPACITY];
    private long recordCount;

    void add(
            final long offset,
            final long end,
            final long firstTimestampNs,
            final long lastTimestampNs,
            final int records) {
        if (size == offsets.length) {
            grow();
        }
        offsets[size] = offset;
        ends[size] = end;
        firstTimestampsNs[size] = firstTimestampNs;
        lastTimestampsNs[size] = lastTimestampNs;
        firstRecords[size] = recordCount;
        recordCounts[size] = records;
        recordCount += records;
        size++;
    }

    private void grow() {
        final int capacity = 2 * size;
        offsets = Arrays.copyOf(offsets, capacity);
        ends = Arrays.copyOf(ends, capacity);
        firstTimestampsNs = Arrays.copyOf(firstTimestampsNs, capacity);
        lastTimestampsNs = Arrays.copyOf(lastTimestampsNs, capacity);
        firstRecords = Arrays.copyOf(firstRecords, capacity);
        recordCounts = Arrays.copyOf(recordCounts, capacity);
    }

    int size() {
        return size;
    }

    long recordCount() {
        return recordCount;
    }

    long offset(final int chunk) {
        return offsets[chunk];
    }

    /** Offset behind the chunk's last byte. */
    long end(final int chunk) {
        return ends[chunk];
    }

    /** Says where the newest chunk ends, once the start of what follows it is known. */
    void endNewest(final long end) {
        if (size > 0) {
            ends[size - 1] = end;
        }
    }

    long firstTimestampNs(final int chunk) {
        return firstTimestampsNs[chunk];
    }

    long lastTimestampNs(final int chunk) {
        return lastTimestampsNs[chunk];
    }

    /** Number, from 0, of the chunk's first record in the file. */
    long firstRecord(final int chunk) {
        return firstRecords[chunk];
    }

    int recordCount(final int chunk) {
        return recordCounts[chunk];
    }

    /** The first chunk that holds a record at or after the time, or {@link #size()}. */
    int chunkAtOrAfter(final long timestampNs) {
        int low = 0;
        int high = size;
        while (low < high) {
            final int middle = (low + high) >>> 1;
            if (lastTimestampsNs[middle] < timestampNs) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
