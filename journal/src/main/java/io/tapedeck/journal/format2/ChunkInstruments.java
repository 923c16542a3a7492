package io.tapedeck.journal.format2;

import io.tapedeck.codecs.record.SideCode;
import java.nio.ByteBuffer;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;

/**
 * What an encoder knows of the instruments of a chunk, numbered from 0 as they come: a row for each, and a table that
 * finds them by id. Grows to the most ever met.
 *
 * <pre>
 *   row                                            entry of the table, 0 if free
 *    0  id                              i32           bits 0-31   id
 *    4  new orders                      i32           bits 32-62  number plus one
 *    8  carried orders                  i32           bit  63     has a price
 *   12  base price in ticks             i32
 *   16  price unit, 0 if none needed    i32
 *   20  aux ids                         i32
 *   24  last price of all but sells     i32
 *   28  last price of sells             i32
 *   32  first order id                  i64
 *   40  first aux id                    i64
 * </pre>
 *
 * <p>Not thread safe. Rows and table are outside the heap, and are freed by {@link #close()}.
 */
final class ChunkInstruments implements AutoCloseable {
    private static final int INITIAL_CAPACITY = 64;
    private static final int SPARSITY = 4;
    private static final int MULTIPLIER = 0x9E37_79B1;

    private static final int NEW_ORDERS_OFFSET = 4;
    private static final int CARRIED_ORDERS_OFFSET = 8;
    private static final int BASE_PRICE_OFFSET = 12;
    private static final int PRICE_UNIT_OFFSET = 16;
    private static final int AUX_IDS_OFFSET = 20;
    private static final int LAST_PRICES_OFFSET = 24;
    private static final int FIRST_ORDER_ID_OFFSET = 32;
    private static final int FIRST_AUX_ID_OFFSET = 40;
    private static final int ROW_LENGTH = 64;
    private static final int ROW_SHIFT = 6;

    private static final int ENTRY_SHIFT = 3;
    private static final long PRICED = Long.MIN_VALUE;

    private ByteBuffer memory;
    private long rows;
    private long table;
    private int capacity;
    private int shift;
    private int count;

    ChunkInstruments() {
        allocate(INITIAL_CAPACITY);
        clear();
    }

    private void allocate(final int rowCount) {
        final int length = rowCount * (ROW_LENGTH + SPARSITY * Long.BYTES);
        memory = ByteBuffer.allocateDirect(length + BitUtil.CACHE_LINE_LENGTH);
        rows = BitUtil.align(BufferUtil.address(memory), BitUtil.CACHE_LINE_LENGTH);
        table = rows + (long) rowCount * ROW_LENGTH;
        capacity = rowCount;
        shift = Integer.SIZE - Integer.numberOfTrailingZeros(rowCount * SPARSITY);
    }

    int count() {
        return count;
    }

    void clear() {
        UnsafeApi.setMemory(table, (long) capacity * SPARSITY * Long.BYTES, (byte) 0);
        count = 0;
    }

    /** The number of an instrument, a new one if it comes for the first time. */
    int numberOf(final int instrumentId) {
        final int number = number(UnsafeApi.getLong(entry(instrumentId)));
        return number < 0 ? add(instrumentId) : number;
    }

    /** The first entry that an instrument could have: it is another's if others came first. */
    long firstEntry(final int instrumentId) {
        return UnsafeApi.getLong(firstAddress(instrumentId));
    }

    /** Whether an entry is that of an instrument, and the instrument has a price. */
    static boolean isPriced(final long entry, final int instrumentId) {
        return entry < 0 && (int) entry == instrumentId;
    }

    /** The number of an entry's instrument, or -1 if it has none. */
    static int number(final long entry) {
        return (int) ((entry & ~PRICED) >>> Integer.SIZE) - 1;
    }

    private long firstAddress(final int instrumentId) {
        return table + ((long) (instrumentId * MULTIPLIER >>> shift) << ENTRY_SHIFT);
    }

    /** Where the table has an instrument, or would have it. */
    private long entry(final int instrumentId) {
        final long end = table + ((long) capacity * SPARSITY << ENTRY_SHIFT);
        long at = firstAddress(instrumentId);
        long entry = UnsafeApi.getLong(at);
        while (entry != 0 && (int) entry != instrumentId) {
            at = at + Long.BYTES == end ? table : at + Long.BYTES;
            entry = UnsafeApi.getLong(at);
        }
        return at;
    }

    private int add(final int instrumentId) {
        if (count == capacity) {
            grow();
        }
        final long row = row(count);
        UnsafeApi.setMemory(row, ROW_LENGTH, (byte) 0);
        UnsafeApi.putInt(row, instrumentId);
        UnsafeApi.putLong(entry(instrumentId), instrumentId & 0xFFFF_FFFFL | (long) ++count << Integer.SIZE);
        return count - 1;
    }

    private void grow() {
        final ByteBuffer oldMemory = memory;
        final long oldRows = rows;
        final long oldTable = table;
        final int oldEntries = capacity * SPARSITY;
        allocate(2 * capacity);
        UnsafeApi.copyMemory(oldRows, rows, (long) count * ROW_LENGTH);
        UnsafeApi.setMemory(table, (long) capacity * SPARSITY * Long.BYTES, (byte) 0);
        for (int i = 0; i < oldEntries; i++) {
            final long entry = UnsafeApi.getLong(oldTable + ((long) i << ENTRY_SHIFT));
            if (entry != 0) {
                UnsafeApi.putLong(entry((int) entry), entry);
            }
        }
        BufferUtil.free(oldMemory);
    }

