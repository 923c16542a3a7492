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
import static io.tapedeck.journal.format2.DecodingState.*;
import static io.tapedeck.journal.format2.Format2Descriptor.BYTE_ORDER;

import io.tapedeck.codecs.record.SlotArray;
import java.util.function.IntPredicate;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes slots of the columns of one chunk at a time, in the order of the records.
 *
 * <p>Memory is read and written without bounds checks, and no bytes can lead outside of it: counts, widths and lengths are
 * judged before the first record, a record cannot take more bits than the padding behind a batch has, and what a record
 * says of an order or an instrument is cut to the size of the tables. Bytes that a writer would not write, behind right
 * checksums, can therefore give wrong records, or a fault, and nothing else. Of that the counts, widths and lengths are
 * the part of {@link ColumnSections} and {@link ColumnTable}, the size of the tables is that of {@link DecodingState}.
 *
 * <p>Buffers grow to the largest chunk met.
 */
final class ColumnDecoder implements AutoCloseable {
    /** The most records that are decoded between two looks at where the columns are. */
    static final int BATCH = 256;

    static final String BROKEN =
            "the chunk's columns end too early or too late, or have a control byte without a form or a number without an instrument";

    /** Where type and side are in the last eight bytes of a slot. */
    private static final int TAIL_TYPE_SHIFT = 32;

    private static final int TAIL_SIDE_SHIFT = 40;

    private final ColumnSections sections = new ColumnSections();
    private final ColumnTable table = new ColumnTable();
    private final DecodingState states = new DecodingState(sections, table);
    private final ByteCursor extras = new ByteCursor();
    private final UnsafeBuffer message = new UnsafeBuffer(0, 0);
    private final TimeColumn times = new TimeColumn(table);

    private long firstSequence;
    private long firstTimeNs;

    // Of sections and states, looked up once for all records of the payload.
    private long controls;
    private long bits;
    private long bitCount;
    private int instrumentWidth;
    private long[] auxIds;
    private int auxIdCount;
    private long statesAddress;
    private long ordersAddress;
    private int orderMask;

    private int row;
    private long bitPosition;
    private long timeNs;
    private int auxIdAt;
    private boolean isBroken;
    private int decodedCount;
    private boolean isRareLeftOut;

    /** Leaves instruments out from the next payload on; null for none. */
    void only(final IntPredicate wanted) {
        states.only(wanted);
    }

    /**
     * Takes a payload, and stands before its first record.
     *
     * @param payload holds it from 0 on; is read until the next one is taken.
     * @param header  of the chunk.
     * @return what is wrong with it, as a clause, or null.
     */
    String take(final UnsafeBuffer payload, final Format2ChunkHeader header) {
        firstSequence = header.firstSequence();
        firstTimeNs = header.firstTimeNs();
        row = header.recordCount();
        String fault = sections.readHead(payload, header.payloadLength(), header.recordCount());
        if (fault == null) {
            fault = table.read(payload);
        }
        if (fault == null) {
            fault = sections.unpack(payload);
        }
        return fault == null ? rewind() : fault;
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
        extras.wrap(sections.address(EXTRAS), sections.length(EXTRAS));
        final String fault = states.readDirectory();
        lookUp();
        return fault;
    }

    private void lookUp() {
        controls = sections.address(CONTROLS);
        bits = sections.address(BITS);
        bitCount = (long) sections.length(BITS) << 3;
        instrumentWidth = sections.instrumentWidth();
        auxIds = sections.auxIds();
        auxIdCount = sections.auxIdCount();
        statesAddress = states.statesAddress();
        ordersAddress = states.ordersAddress();
        orderMask = states.orderMask();
    }

    /** The times of the chunk, which are read without anything else. */
    TimeColumn times() {
        return times.begin(
                sections.address(CONTROLS),
                sections.address(BITS),
                sections.length(BITS),
                sections.address(EXTRAS),
                sections.length(EXTRAS),
                sections.instrumentWidth(),
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
        if (isBroken || bitPosition > bitCount || auxIdAt > auxIdCount) {
            return broken();
        }
        final long controls = this.controls + row;
        final long bits = this.bits;
        final long tableAddress = table.address();
        final long statesAddress = this.statesAddress;
        final long ordersAddress = this.ordersAddress;
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
        return row < sections.recordCount() || isAtEnd() ? null : broken();
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
        final long newOrder = ordersAddress + (nextOrder & orderMask);
        final long order = ordersAddress + (nextOrder - (isPriced ? 0 : argument << ORDER_SHIFT) & orderMask);
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
        return ColumnSections.maxBufferLength(records) + DecodingState.maxBufferLength(records);
    }

    /** Whether every column ends with the last record. */
    private boolean isAtEnd() {
        return states.isAtEnd()
                && bitPosition + 7 >>> 3 == sections.length(BITS)
                && auxIdAt == auxIdCount
                && extras.isAtEnd();
    }

    private String broken() {
        isBroken = true;
        return BROKEN;
    }

    @Override
    public void close() {
        sections.close();
        states.close();
        table.close();
    }
}
