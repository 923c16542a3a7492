package io.tapedeck.journal.format2;

import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_TIME_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SEQUENCE_OFFSET;
import static io.tapedeck.journal.format2.ColumnDescriptor.EXTRAS;
import static io.tapedeck.journal.format2.ColumnDescriptor.MAX_ARGUMENT_WIDTH;
import static io.tapedeck.journal.format2.ColumnDescriptor.MAX_TIME_WIDTH;
import static io.tapedeck.journal.format2.ColumnDescriptor.maxLength;

import java.nio.ByteBuffer;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What was found out about the records of a chunk so far, from which its columns are made: a row for each record, and
 * beside them its orders, instruments, forms and ids.
 *
 * <pre>
 *   row
 *    0  nanoseconds since the record before             bits 0-39
 *       index of its form's key, 255 if it is raw       bits 40-47
 *       number of its instrument                        bits 48-63
 *    8  price delta, or age of an order                 i32
 *   12  quantity                                        i32
 * </pre>
 *
 * <p>Not thread safe. Rows and extras are outside the heap, and are freed by {@link #close()}.
 */
final class StagedColumns implements AutoCloseable {
    /** Index of the form of a record that is raw. */
    static final int RAW = ChunkForms.NONE;

    static final int ROW_LENGTH = 16;
    static final int KEY_INDEX_SHIFT = MAX_TIME_WIDTH;
    static final int KEY_INDEX_OFFSET = KEY_INDEX_SHIFT / Byte.SIZE;
    static final int NUMBER_SHIFT = 48;
    static final int ARGUMENT_OFFSET = 8;
    static final int QUANTITY_OFFSET_IN_ROW = 12;
    static final long TIME_MASK = (1L << MAX_TIME_WIDTH) - 1;

    /** Mask of the records that are counted for the choice of widths and forms: 256 of 1,024, the same branch each time. */
    static final int SAMPLE = 0x300;

    final int capacity;
    final ChunkForms forms = new ChunkForms();
    final ChunkInstruments instruments = new ChunkInstruments();
    final ChunkOrders orders;
    final ColumnClasses timeClasses = new ColumnClasses(MAX_TIME_WIDTH);
    final ColumnClasses ageClasses = new ColumnClasses(MAX_ARGUMENT_WIDTH);
    final ChunkContents.Collector contents = new ChunkContents.Collector();
    final ByteCursor extras = new ByteCursor();

    /** The records with a price delta. */
    final int[] priced;

    int pricedCount;
    final long[] newOrderIds;
    int newOrderCount;
    boolean areOrderIdsExplicit;
    final long[] auxIds;
    int auxIdCount;
    boolean areAuxIdsExplicit;

    /** Of each carried order, as they come: its number and its id. */
    final int[] carried;

    final long[] carriedIds;
    int carriedCount;

    /** Records so far. */
    int count;

    long firstSequence;
    long firstTimeNs;
    long lastTimeNs;
    long leastTimeNs;
    long greatestTimeNs;
    private final UnsafeBuffer extrasMemory;
    private final ByteBuffer rowMemory;
    private final long rows;

    StagedColumns(final int capacity) {
        this.capacity = capacity;
        orders = new ChunkOrders(capacity);
        priced = new int[capacity];
        newOrderIds = new long[capacity];
        auxIds = new long[capacity];
        carried = new int[capacity];
        carriedIds = new long[capacity];
        extrasMemory = new UnsafeBuffer(ByteBuffer.allocateDirect(maxLength(EXTRAS, capacity)));
        rowMemory = ByteBuffer.allocateDirect(capacity * ROW_LENGTH + BitUtil.CACHE_LINE_LENGTH);
        rows = BitUtil.align(BufferUtil.address(rowMemory), BitUtil.CACHE_LINE_LENGTH);
    }

    /** Begins with no record. */
    void clear() {
        forms.clear();
        instruments.clear();
        orders.clear();
        timeClasses.clear();
        ageClasses.clear();
        contents.clear();
        extras.wrap(extrasMemory.addressOffset(), extrasMemory.capacity());
        pricedCount = 0;
        newOrderCount = 0;
        auxIdCount = 0;
        carriedCount = 0;
        areOrderIdsExplicit = false;
        areAuxIdsExplicit = false;
        count = 0;
    }

    /** Takes note of the first record, before anything else is found out about it. */
    void begin(final long slotAddress) {
        firstSequence = UnsafeApi.getLong(slotAddress + SEQUENCE_OFFSET);
        firstTimeNs = UnsafeApi.getLong(slotAddress + EVENT_TIME_OFFSET);
        lastTimeNs = firstTimeNs;
        leastTimeNs = firstTimeNs;
        greatestTimeNs = firstTimeNs;
    }

    /** Address of the row of a record. */
    long row(final int record) {
        return rows + (long) record * ROW_LENGTH;
    }

    /** Memory that begins with the extras. */
    UnsafeBuffer extrasMemory() {
        return extrasMemory;
    }

    /** Puts the row of a record, all but its argument. */
    void putRow(final int record, final long deltaNs, final int keyIndex, final int number, final int quantity) {
        final long row = row(record);
        UnsafeApi.putLong(
                row, deltaNs & TIME_MASK | (long) (keyIndex & 0xFF) << KEY_INDEX_SHIFT | (long) number << NUMBER_SHIFT);
        UnsafeApi.putInt(row + QUANTITY_OFFSET_IN_ROW, quantity);
    }

    void putArgument(final int record, final int argument) {
        UnsafeApi.putInt(row(record) + ARGUMENT_OFFSET, argument);
    }

    /** The distance of a price from the last one of its side; the price is now the last one. */
    void takePrice(final int record, final int number, final int side, final int price) {
        instruments.offerBasePrice(number, price);
        movePrice(record, number, side, price);
    }

    /** The same, of an instrument that has a price. */
    void movePrice(final int record, final int number, final int side, final int price) {
        final int delta = instruments.move(number, side, price);
        putArgument(record, delta);
        priced[pricedCount++] = record;
    }

    /** Makes an order of the chunk, which is so many of its instrument. */
    void addOrder(final int record, final int number, final long orderId, final int price, final int place) {
        areOrderIdsExplicit |= instruments.takeOrderId(number, orderId, place) != 0;
        newOrderIds[newOrderCount++] = orderId;
        orders.add(orderId, number, price, place, record);
    }

    /** Makes an order of the chunk that came before it. */
    int carryOrder(final int number, final long orderId, final int price) {
        carried[carriedCount] = orders.count();
        carriedIds[carriedCount++] = orderId;
        return orders.carry(orderId, number, price, -instruments.addCarriedOrder(number));
    }

    /**
     * Takes an aux id, or 0 for none, without a branch: which one it is is a toss of a coin.
     *
     * @param isThere 1, or 0 for none.
     */
    void takeAuxId(final int number, final long auxId, final int isThere) {
        areAuxIdsExplicit |= instruments.takeAuxId(number, auxId, isThere) != 0;
        auxIds[auxIdCount] = auxId;
        auxIdCount += isThere;
    }

    @Override
    public void close() {
        orders.close();
        instruments.close();
        BufferUtil.free(extrasMemory);
        BufferUtil.free(rowMemory);
    }
}
