package io.tapedeck.journal.format2;

import static io.tapedeck.journal.format2.ColumnDescriptor.*;

import io.tapedeck.journal.file.DirectMemory;
import java.util.function.IntPredicate;
import org.agrona.BitUtil;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What decoding has to know of the instruments and the orders of a chunk: a row for each, made of the directory and
 * changed by every record. The rows of the instruments have as many places as their numbers have values, those of the
 * orders a power of two, so that any bits lead to one of them once they are cut to its size.
 *
 * <pre>
 *   row of an instrument                            row of an order
 *    0  where its next order's row is     i32          0  id              i64
 *    4  last price of all but sells       i32          8  price in ticks  i32
 *    8  last price of sells               i32         12  unused
 *   12  id                                i32
 *   16  next aux id                       i64
 *   24  price unit in ticks               i32
 *   28  where its orders' rows end        i32
 *   32  where its next listed id goes     i32
 *   36  whether it is left out            i8
 *   37  unused
 * </pre>
 *
 * <p>Memory outside the heap, which grows to the largest chunk met. Where a row is, is counted in bytes.
 */
final class DecodingState implements AutoCloseable {
    /** Bytes of an instrument's row, as a power of two: a cache line; and what lies there. */
    static final int STATE_SHIFT = 6;

    private static final int STATE_LENGTH = 1 << STATE_SHIFT;

    static final int NEXT_ORDER = 0;
    static final int LAST_PRICES = 4;
    static final int INSTRUMENT_ID = 12;
    static final int NEXT_AUX_ID = 16;
    static final int PRICE_UNIT = 24;
    private static final int END_OF_ORDERS = 28;
    private static final int NEXT_LISTED = 32;
    static final int LEFT_OUT = 36;

    /** What there is instead of 0, of an instrument that is not wanted, and of a number that is no instrument's. */
    private static final int UNWANTED = 1;

    static final int UNLISTED = 2;

    /** Bytes of an order's row, as a power of two; and what lies there. */
    static final int ORDER_SHIFT = 4;

    static final int ORDER_LENGTH = 1 << ORDER_SHIFT;

    static final int ORDER_ID = 0;
    static final int ORDER_PRICE = 8;

    private final ColumnSections sections;
    private final ColumnTable table;
    private final ByteCursor directory = new ByteCursor();
    private final UnsafeBuffer states = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer orders = new UnsafeBuffer(0, 0);
    private long statesAddress;
    private int orderMask;
    private IntPredicate wantedInstruments;

    /**
     * Makes it for one decoder.
     *
     * @param sections what the directory is read from, and the listed ids are.
     * @param table    of the same payload.
     */
    DecodingState(final ColumnSections sections, final ColumnTable table) {
        this.sections = sections;
        this.table = table;
    }

    /** Leaves instruments out from the next directory on; null for none. */
    void only(final IntPredicate wanted) {
        wantedInstruments = wanted;
    }

    /**
     * Reads the directory: nothing of the chunk is decoded yet then.
     *
     * @return what is wrong with it, as a clause, or null.
     */
    String readDirectory() {
        final int instrumentCount = sections.instrumentCount();
        final int carriedCount = sections.carriedCount();
        final int newOrderCount = sections.newOrderCount();
        makeRoom();
        directory.wrap(sections.address(DIRECTORY), sections.length(DIRECTORY));
        final boolean isNarrow = wantedInstruments != null && !hasRawRecords();
        int order = 0;
        int carriedSoFar = 0;
        int newSoFar = 0;
        for (int number = 0; number < instrumentCount; number++) {
            final long state = statesAddress + ((long) number << STATE_SHIFT);
            final int instrumentId = (int) directory.varint();
            UnsafeApi.putInt(state + INSTRUMENT_ID, instrumentId);
            if (isNarrow && !wantedInstruments.test(instrumentId)) {
                UnsafeApi.putByte(state + LEFT_OUT, (byte) UNWANTED);
            }
            final long carriedOrders = directory.varint();
            final long newOrders = directory.varint();
            final int basePrice = (int) directory.signed();
            UnsafeApi.putInt(state + LAST_PRICES, basePrice);
            UnsafeApi.putInt(state + LAST_PRICES + Integer.BYTES, basePrice);
            UnsafeApi.putInt(state + PRICE_UNIT, (int) directory.varint());
            final long firstId = sections.areOrderIdsExplicit() ? 0 : directory.varint();
            long id = firstId;
            UnsafeApi.putLong(state + NEXT_AUX_ID, sections.areAuxIdsExplicit() ? 0 : directory.varint());
            if (carriedOrders < 0
                    || carriedOrders > carriedCount - carriedSoFar
                    || newOrders < 0
                    || newOrders > newOrderCount - newSoFar) {
                return "the chunk's directory has more orders than its head";
            }
            final int first = order + (int) carriedOrders;
            for (; order < first; order++) {
                id += directory.signed();
                putOrder(order, id, basePrice + (int) directory.signed());
            }
            UnsafeApi.putInt(state + NEXT_ORDER, order << ORDER_SHIFT);
            UnsafeApi.putInt(state + NEXT_LISTED, order << ORDER_SHIFT);
            // What a new order gets as its id is there before the order is made.
            id = sections.areOrderIdsExplicit() ? 0 : firstId;
            for (final int end = order + (int) newOrders; order < end; order++) {
                putOrder(order, id++, 0);
            }
            UnsafeApi.putInt(state + END_OF_ORDERS, order << ORDER_SHIFT);
            order++;
            carriedSoFar += (int) carriedOrders;
            newSoFar += (int) newOrders;
        }
        if (!directory.isAtEnd() || carriedSoFar != carriedCount || newSoFar != newOrderCount) {
            return "the chunk's directory does not end where it has to, or has fewer orders than its head";
        }
        markUnlisted();
        return sections.areOrderIdsExplicit() && !placeListedIds() ? ColumnDecoder.BROKEN : null;
    }