    private long row(final int number) {
        return rows + ((long) number << ROW_SHIFT);
    }

    int id(final int number) {
        return UnsafeApi.getInt(row(number));
    }

    int newOrders(final int number) {
        return UnsafeApi.getInt(row(number) + NEW_ORDERS_OFFSET);
    }

    /** Adds new orders, and gives how many there were before. */
    int addNewOrders(final int number, final int added) {
        final long address = row(number) + NEW_ORDERS_OFFSET;
        final int before = UnsafeApi.getInt(address);
        UnsafeApi.putInt(address, before + added);
        return before;
    }

    int carriedOrders(final int number) {
        return UnsafeApi.getInt(row(number) + CARRIED_ORDERS_OFFSET);
    }

    /** Adds a carried order, and gives how many there are then. */
    int addCarriedOrder(final int number) {
        final long address = row(number) + CARRIED_ORDERS_OFFSET;
        final int carried = UnsafeApi.getInt(address) + 1;
        UnsafeApi.putInt(address, carried);
        return carried;
    }

    int basePrice(final int number) {
        return UnsafeApi.getInt(row(number) + BASE_PRICE_OFFSET);
    }

    /** The greatest common divisor of all price deltas, 0 if all are 0. */
    int priceUnit(final int number) {
        return UnsafeApi.getInt(row(number) + PRICE_UNIT_OFFSET);
    }

    long firstOrderId(final int number) {
        return UnsafeApi.getLong(row(number) + FIRST_ORDER_ID_OFFSET);
    }

    long firstAuxId(final int number) {
        return UnsafeApi.getLong(row(number) + FIRST_AUX_ID_OFFSET);
    }

    /**
     * Takes the id of a new order.
     *
     * @param place of the order among the new ones of its instrument.
     * @return how far it is from counting up from the first one.
     */
    long takeOrderId(final int number, final long orderId, final int place) {
        final long address = row(number) + FIRST_ORDER_ID_OFFSET;
        if (place == 0) {
            UnsafeApi.putLong(address, orderId);
        }
        return orderId - UnsafeApi.getLong(address) - place;
    }

    /**
     * Takes an aux id, or 0 for none, without a branch: which one it is is a toss of a coin.
     *
     * @param isThere 1, or 0 for none.
     * @return how far it is from counting up from the first one.
     */
    long takeAuxId(final int number, final long auxId, final int isThere) {
        final long row = row(number);
        final int place = UnsafeApi.getInt(row + AUX_IDS_OFFSET);
        // While the instrument has none, 0 is written over 0.
        final long first = place == 0 ? auxId : UnsafeApi.getLong(row + FIRST_AUX_ID_OFFSET);
        UnsafeApi.putLong(row + FIRST_AUX_ID_OFFSET, first);
        UnsafeApi.putInt(row + AUX_IDS_OFFSET, place + isThere);
        return auxId - first - place & -(long) isThere;
    }

    boolean hasPrice(final int number) {
        return UnsafeApi.getLong(entry(id(number))) < 0;
    }

    /** Makes a price the one that others are told from, if the instrument has none yet. */
    void offerBasePrice(final int number, final int price) {
        if (!hasPrice(number)) {
            final long entry = entry(id(number));
            UnsafeApi.putLong(entry, UnsafeApi.getLong(entry) | PRICED);
            final long row = row(number);
            UnsafeApi.putInt(row + BASE_PRICE_OFFSET, price);
            UnsafeApi.putInt(row + LAST_PRICES_OFFSET, price);
            UnsafeApi.putInt(row + LAST_PRICES_OFFSET + Integer.BYTES, price);
        }
    }

    private long lastPriceAddress(final int number, final int side) {
        return row(number) + LAST_PRICES_OFFSET + (side == SideCode.SELL ? Integer.BYTES : 0);
    }

    /** The last price of a side, which has none of its own before {@link #offerBasePrice}. */
    int lastPrice(final int number, final int side) {
        return UnsafeApi.getInt(lastPriceAddress(number, side));
    }

    /** Makes a price the last one of its side, and gives how far that is from the one before. */
    int move(final int number, final int side, final int price) {
        final long address = lastPriceAddress(number, side);
        final int delta = price - UnsafeApi.getInt(address);
        UnsafeApi.putInt(address, price);
        final int unit = priceUnit(number);
        if (unit != 1 && delta != 0 && (unit == 0 || delta % unit != 0)) {
            divide(number, unit, delta);
        }
        return delta;
    }

    /** Makes sure that the price unit divides a delta. */
    private void divide(final int number, final int oldUnit, final int delta) {
        int unit = oldUnit;
        int rest = Math.abs(delta);
        while (rest != 0) {
            final int next = unit % rest;
            unit = rest;
            rest = next;
        }
        UnsafeApi.putInt(row(number) + PRICE_UNIT_OFFSET, unit);
    }

    @Override
    public void close() {
        BufferUtil.free(memory);
    }
}
