package io.tapedeck.journal.format2;

import static io.tapedeck.codecs.record.EventSlotDescriptor.AUX_ID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_HEADER;
import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_TIME_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.FLAGS_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.INSTRUMENT_ID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.MPID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.ORDER_ID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.PRICE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.QUANTITY_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SEQUENCE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;
import static io.tapedeck.codecs.record.ItchSlotDescriptor.ITCH_MESSAGE_HEADER;
import static io.tapedeck.journal.format2.ColumnDescriptor.*;
import static io.tapedeck.journal.format2.Format2Descriptor.BYTE_ORDER;

import io.tapedeck.codecs.record.SlotArray;
import java.nio.ByteBuffer;
import java.util.function.IntPredicate;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes slots of the columns of one chunk at a time, in the order of the records.
 *
 * <p>Memory is read and written without bounds checks, and no bytes can lead outside of it: counts, widths and lengths are
 * judged before the first record, a record cannot take more bits than the padding behind a batch has, and what a record
 * says of an order or an instrument is cut to the size of the tables. Bytes that a writer would not write, behind right
 * checksums, can therefore give wrong records, or a fault, and nothing else.
 *
 * <p>Buffers grow to the largest chunk met.
 */
final class ColumnDecoder implements AutoCloseable {
    /** The most records that are decoded between two looks at where the columns are. */
    static final int BATCH = 256;

    /** Bytes behind the bits that may be read: what a batch can take at most. */
    private static final int BITS_PADDING = BATCH * MAX_RECORD_BITS_LENGTH + 2 * Long.BYTES;

    /** An LZ4 block cannot grow by more than this factor: 255 bytes for every byte that extends a length. */
    private static final int MAX_LZ4_EXPANSION = 255;

    private static final String BROKEN =
            "the chunk's columns end too early or too late, or have a control byte without a form or a number without an instrument";

    /** Of an instrument, as a power of two; and what lies there. */
    private static final int STATE_SHIFT = 6;

    private static final int STATE_LENGTH = 1 << STATE_SHIFT;

    private static final int NEXT_ORDER = 0;
    private static final int LAST_PRICES = 4;
    private static final int INSTRUMENT_ID = 12;
    private static final int NEXT_AUX_ID = 16;
    private static final int PRICE_UNIT = 24;
    private static final int END_OF_ORDERS = 28;
    private static final int NEXT_LISTED = 32;
    private static final int LEFT_OUT = 36;

    /** What there is instead of 0, of an instrument that is not wanted, and of a number that is no instrument's. */
    private static final int UNWANTED = 1;

    private static final int UNLISTED = 2;

    /** Of an order, as a power of two; and what lies there. */
    private static final int ORDER_SHIFT = 4;

    static final int ORDER_LENGTH = 1 << ORDER_SHIFT;

    private static final int ORDER_ID = 0;
    private static final int ORDER_PRICE = 8;

    /** Where type and side are in the last eight bytes of a slot. */
    private static final int TAIL_TYPE_SHIFT = 32;

    private static final int TAIL_SIDE_SHIFT = 40;

    private final LZ4SafeDecompressor decompressor = LZ4Factory.nativeInstance().safeDecompressor();
    private final ColumnTable table = new ColumnTable();
    private final ByteCursor extras = new ByteCursor();
    private final ByteCursor directory = new ByteCursor();
    private final UnsafeBuffer message = new UnsafeBuffer(0, 0);
    private final TimeColumn times = new TimeColumn(table);
    private final UnsafeBuffer sections = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer states = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer orders = new UnsafeBuffer(0, 0);
    private final int[] lengths = new int[SECTION_COUNT];
    private final int[] storedLengths = new int[SECTION_COUNT];
    private final int[] offsets = new int[SECTION_COUNT];
    private long[] orderIds = new long[BATCH];
    private long[] auxIds = new long[BATCH];