    private void makeRoom() {
        final int statesLength = 1 << sections.instrumentWidth() + STATE_SHIFT;
        // One place more for each instrument: where the order would be that is not made.
        final int orderCapacity = BitUtil.findNextPositivePowerOfTwo(
                sections.carriedCount() + sections.newOrderCount() + sections.instrumentCount() + 1);
        DirectMemory.ensureCapacity(states, statesLength + STATE_LENGTH);
        statesAddress = BitUtil.align(states.addressOffset(), STATE_LENGTH);
        DirectMemory.ensureCapacity(orders, orderCapacity << ORDER_SHIFT);
        orderMask = orderCapacity - 1 << ORDER_SHIFT;
        states.setMemory(0, states.capacity(), (byte) 0);
    }

    /** Marks the numbers that a record can say and that are no instrument's. */
    private void markUnlisted() {
        for (int number = sections.instrumentCount(); number < 1 << sections.instrumentWidth(); number++) {
            final long state = statesAddress + ((long) number << STATE_SHIFT);
            UnsafeApi.putByte(state + LEFT_OUT, (byte) UNLISTED);
            // The last place of all is no instrument's.
            UnsafeApi.putInt(state + NEXT_LISTED, orderMask);
        }
    }

    /** Whether there are records that stand as they are. Only they can go back in time, and name instruments of their own. */
    private boolean hasRawRecords() {
        final int recordCount = sections.recordCount();
        final long controls = sections.address(CONTROLS);
        for (int i = 0; i < recordCount; i++) {
            if ((UnsafeApi.getByte(controls + i) & FORM_MASK) == RAW_FORM) {
                return true;
            }
        }
        return false;
    }

    private void putOrder(final int order, final long id, final int price) {
        final long address = orders.addressOffset() + ((long) order << ORDER_SHIFT);
        UnsafeApi.putLong(address + ORDER_ID, id);
        UnsafeApi.putInt(address + ORDER_PRICE, price);
    }

    /** Gives the new orders of all instruments the ids that are listed in the order of the records. */
    private boolean placeListedIds() {
        final long[] orderIds = sections.orderIds();
        final int orderIdCount = sections.orderIdCount();
        if (sections.instrumentCount() == 1) {
            for (int i = 0; i < orderIdCount; i++) {
                putOrder(sections.carriedCount() + i, orderIds[i], 0);
            }
            return true;
        }
        final int recordCount = sections.recordCount();
        final long controls = sections.address(CONTROLS);
        final long bits = sections.address(BITS);
        final long bitCount = (long) sections.length(BITS) << 3;
        final long instrumentMask = (1L << sections.instrumentWidth()) - 1;
        final long ordersAddress = orders.addressOffset();
        long position = 0;
        int listed = 0;
        for (int at = 0; at < recordCount; ) {
            if (position > bitCount || listed > orderIdCount) {
                return false;
            }
            for (final int end = Math.min(recordCount, at + ColumnDecoder.BATCH); at < end; at++) {
                final long entry = table.entryOf(UnsafeApi.getByte(controls + at));
                final long word = UnsafeApi.getLong(bits + (position >>> 3)) >>> (position & 7);
                final long state = statesAddress + ((word & instrumentMask) << STATE_SHIFT);
                final int place = UnsafeApi.getInt(state + NEXT_LISTED);
                final int isNew = UnsafeApi.getByte(entry + ColumnTable.NEW_ORDER);
                // If no order is made this is the next one's place still, or one that nobody reads.
                UnsafeApi.putLong(ordersAddress + (place & orderMask) + ORDER_ID, orderIds[listed]);
                UnsafeApi.putInt(state + NEXT_LISTED, place + isNew);
                listed += isNew >>> ORDER_SHIFT;
                position += UnsafeApi.getByte(entry + ColumnTable.WIDTH);
            }
        }
        return listed == orderIdCount;
    }

    /** Where the instruments' rows lie, until the next directory is read. */
    long statesAddress() {
        return statesAddress;
    }

    /** Where the orders' rows lie, until the next directory is read. */
    long ordersAddress() {
        return orders.addressOffset();
    }

    /** What cuts the place of an order's row to the rows that there are. */
    int orderMask() {
        return orderMask;
    }

    /** Whether every order that the directory has was made. */
    boolean isAtEnd() {
        final int instrumentCount = sections.instrumentCount();
        for (int number = 0; number < instrumentCount; number++) {
            final long state = statesAddress + ((long) number << STATE_SHIFT);
            if (UnsafeApi.getInt(state + NEXT_ORDER) != UnsafeApi.getInt(state + END_OF_ORDERS)) {
                return false;
            }
        }
        return true;
    }

    /** The most direct memory that a chunk of so many records can make this take. */
    static long maxBufferLength(final int records) {
        return ((long) BitUtil.findNextPositivePowerOfTwo(records) + 1 << STATE_SHIFT)
                + ((long) BitUtil.findNextPositivePowerOfTwo(3 * records + 1) << ORDER_SHIFT);
    }

    @Override
    public void close() {
        DirectMemory.free(states);
        DirectMemory.free(orders);
    }
}
