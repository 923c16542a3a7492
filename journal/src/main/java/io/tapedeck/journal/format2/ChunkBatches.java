package io.tapedeck.journal.format2;

import io.tapedeck.codecs.record.SlotArray;

/**
 * The rows of one chunk at a time as batches of slots. A record lies in the slot of the ring sequence that is one less
 * than its own sequence; a batch ends with the array, so its slots lie one behind the other.
 */
final class ChunkBatches {
    /** The most records in a batch: half of a core's first-level cache. */
    static final int CAPACITY = 256;

    private final SlotArray slots = new SlotArray(CAPACITY);
    private final Format2ChunkDecoder decoder;
    private int row;
    private int rowCount;
    private long low;
    private long high = -1;

    ChunkBatches(final Format2ChunkDecoder decoder) {
        this.decoder = decoder;
    }

    /** Begins with a row of the chunk that was read last; the row behind the last one leaves nothing. */
    void start(final int firstRow) {
        row = firstRow;
        rowCount = decoder.header().recordCount();
    }

    /** Forgets the rows that are left. */
    void clear() {
        row = 0;
        rowCount = 0;
    }

    boolean hasNext() {
        return row < rowCount;
    }

    /** Decodes the next batch and gives its length. */
    int next() {
        low = decoder.header().firstSequence() + row - 1;
        final int count = Math.min(rowCount - row, CAPACITY - (int) (low & (CAPACITY - 1)));
        high = low + count - 1;
        decoder.decode(row, count, slots, low);
        row += count;
        return count;
    }

    /** Calls a handler for every row that is left, and gives their number. */
    int handle(final EventHandler handler) {
        final int count = rowCount - row;
        low = decoder.header().firstSequence() + row - 1;
        high = low + count - 1;
        decoder.handle(row, handler);
        clear();
        return count;
    }

    /** Takes the times of the rows that are left, as many as there is room for, and gives their number. */
    int times(final long[] timesNs) {
        final int count = Math.min(rowCount - row, timesNs.length);
        low = decoder.header().firstSequence() + row - 1;
        high = low + count - 1;
        decoder.times(row, count, timesNs);
        row += count;
        return count;
    }

    SlotArray slots() {
        return slots;
    }

    long low() {
        return low;
    }

    long high() {
        return high;
    }
}
