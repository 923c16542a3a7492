package io.tapedeck.journal.format2;

import static io.tapedeck.journal.format2.ColumnDescriptor.ATTRIBUTES_LENGTH;
import static io.tapedeck.journal.format2.ColumnDescriptor.RAW_LENGTH;
import static io.tapedeck.journal.format2.Format2Descriptor.BYTE_ORDER;

import org.agrona.UnsafeApi;

/**
 * The times of a chunk, from its first record on, without the rest: what a record says of orders is passed over. The same
 * bounds hold as in {@link ColumnDecoder}, which owns the memory.
 */
final class TimeColumn {
    private final ColumnTable table;
    private final ByteCursor extras = new ByteCursor();
    private long controls;
    private long bits;
    private long bitCount;
    private int instrumentWidth;
    private int row;
    private long bitPosition;
    private long timeNs;

    TimeColumn(final ColumnTable table) {
        this.table = table;
    }

    TimeColumn begin(
            final long controls,
            final long bits,
            final int bitsLength,
            final long extrasAddress,
            final int extrasLength,
            final int instrumentWidth,
            final long firstTimeNs) {
        this.controls = controls;
        this.bits = bits;
        this.instrumentWidth = instrumentWidth;
        bitCount = (long) bitsLength << 3;
        extras.wrap(extrasAddress, extrasLength);
        row = 0;
        bitPosition = 0;
        timeNs = firstTimeNs;
        return this;
    }

    /** The row whose time is next. */
    int row() {
        return row;
    }

    /**
     * Takes the next times.
     *
     * @param timesNs receives them.
     * @param offset  of the first one there.
     * @param count   at most {@link ColumnDecoder#BATCH}, and at most as many as there are.
     * @return false if the columns end too early.
     */
    boolean next(final long[] timesNs, final int offset, final int count) {
        if (bitPosition > bitCount) {
            return false;
        }
        final long tableAddress = table.address();
        final long controls = this.controls + row;
        final int instrumentWidth = this.instrumentWidth;
        long position = bitPosition;
        long time = timeNs;
        for (int i = 0; i < count; i++) {
            final long entry = tableAddress + ((UnsafeApi.getByte(controls + i) & 0xFFL) << ColumnTable.ENTRY_SHIFT);
            final long word = UnsafeApi.getLong(bits + (position >>> 3)) >>> (position & 7) + instrumentWidth;
            time += (word & UnsafeApi.getLong(entry + ColumnTable.TIME_MASK))
                    + UnsafeApi.getLong(entry + ColumnTable.TIME_OFFSET);
            position += UnsafeApi.getByte(entry + ColumnTable.WIDTH);
            final int rare = UnsafeApi.getByte(entry + ColumnTable.RARE);
            if (rare != 0) {
                time = passRare(rare, time);
                if (!extras.isWithin()) {
                    return false;
                }
            }
            timesNs[offset + i] = time;
        }
        row += count;
        bitPosition = position;
        timeNs = time;
        return true;
    }

    private long passRare(final int rare, final long time) {
        if (rare == ColumnTable.RARE_RAW) {
            final int at = extras.skip(RAW_LENGTH);
            return at < 0 ? time : extras.buffer().getLong(at, BYTE_ORDER);
        }
        if ((rare & ColumnTable.RARE_PRICE) != 0) {
            extras.varint();
        }
        // A control byte without a form has no place in the extras either.
        extras.skip(
                (rare & ColumnTable.RARE_ATTRIBUTES) != 0
                        ? ATTRIBUTES_LENGTH
                        : rare == ColumnTable.RARE_INVALID ? Integer.MAX_VALUE : 0);
        return time;
    }
}
