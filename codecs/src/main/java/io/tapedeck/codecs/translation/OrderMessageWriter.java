package io.tapedeck.codecs.translation;

import static io.tapedeck.codecs.record.EventSlotDescriptor.AUX_ID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_TIME_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_TYPE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.FLAGS_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.INSTRUMENT_ID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.MPID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.ORDER_ID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.PRICE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.QUANTITY_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SIDE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;
import static io.tapedeck.codecs.record.EventSlotDescriptor.TRACKING_OFFSET;

import io.tapedeck.codecs.itch.AddOrderMpid;
import io.tapedeck.codecs.itch.ItchHeaderDescriptor;
import io.tapedeck.codecs.itch.ItchMessageType;
import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.EventTypeCode;
import io.tapedeck.codecs.record.SideCode;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.UnsafeApi;

/**
 * Makes the messages that a feed consists of nearly alone, A, F, E, X and D, without asking which of them it is: their
 * types follow each other like tosses of a coin, and a wrong guess costs more than a message. All five begin alike, and
 * behind the order's number they are one of two patterns, of which a mask chooses:
 *
 * <pre>
 *   offset  0       11        19                      27                35 36
 *          +-------+---------+-----------------------+-----------------+--+------
 *   A, F   | header| order   | side, shares, stock     stock, price      | | mpid
 *   E, X, D| header| order   | shares, match number    match number
 *          +-------+---------+-----------------------+-----------------+--+------
 * </pre>
 *
 * <p>All of it is always written, so bytes behind the message change as well. What has anything wrong or unusual about
 * it is left to others, who say what.
 */
final class OrderMessageWriter {
    /** Answer for a record that is not one of these, or that has something wrong. */
    static final int NOT_WRITTEN = 0;

    /** How many bytes are written whatever the message. */
    static final int ROOM = AddOrderMpid.LENGTH;

    private static final int TIME_LOW_OFFSET = 7;
    private static final int BODY_OFFSET = 19;
    private static final int SECOND_OFFSET = BODY_OFFSET + Long.BYTES;
    private static final int LAST_OFFSET = SECOND_OFFSET + Long.BYTES;
    private static final boolean IS_LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private final InstrumentDirectory directory;

    OrderMessageWriter(final InstrumentDirectory directory) {
        this.directory = directory;
    }

    /** Length of the message, or {@link #NOT_WRITTEN}: then the bytes are of no use. */
    int write(final DirectBuffer slots, final int slotOffset, final MutableDirectBuffer itch, final int offset) {
        slots.boundsCheck(slotOffset, SLOT_LENGTH);
        itch.boundsCheck(offset, ROOM);
        final byte[] from = slots.byteArray();
        final long slot = slots.addressOffset() + slotOffset;
        final int type = UnsafeApi.getByte(from, slot + EVENT_TYPE_OFFSET);
        final int instrumentId = intAt(from, slot + INSTRUMENT_ID_OFFSET);
        final int stockLocate = directory.stockLocate(instrumentId);
        if (type < EventTypeCode.ADD
                || type > EventTypeCode.EXECUTE
                || stockLocate == InstrumentDirectory.UNKNOWN
                || !EventSlotDescriptor.isEvent(slots, slotOffset)) {
            return NOT_WRITTEN;
        }
        final long symbol = directory.symbol(instrumentId);
        final long price = (long) intAt(from, slot + PRICE_OFFSET) * directory.tickSize(instrumentId);
        // All ones for ADD, which is 1, and zero for the others, which are larger.
        final long add = type - EventTypeCode.REDUCE >> Integer.SIZE - 1;
        if (!isSound(from, slot, add, symbol, price)) {
            return NOT_WRITTEN;
        }
        final byte itchType = EventItchType.of(type, shortAt(from, slot + FLAGS_OFFSET));
        final byte[] to = itch.byteArray();
        final long message = itch.addressOffset() + offset;
        putHeader(to, message, itchType, stockLocate, from, slot);
        putBody(to, message, from, slot, add, symbol, price);
        return ItchMessageType.length(itchType);
    }

