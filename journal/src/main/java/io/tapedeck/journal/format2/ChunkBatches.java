package io.tapedeck.journal.format2;

import io.tapedeck.codecs.record.SlotArray;
import java.util.function.IntPredicate;

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
    private boolean isNextNarrow;
    private boolean isNarrow;
    private long leftOutCount;
    private long low;
    private long high = -1;

    ChunkBatches(final Format2ChunkDecoder decoder) {
        this.decoder = decoder;
    }

    /** Begins with a row of the chunk that was read last; the row behind the last one leaves nothing. */
    void start(final int firstRow) {
        row = firstRow;
        isNarrow = isNextNarrow;
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

    /** Leaves the records of other instruments out from the next chunk on; null for none. */
    void only(final IntPredicate wantedInstruments) {
        isNextNarrow = wantedInstruments != null;
        decoder.only(wantedInstruments);
    }

    /** Decodes the next batch and gives its length, which is 0 if all that is left of the chunk is left out. */
    int next() {
        if (isNarrow) {
            return nextNarrow();
        }
        low = decoder.header().firstSequence() + row - 1;
        final int count = Math.min(rowCount - row, CAPACITY - (int) (low & (CAPACITY - 1)));
        high = low + count - 1;
        decoder.decode(row, count, slots, low);
        row += count;
        return count;
    }

    /** Rows have no place that is their own where others are missing: they are gathered, until half of the slots are filled. */
    private int nextNarrow() {
        int count = 0;
        while (count < CAPACITY / 2 && row < rowCount) {
            final int rows = Math.min(rowCount - row, CAPACITY - count);
            final int decoded = decoder.decode(row, rows, slots, count);
            leftOutCount += rows - decoded;
            count += decoded;
            row += rows;
        }
        low = 0;
        high = count - 1;
        return count;
    }

    /** Calls a handler for every row that is left, and gives the number of calls. */
    int handle(final EventHandler handler) {
        low = decoder.header().firstSequence() + row - 1;
        high = low + rowCount - row - 1;
        final int count = decoder.handle(row, handler);
        leftOutCount += rowCount - row - count;
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

    /** How many rows were decoded and left out so far. */
    long leftOutCount() {
        return leftOutCount;
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