    private int recordCount;
    private int instrumentCount;
    private int instrumentWidth;
    private int carriedCount;
    private int newOrderCount;
    private int orderIdCount;
    private int auxIdCount;
    private boolean areOrderIdsExplicit;
    private boolean areAuxIdsExplicit;
    private long statesAddress;
    private int orderMask;
    private long firstSequence;
    private long firstTimeNs;

    private int row;
    private long bitPosition;
    private long timeNs;
    private int auxIdAt;
    private boolean isBroken;
    private IntPredicate wantedInstruments;
    private int decodedCount;
    private boolean isRareLeftOut;

    /** Leaves instruments out from the next payload on; null for none. */
    void only(final IntPredicate wanted) {
        wantedInstruments = wanted;
    }

    /**
     * Takes a payload, and stands before its first record.
     *
     * @param payload holds it from 0 on; is read until the next one is taken.
     * @param header  of the chunk.
     * @return what is wrong with it, as a clause, or null.
     */
    String take(final UnsafeBuffer payload, final Format2ChunkHeader header) {
        recordCount = header.recordCount();
        firstSequence = header.firstSequence();
        firstTimeNs = header.firstTimeNs();
        row = recordCount;
        String fault = readHead(payload, header.payloadLength());
        if (fault == null) {
            fault = table.read(payload);
        }
        if (fault == null) {
            fault = inflate(payload);
        }
        if (fault == null) {
            fault = readIds();
        }
        if (fault == null) {
            fault = rewind();
        }
        return fault;
    }