    /** A number is negative for each thing that may not be: one test for all of them. */
    private static boolean isSound(
            final byte[] from, final long slot, final long add, final long symbol, final long price) {
        final long timeNs = longAt(from, slot + EVENT_TIME_OFFSET);
        final long side = UnsafeApi.getByte(from, slot + SIDE_OFFSET);
        final long wrongInAny =
                intAt(from, slot + QUANTITY_OFFSET) | timeNs | ItchHeaderDescriptor.MAX_TIMESTAMP_NS - timeNs;
        // No symbol is 0; only then are number and complement both without a sign.
        final long wrongInAdd =
                price | Integer.MAX_VALUE - price | side - SideCode.BUY | SideCode.SELL - side | ~(symbol | -symbol);
        return (wrongInAny | wrongInAdd & add) >= 0;
    }

    /** As {@link ItchHeaderDescriptor#putHeader} does, where the bounds are checked already. */
    private static void putHeader(
            final byte[] to,
            final long message,
            final byte itchType,
            final int stockLocate,
            final byte[] from,
            final long slot) {
        final long timeNs = longAt(from, slot + EVENT_TIME_OFFSET);
        final long head = (itchType & 0xFFL) << 56
                | (stockLocate & 0xFFFFL) << 40
                | (long) shortAt(from, slot + TRACKING_OFFSET) << 24
                | timeNs >>> 24;
        putLong(to, message, head);
        putInt(to, message + TIME_LOW_OFFSET, (int) timeNs);
    }

    private static void putBody(
            final byte[] to,
            final long message,
            final byte[] from,
            final long slot,
            final long add,
            final long symbol,
            final long price) {
        final long auxId = longAt(from, slot + AUX_ID_OFFSET);
        final long quantity = intAt(from, slot + QUANTITY_OFFSET);
        final long sideLetter = 'B' + (UnsafeApi.getByte(from, slot + SIDE_OFFSET) - SideCode.BUY) * ('S' - 'B');
        final long first =
                (sideLetter << 56 | quantity << 24 | symbol >>> 40) & add | (quantity << 32 | auxId >>> 32) & ~add;
        final long second = (symbol << 24 | price >>> 8) & add | auxId << 32 & ~add;
        putLong(to, message + ItchHeaderDescriptor.BODY_OFFSET, longAt(from, slot + ORDER_ID_OFFSET));
        putLong(to, message + BODY_OFFSET, first);
        putLong(to, message + SECOND_OFFSET, second);
        UnsafeApi.putByte(to, message + LAST_OFFSET, (byte) price);
        putInt(to, message + LAST_OFFSET + 1, intAt(from, slot + MPID_OFFSET));
    }

    private static long longAt(final byte[] base, final long address) {
        final long bits = UnsafeApi.getLong(base, address);
        return IS_LITTLE_ENDIAN ? bits : Long.reverseBytes(bits);
    }

    private static int intAt(final byte[] base, final long address) {
        final int bits = UnsafeApi.getInt(base, address);
        return IS_LITTLE_ENDIAN ? bits : Integer.reverseBytes(bits);
    }

    private static int shortAt(final byte[] base, final long address) {
        final short bits = UnsafeApi.getShort(base, address);
        return (IS_LITTLE_ENDIAN ? bits : Short.reverseBytes(bits)) & 0xFFFF;
    }

    private static void putLong(final byte[] base, final long address, final long value) {
        UnsafeApi.putLong(base, address, IS_LITTLE_ENDIAN ? Long.reverseBytes(value) : value);
    }

    private static void putInt(final byte[] base, final long address, final int value) {
        UnsafeApi.putInt(base, address, IS_LITTLE_ENDIAN ? Integer.reverseBytes(value) : value);
    }
}
