package io.tapedeck.journal.format2;

import java.nio.ByteBuffer;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;

/**
 * The orders that a chunk makes or refers to, numbered from 0 as they come, and found by any 64 bits of id: a table of
 * numbers with linear probing, so sparse that the first place is nearly always the right one, and a row for each order.
 *
 * <pre>
 *   row
 *    0  id                                                                   i64
 *    8  price in ticks                                                       i32
 *   12  which one it is of its instrument, from 0; below 0 if carried        i32
 *   16  number of its instrument                                             i32
 *   20  the record that made it; -1 if carried                               i32
 *   24  number plus one of the order that had the id before it; 0 for none   i32
 *   28  unused
 * </pre>
 *
 * <p>Not thread safe. Rows and table are outside the heap, and are freed by {@link #close()}.
 */
final class ChunkOrders implements AutoCloseable {
    /** Answer for an order that is not known. */
    static final int NONE = -1;

    /** Maker of an order that came before the chunk. */
    static final int CARRIED = -1;

    private static final int PRICE_OFFSET = 8;
    private static final int PLACE_OFFSET = 12;
    private static final int INSTRUMENT_OFFSET = 16;
    private static final int RECORD_OFFSET = 20;
    private static final int BEFORE_OFFSET = 24;
    private static final int ROW_SHIFT = 5;

    private static final int SPARSITY = 4;
    private static final int BLOCK_SHIFT = 3;
    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    private final ByteBuffer memory;
    private final long rows;
    private final long table;
    private final long tableLength;
    private final int mask;
    private final int shift;
    private int count;

    /**
     * No order.
     *
     * @param mostOrders that there will ever be.
     */
    ChunkOrders(final int mostOrders) {
        final int places = BitUtil.findNextPositivePowerOfTwo(SPARSITY * mostOrders);
        mask = places - 1;
        shift = Long.SIZE - Integer.numberOfTrailingZeros(places);
        tableLength = (long) places * Integer.BYTES;
        memory = ByteBuffer.allocateDirect(
                Math.toIntExact(tableLength + ((long) mostOrders << ROW_SHIFT) + BitUtil.CACHE_LINE_LENGTH));
        table = BitUtil.align(BufferUtil.address(memory), BitUtil.CACHE_LINE_LENGTH);
        rows = table + tableLength;
    }

    void clear() {
        UnsafeApi.setMemory(table, tableLength, (byte) 0);
        count = 0;
    }

    int count() {
        return count;
    }

    private long row(final int order) {
        return rows + ((long) order << ROW_SHIFT);
    }

    int price(final int order) {
        return UnsafeApi.getInt(row(order) + PRICE_OFFSET);
    }

    int place(final int order) {
        return UnsafeApi.getInt(row(order) + PLACE_OFFSET);
    }

    int instrument(final int order) {
        return UnsafeApi.getInt(row(order) + INSTRUMENT_OFFSET);
    }

    /** The record that made an order, or {@link #CARRIED}. */
    int record(final int order) {
        return UnsafeApi.getInt(row(order) + RECORD_OFFSET);
    }

    /** The order that has an id now, or {@link #NONE}. */
    int find(final long id) {
        return UnsafeApi.getInt(entry(id)) - 1;
    }

    /** The order that had an id when a record came, or {@link #NONE}, where later records may have made others. */
    int find(final long id, final int record) {
        int order = find(id);
        while (order != NONE && record(order) > record) {
            order = UnsafeApi.getInt(row(order) + BEFORE_OFFSET) - 1;
        }
        return order;
    }

    /** Adds an order that has its id from a record on, whatever had it before. */
    void add(final long id, final int instrument, final int price, final int place, final int record) {
        final long entry = entry(id);
        put(count, id, instrument, price, place, record, UnsafeApi.getInt(entry));
        UnsafeApi.putInt(entry, ++count);
    }

    /** Adds an order that came before the chunk, and had its id before all that have it now. */
    int carry(final long id, final int instrument, final int price, final int place) {
        long link = entry(id);
        while (UnsafeApi.getInt(link) != 0) {
            link = row(UnsafeApi.getInt(link) - 1) + BEFORE_OFFSET;
        }
        put(count, id, instrument, price, place, CARRIED, 0);
        UnsafeApi.putInt(link, ++count);
        return count - 1;
    }

    private void put(
            final int order,
            final long id,
            final int instrument,
            final int price,
            final int place,
            final int record,
            final int before) {
        final long row = row(order);
        UnsafeApi.putLong(row, id);
        UnsafeApi.putInt(row + PRICE_OFFSET, price);
        UnsafeApi.putInt(row + PLACE_OFFSET, place);
        UnsafeApi.putInt(row + INSTRUMENT_OFFSET, instrument);
        UnsafeApi.putInt(row + RECORD_OFFSET, record);
        UnsafeApi.putInt(row + BEFORE_OFFSET, before);
    }

    /** Where the table has the number of an id plus one, or 0 where it would have it. */
    private long entry(final long id) {
        // Eight ids that follow one another are neighbours; the eight after them are elsewhere, or searches would be
        // long.
        final long block = (id >>> BLOCK_SHIFT) * MULTIPLIER >>> shift;
        int at = (int) (block << BLOCK_SHIFT | id & (1 << BLOCK_SHIFT) - 1) & mask;
        int number = UnsafeApi.getInt(table + ((long) at << 2));
        while (number != 0 && UnsafeApi.getLong(row(number - 1)) != id) {
            at = at + 1 & mask;
            number = UnsafeApi.getInt(table + ((long) at << 2));
        }
        return table + ((long) at << 2);
    }

    @Override
    public void close() {
        BufferUtil.free(memory);
    }
}