    private String readHead(final UnsafeBuffer payload, final int payloadLength) {
        if (payloadLength < HEAD_LENGTH) {
            return "the chunk's payload has " + payloadLength + " bytes, a head alone has " + HEAD_LENGTH;
        }
        instrumentCount = payload.getInt(INSTRUMENT_COUNT_OFFSET, BYTE_ORDER);
        carriedCount = payload.getInt(CARRIED_COUNT_OFFSET, BYTE_ORDER);
        newOrderCount = payload.getInt(NEW_ORDER_COUNT_OFFSET, BYTE_ORDER);
        orderIdCount = payload.getInt(ORDER_ID_COUNT_OFFSET, BYTE_ORDER);
        auxIdCount = payload.getInt(AUX_ID_COUNT_OFFSET, BYTE_ORDER);
        instrumentWidth = payload.getByte(INSTRUMENT_WIDTH_OFFSET);
        final int flags = payload.getByte(ID_FLAGS_OFFSET);
        areOrderIdsExplicit = (flags & FLAG_EXPLICIT_ORDER_IDS) != 0;
        areAuxIdsExplicit = (flags & FLAG_EXPLICIT_AUX_IDS) != 0;
        final boolean areCountsRight = isCount(instrumentCount)
                && isCount(carriedCount)
                && isCount(newOrderCount)
                && orderIdCount == (areOrderIdsExplicit ? newOrderCount : 0)
                && isCount(auxIdCount)
                && (areAuxIdsExplicit || auxIdCount == 0);
        final boolean areRestRight =
                instrumentWidth == Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(0, instrumentCount - 1))
                        && (flags & ~(FLAG_EXPLICIT_ORDER_IDS | FLAG_EXPLICIT_AUX_IDS)) == 0
                        && payload.getByte(RESERVED_OFFSET) == 0
                        && payload.getByte(FORM_COUNT_OFFSET) >= 0
                        && payload.getByte(FORM_COUNT_OFFSET) <= MAX_FORMS;
        if (!areCountsRight || !areRestRight) {
            return "the chunk's columns have counts or flags that do not fit its " + recordCount + " records";
        }
        return readLengths(payload, payloadLength);
    }

    private boolean isCount(final int count) {
        return count >= 0 && count <= recordCount;
    }

    private String readLengths(final UnsafeBuffer payload, final int payloadLength) {
        long end = HEAD_LENGTH + payload.getByte(FORM_COUNT_OFFSET) * FORM_LENGTH;
        for (int section = 0; section < SECTION_COUNT; section++) {
            final int at = SECTIONS_OFFSET + section * SECTION_ENTRY_LENGTH;
            final int length = payload.getInt(at, BYTE_ORDER);
            final int stored = payload.getInt(at + Integer.BYTES, BYTE_ORDER);
            if (length < 0
                    || length > maxLength(section, recordCount)
                    || stored > length
                    || stored < (length + MAX_LZ4_EXPANSION - 1) / MAX_LZ4_EXPANSION) {
                return "the chunk's section " + section + " has length " + Integer.toUnsignedString(length)
                        + " and stored length " + Integer.toUnsignedString(stored) + ", which cannot be of "
                        + recordCount + " records";
            }
            lengths[section] = length;
            storedLengths[section] = stored;
            end += stored;
        }
        if (end != payloadLength || lengths[CONTROLS] != recordCount) {
            return "the chunk's sections end at byte " + end + " of a payload of " + payloadLength
                    + ", with controls for " + lengths[CONTROLS] + " of " + recordCount + " records";
        }
        return null;
    }

    private String inflate(final UnsafeBuffer payload) {
        int length = 0;
        for (int section = 0; section < SECTION_COUNT; section++) {
            offsets[section] = length;
            length += lengths[section] + (section == BITS ? BITS_PADDING : 2 * Long.BYTES);
        }
        ensureCapacity(sections, length);
        int at = HEAD_LENGTH + payload.getByte(FORM_COUNT_OFFSET) * FORM_LENGTH;
        for (int section = 0; section < SECTION_COUNT; section++) {
            final int stored = storedLengths[section];
            if (stored == lengths[section]) {
                sections.putBytes(offsets[section], payload, at, stored);
            } else if (!inflate(section, payload.byteBuffer(), at)) {
                return "the LZ4 block of the chunk's section " + section + " is malformed";
            }
            at += stored;
        }
        return null;
    }

    private boolean inflate(final int section, final ByteBuffer payload, final int offset) {
        try {
            return decompressor.decompress(
                            payload,
                            offset,
                            storedLengths[section],
                            sections.byteBuffer(),
                            offsets[section],
                            lengths[section])
                    == lengths[section];
        } catch (final LZ4Exception ex) {
            return false;
        }
    }

    private static void ensureCapacity(final UnsafeBuffer buffer, final int length) {
        if (buffer.capacity() < length) {
            BufferUtil.free(buffer);
            buffer.wrap(ByteBuffer.allocateDirect(length));
        }
    }

    private String readIds() {
        // A batch may take more than there are, before that is noticed.
        orderIds = ensureCapacity(orderIds, orderIdCount + BATCH);
        auxIds = ensureCapacity(auxIds, auxIdCount + BATCH);
        final boolean areRight = IdList.decode(address(ORDER_IDS), lengths[ORDER_IDS], orderIds, orderIdCount)
                && IdList.decode(address(AUX_IDS), lengths[AUX_IDS], auxIds, auxIdCount);
        return areRight ? null : "the chunk's lists of ids do not have the length that they say";
    }

    private static long[] ensureCapacity(final long[] ids, final int length) {
        return ids.length < length ? new long[length] : ids;
    }

    private long address(final int section) {
        return sections.addressOffset() + offsets[section];
    }

    /**
     * Goes back before the first record.
     *
     * @return what is wrong with the directory, as a clause, or null.
     */
    private String rewind() {
        row = 0;
        bitPosition = 0;
        timeNs = firstTimeNs;
        auxIdAt = 0;
        isBroken = false;
        extras.wrap(address(EXTRAS), lengths[EXTRAS]);
        return readDirectory();
    }

    private String readDirectory() {
        final int statesLength = 1 << instrumentWidth + STATE_SHIFT;
        // One place more for each instrument: where the order would be that is not made.
        final int orderCapacity =
                BitUtil.findNextPositivePowerOfTwo(carriedCount + newOrderCount + instrumentCount + 1);
        ensureCapacity(states, statesLength + STATE_LENGTH);
        statesAddress = BitUtil.align(states.addressOffset(), STATE_LENGTH);
        ensureCapacity(orders, orderCapacity << ORDER_SHIFT);
        orderMask = orderCapacity - 1 << ORDER_SHIFT;
        states.setMemory(0, states.capacity(), (byte) 0);
        directory.wrap(address(DIRECTORY), lengths[DIRECTORY]);
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
            final long firstId = areOrderIdsExplicit ? 0 : directory.varint();
            long id = firstId;
            UnsafeApi.putLong(state + NEXT_AUX_ID, areAuxIdsExplicit ? 0 : directory.varint());
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
            id = areOrderIdsExplicit ? 0 : firstId;
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
        for (int number = instrumentCount; number < 1 << instrumentWidth; number++) {
            final long state = statesAddress + ((long) number << STATE_SHIFT);
            UnsafeApi.putByte(state + LEFT_OUT, (byte) UNLISTED);
            // The last place of all is no instrument's.
            UnsafeApi.putInt(state + NEXT_LISTED, orderMask);
        }
        return areOrderIdsExplicit && !placeListedIds() ? BROKEN : null;
    }

    /** Whether there are records that stand as they are. Only they can go back in time, and name instruments of their own. */
    private boolean hasRawRecords() {
        final long controls = address(CONTROLS);
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
        if (instrumentCount == 1) {
            for (int i = 0; i < orderIdCount; i++) {
                putOrder(carriedCount + i, orderIds[i], 0);
            }
            return true;
        }
        final long controls = address(CONTROLS);
        final long bits = address(BITS);
        final long bitCount = (long) lengths[BITS] << 3;
        final long instrumentMask = (1L << instrumentWidth) - 1;
        final long ordersAddress = orders.addressOffset();
        long position = 0;
        int listed = 0;
        for (int at = 0; at < recordCount; ) {
            if (position > bitCount || listed > orderIdCount) {
                return false;
            }
            for (final int end = Math.min(recordCount, at + BATCH); at < end; at++) {
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

    /** The times of the chunk, which are read without anything else. */
    TimeColumn times() {
        return times.begin(
                address(CONTROLS),
                address(BITS),
                lengths[BITS],
                address(EXTRAS),
                lengths[EXTRAS],
                instrumentWidth,
                firstTimeNs);
    }

    /** The row that is decoded next. */
    int row() {
        return row;
    }

    /**
     * Goes to a row, by way of all rows before it.
     *
     * @param wanted at most the number of rows.
     * @param scratch takes what is decoded on the way, {@link #BATCH} slots.
     * @return what is wrong with the rows on the way, as a clause, or null.
     */
    String seek(final int wanted, final SlotArray scratch) {
        String fault = wanted < row || isBroken ? rewind() : null;
        while (fault == null && row < wanted) {
            fault = decode(Math.min(BATCH, wanted - row), scratch.buffer().addressOffset(), null);
        }
        return fault;
    }

    /** How many rows the last call put into slots or handed over: less than it decoded if some are left out. */
    int decodedCount() {
        return decodedCount;
    }

    /**
     * Decodes the next rows. Of instruments that are left out only the widths and the times are looked at.
     *
     * @param count   at most {@link #BATCH}, and at most as many as there are.
     * @param address of slots that lie one behind the other and have room for as many; for a handler one is enough.
     * @param handler called for every row as soon as it is decoded; or null, then all slots are filled.
     * @return what is wrong with the rows, as a clause, or null; the slots do not hold records then.
     */
    String decode(final int count, final long address, final EventHandler handler) {
        if (isBroken || bitPosition > (long) lengths[BITS] << 3 || auxIdAt > auxIdCount) {
            return broken();
        }
        final long controls = address(CONTROLS) + row;
        final long bits = address(BITS);
        final long tableAddress = table.address();
        final long statesAddress = this.statesAddress;
        final long ordersAddress = orders.addressOffset();
        final int orderMask = this.orderMask;
        final int instrumentWidth = this.instrumentWidth;
        final long instrumentMask = (1L << instrumentWidth) - 1;
        final long firstSequence = this.firstSequence + row;
        long position = bitPosition;
        long time = timeNs;
        final int step = handler == null ? SLOT_LENGTH : 0;
        long slot = address;
        int leftOutCount = 0;
        for (int i = 0; i < count; i++, slot += step) {
            final long entry = tableAddress + ((UnsafeApi.getByte(controls + i) & 0xFFL) << ColumnTable.ENTRY_SHIFT);
            if (UnsafeApi.getByte(entry + ColumnTable.RARE) != 0) {
                timeNs = time;
                bitPosition = position;
                if (!decodeRare(entry, slot, firstSequence + i)) {
                    return broken();
                }
                time = timeNs;
                position = bitPosition;
                if (isRareLeftOut) {
                    leftOutCount++;
                    slot -= step;
                } else if (handler != null) {
                    handle(slot, handler);
                }
                continue;
            }
            long word = UnsafeApi.getLong(bits + (position >>> 3)) >>> (position & 7);
            final long state = statesAddress + ((word & instrumentMask) << STATE_SHIFT);
            final int leftOut = UnsafeApi.getByte(state + LEFT_OUT);
            if (leftOut != 0) {
                if (leftOut == UNLISTED) {
                    return broken();
                }
                time += (word >>> instrumentWidth & UnsafeApi.getLong(entry + ColumnTable.TIME_MASK))
                        + UnsafeApi.getLong(entry + ColumnTable.TIME_OFFSET);
                position += UnsafeApi.getByte(entry + ColumnTable.WIDTH);
                final int order = UnsafeApi.getInt(state + NEXT_ORDER);
                UnsafeApi.putInt(state + NEXT_ORDER, order + UnsafeApi.getByte(entry + ColumnTable.NEW_ORDER));
                leftOutCount++;
                slot -= step;
                continue;
            }
            word >>>= instrumentWidth;
            time += (word & UnsafeApi.getLong(entry + ColumnTable.TIME_MASK))
                    + UnsafeApi.getLong(entry + ColumnTable.TIME_OFFSET);
            word >>>= UnsafeApi.getByte(entry + ColumnTable.TIME_WIDTH);
            final int argument = ((int) word & UnsafeApi.getInt(entry + ColumnTable.ARGUMENT_MASK))
                    + UnsafeApi.getInt(entry + ColumnTable.ARGUMENT_OFFSET);
            word >>>= UnsafeApi.getByte(entry + ColumnTable.ARGUMENT_WIDTH);
            final int quantity = ((int) word & UnsafeApi.getInt(entry + ColumnTable.QUANTITY_MASK))
                    + UnsafeApi.getInt(entry + ColumnTable.QUANTITY_BASE);
            position += UnsafeApi.getByte(entry + ColumnTable.WIDTH);

            // The order: the next one to be made, or one that is so old.
            final int isPriced = UnsafeApi.getInt(entry + ColumnTable.PRICED);
            final int nextOrder = UnsafeApi.getInt(state + NEXT_ORDER);
            final long order = ordersAddress + (nextOrder - (argument << ORDER_SHIFT & ~isPriced) & orderMask);
            final long lastPriceAddress = state + LAST_PRICES + UnsafeApi.getByte(entry + ColumnTable.SIDE_OFFSET);
            final int delta = (argument >>> 1 ^ -(argument & 1)) * UnsafeApi.getInt(state + PRICE_UNIT);
            final int lastPrice = UnsafeApi.getInt(lastPriceAddress) + (delta & isPriced);
            UnsafeApi.putInt(lastPriceAddress, lastPrice);
            UnsafeApi.putInt(ordersAddress + (nextOrder & orderMask) + ORDER_PRICE, lastPrice);
            UnsafeApi.putInt(state + NEXT_ORDER, nextOrder + UnsafeApi.getByte(entry + ColumnTable.NEW_ORDER));
            final int price = UnsafeApi.getInt(order + ORDER_PRICE) & UnsafeApi.getInt(entry + ColumnTable.PRICE_MASK);
            final long id = UnsafeApi.getLong(order + ORDER_ID) & UnsafeApi.getLong(entry + ColumnTable.ORDER_ID_MASK);

            final long hasAuxId = UnsafeApi.getByte(entry + ColumnTable.AUX_ID_MASK);
            final long nextAuxId = UnsafeApi.getLong(state + NEXT_AUX_ID);
            UnsafeApi.putLong(state + NEXT_AUX_ID, nextAuxId - hasAuxId);
            final long auxId = nextAuxId & hasAuxId;

            final int instrumentId = UnsafeApi.getInt(state + INSTRUMENT_ID);
            final long tail = UnsafeApi.getLong(entry + ColumnTable.TAIL);
            if (handler != null) {
                handler.onEvent(
                        firstSequence + i,
                        time,
                        (int) (tail >>> TAIL_TYPE_SHIFT) & 0xFF,
                        (int) (tail >>> TAIL_SIDE_SHIFT) & 0xFF,
                        (int) tail & 0xFFFF,
                        instrumentId,
                        id,
                        auxId,
                        price,
                        quantity);
                continue;
            }
            UnsafeApi.putLong(slot, EVENT_HEADER);
            UnsafeApi.putLong(slot + SEQUENCE_OFFSET, firstSequence + i);
            UnsafeApi.putLong(slot + EVENT_TIME_OFFSET, time);
            UnsafeApi.putLong(slot + ORDER_ID_OFFSET, id);
            UnsafeApi.putLong(slot + AUX_ID_OFFSET, auxId);
            UnsafeApi.putInt(slot + INSTRUMENT_ID_OFFSET, instrumentId);
            UnsafeApi.putInt(slot + PRICE_OFFSET, price);
            UnsafeApi.putInt(slot + QUANTITY_OFFSET, quantity);
            UnsafeApi.putInt(slot + MPID_OFFSET, 0);
            UnsafeApi.putLong(slot + FLAGS_OFFSET, tail);
        }
        row += count;
        bitPosition = position;
        timeNs = time;
        decodedCount = count - leftOutCount;
        return row < recordCount || isAtEnd() ? null : broken();
    }

    /** Decodes a record that the loop leaves out into a slot. */
    private boolean decodeRare(final long entry, final long slot, final long sequence) {
        final int rare = UnsafeApi.getByte(entry + ColumnTable.RARE);
        if (rare == ColumnTable.RARE_RAW) {
            UnsafeApi.putLong(slot + SEQUENCE_OFFSET, sequence);
            isRareLeftOut = false;
            return putRaw(slot);
        }
        if (rare == ColumnTable.RARE_INVALID) {
            return false;
        }
        final long bits = address(BITS);
        long word = UnsafeApi.getLong(bits + (bitPosition >>> 3)) >>> (bitPosition & 7);
        final long state = statesAddress + ((word & (1L << instrumentWidth) - 1) << STATE_SHIFT);
        final int leftOut = UnsafeApi.getByte(state + LEFT_OUT);
        if (leftOut == UNLISTED) {
            return false;
        }
        isRareLeftOut = leftOut != 0;
        timeNs += (word >>> instrumentWidth & UnsafeApi.getLong(entry + ColumnTable.TIME_MASK))
                + UnsafeApi.getLong(entry + ColumnTable.TIME_OFFSET);
        final long rest = bitPosition + instrumentWidth + UnsafeApi.getByte(entry + ColumnTable.TIME_WIDTH);
        word = UnsafeApi.getLong(bits + (rest >>> 3)) >>> (rest & 7);
        final int argument = ((int) word & UnsafeApi.getInt(entry + ColumnTable.ARGUMENT_MASK))
                + UnsafeApi.getInt(entry + ColumnTable.ARGUMENT_OFFSET);
        final int quantity = ((int) (word >>> UnsafeApi.getByte(entry + ColumnTable.ARGUMENT_WIDTH))
                        & UnsafeApi.getInt(entry + ColumnTable.QUANTITY_MASK))
                + UnsafeApi.getInt(entry + ColumnTable.QUANTITY_BASE);
        bitPosition += UnsafeApi.getByte(entry + ColumnTable.WIDTH);

        final boolean isPriced = UnsafeApi.getInt(entry + ColumnTable.PRICED) != 0;
        final int nextOrder = UnsafeApi.getInt(state + NEXT_ORDER);
        final long newOrder = orders.addressOffset() + (nextOrder & orderMask);
        final long order = orders.addressOffset() + (nextOrder - (isPriced ? 0 : argument << ORDER_SHIFT) & orderMask);
        if (isPriced) {
            final long lastPriceAddress = state + LAST_PRICES + UnsafeApi.getByte(entry + ColumnTable.SIDE_OFFSET);
            final int lastPrice = UnsafeApi.getInt(lastPriceAddress)
                    + (argument >>> 1 ^ -(argument & 1)) * UnsafeApi.getInt(state + PRICE_UNIT);
            UnsafeApi.putInt(lastPriceAddress, lastPrice);
            UnsafeApi.putInt(newOrder + ORDER_PRICE, lastPrice);
        }
        UnsafeApi.putInt(state + NEXT_ORDER, nextOrder + UnsafeApi.getByte(entry + ColumnTable.NEW_ORDER));
        long auxId = 0;
        if (UnsafeApi.getByte(entry + ColumnTable.AUX_ID_MASK) != 0) {
            if ((rare & ColumnTable.RARE_LISTED) != 0) {
                auxId = auxIds[auxIdAt++];
            } else {
                auxId = UnsafeApi.getLong(state + NEXT_AUX_ID);
                UnsafeApi.putLong(state + NEXT_AUX_ID, auxId + 1);
            }
        }
        int price = UnsafeApi.getInt(order + ORDER_PRICE) & UnsafeApi.getInt(entry + ColumnTable.PRICE_MASK);
        if ((rare & ColumnTable.RARE_PRICE) != 0) {
            price += (int) extras.signed();
            if ((rare & ColumnTable.RARE_REPLACE) != 0) {
                auxId = UnsafeApi.getLong(newOrder + ORDER_ID);
                UnsafeApi.putInt(newOrder + ORDER_PRICE, price);
            }
        }
        UnsafeApi.putLong(slot, EVENT_HEADER);
        UnsafeApi.putLong(slot + SEQUENCE_OFFSET, sequence);
        UnsafeApi.putLong(slot + EVENT_TIME_OFFSET, timeNs);
        UnsafeApi.putLong(
                slot + ORDER_ID_OFFSET,
                UnsafeApi.getLong(order + ORDER_ID) & UnsafeApi.getLong(entry + ColumnTable.ORDER_ID_MASK));
        UnsafeApi.putLong(slot + AUX_ID_OFFSET, auxId);
        UnsafeApi.putInt(slot + INSTRUMENT_ID_OFFSET, UnsafeApi.getInt(state + INSTRUMENT_ID));
        UnsafeApi.putInt(slot + PRICE_OFFSET, price);
        UnsafeApi.putInt(slot + QUANTITY_OFFSET, quantity);
        UnsafeApi.putInt(slot + MPID_OFFSET, 0);
        UnsafeApi.putLong(slot + FLAGS_OFFSET, UnsafeApi.getLong(entry + ColumnTable.TAIL));
        if ((rare & ColumnTable.RARE_ATTRIBUTES) != 0) {
            final int at = extras.skip(ATTRIBUTES_LENGTH);
            if (at >= 0) {
                UnsafeApi.putLong(slot + MPID_OFFSET, extras.buffer().getLong(at, BYTE_ORDER));
            }
        }
        return extras.isWithin() && auxIdAt <= auxIdCount;
    }

    /** Calls a handler for the record in a slot. */
    private void handle(final long slot, final EventHandler handler) {
        if (UnsafeApi.getLong(slot) == EVENT_HEADER) {
            final long tail = UnsafeApi.getLong(slot + FLAGS_OFFSET);
            handler.onEvent(
                    UnsafeApi.getLong(slot + SEQUENCE_OFFSET),
                    UnsafeApi.getLong(slot + EVENT_TIME_OFFSET),
                    (int) (tail >>> TAIL_TYPE_SHIFT) & 0xFF,
                    (int) (tail >>> TAIL_SIDE_SHIFT) & 0xFF,
                    (int) tail & 0xFFFF,
                    UnsafeApi.getInt(slot + INSTRUMENT_ID_OFFSET),
                    UnsafeApi.getLong(slot + ORDER_ID_OFFSET),
                    UnsafeApi.getLong(slot + AUX_ID_OFFSET),
                    UnsafeApi.getInt(slot + PRICE_OFFSET),
                    UnsafeApi.getInt(slot + QUANTITY_OFFSET));
        } else {
            message.wrap(slot, SLOT_LENGTH);
            handler.onItchMessage(message, 0);
        }
    }

    private boolean putRaw(final long slot) {
        final int at = extras.skip(RAW_LENGTH);
        if (at < 0) {
            return false;
        }
        for (int i = 0; i < RAW_LENGTH; i += Long.BYTES) {
            UnsafeApi.putLong(slot + EVENT_TIME_OFFSET + i, extras.buffer().getLong(at + i, BYTE_ORDER));
        }
        final boolean isEvent = extras.buffer().getByte(at + Format2Rows.TEMPLATE_OFFSET) == 0;
        UnsafeApi.putLong(slot, isEvent ? EVENT_HEADER : ITCH_MESSAGE_HEADER);
        timeNs = UnsafeApi.getLong(slot + EVENT_TIME_OFFSET);
        return true;
    }

    /** The most direct memory that a chunk of so many records can make a decoder take. */
    static long maxBufferLength(final int records) {
        long length = BITS_PADDING + 2 * Long.BYTES * (SECTION_COUNT - 1);
        for (int section = 0; section < SECTION_COUNT; section++) {
            length += maxLength(section, records);
        }
        return length
                + ((long) BitUtil.findNextPositivePowerOfTwo(records) + 1 << STATE_SHIFT)
                + ((long) BitUtil.findNextPositivePowerOfTwo(3 * records + 1) << ORDER_SHIFT);
    }

    /** Whether every column ends with the last record. */
    private boolean isAtEnd() {
        for (int number = 0; number < instrumentCount; number++) {
            final long state = statesAddress + ((long) number << STATE_SHIFT);
            if (UnsafeApi.getInt(state + NEXT_ORDER) != UnsafeApi.getInt(state + END_OF_ORDERS)) {
                return false;
            }
        }
        return bitPosition + 7 >>> 3 == lengths[BITS] && auxIdAt == auxIdCount && extras.isAtEnd();
    }

    private String broken() {
        isBroken = true;
        return BROKEN;
    }

    @Override
    public void close() {
        BufferUtil.free(sections);
        BufferUtil.free(states);
        BufferUtil.free(orders);
        table.close();
        sections.wrap(0, 0);
        states.wrap(0, 0);
        orders.wrap(0, 0);
    }
}
