package io.tapedeck.codecs.translation;

import io.tapedeck.codecs.itch.AddOrder;
import io.tapedeck.codecs.itch.AddOrderMpid;
import io.tapedeck.codecs.itch.ItchMessageType;
import io.tapedeck.codecs.itch.OrderCancel;
import io.tapedeck.codecs.itch.OrderDelete;
import io.tapedeck.codecs.itch.OrderExecuted;
import io.tapedeck.codecs.itch.OrderReplace;
import io.tapedeck.codecs.itch.Trade;
import io.tapedeck.codecs.record.EventFlags;
import io.tapedeck.codecs.record.EventTypeCode;
import io.tapedeck.codecs.record.SideCode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;

/**
 * Where the fields of a record go in its block, which is the message behind the two bytes that say how long it is. One
 * layout for each combination of type, side and attribution, in memory outside the heap:
 *
 * <pre>
 *   0                       8       9       10      11      12      13      14
 *  +-----------------------+-------+-------+-------+-------+-------+-------+- -
 *  | block's first 8 bytes | side  | length| price | shares| stock | aux id| unused
 *  +-----------------------+-------+-------+-------+-------+-------+-------+- -
 * </pre>
 *
 * <p>The side is the letter, the length that of the block, and the last four say where in the block a field begins. A
 * field that a message does not have begins where the block ends, so that writing it does no harm. A layout of zeros
 * belongs to what has none: other types, and an order that is bought or sold without a word which.
 */
final class OrderBlockLayouts {
    /** Bytes that say how long the message is. */
    static final int LENGTH_FIELD_LENGTH = 2;

    /** Bytes that are written for the longest message, with a field that it does not have. */
    static final int MAX_WRITTEN_LENGTH = LENGTH_FIELD_LENGTH + AddOrderMpid.LENGTH + Long.BYTES;

    static final int SIDE_OFFSET = Long.BYTES;
    static final int LENGTH_OFFSET = SIDE_OFFSET + 1;
    static final int PRICE_OFFSET = LENGTH_OFFSET + 1;
    static final int SHARES_OFFSET = PRICE_OFFSET + 1;
    static final int STOCK_OFFSET = SHARES_OFFSET + 1;
    static final int AUX_ID_OFFSET = STOCK_OFFSET + 1;

    private static final int LAYOUT_LENGTH = 2 * Long.BYTES;
    private static final int TYPES = 16;
    private static final int SIDES = 4;
    private static final int ATTRIBUTIONS = 2;

    /** Bits that no layout's type and side have, where a record has them side by side. */
    private static final int STRANGE_BITS = ~(TYPES - 1 | SIDES - 1 << Byte.SIZE);

    /** From there to right behind the type. */
    private static final int SIDE_SHIFT = Byte.SIZE - Integer.numberOfTrailingZeros(TYPES);

    private static final int KIND_MASK = TYPES * SIDES - 1;
    private static final int KIND_SHIFT = Integer.numberOfTrailingZeros(LAYOUT_LENGTH);
    private static final int FLAG_SHIFT =
            Integer.numberOfTrailingZeros(TYPES * SIDES * LAYOUT_LENGTH / EventFlags.ATTRIBUTED);
    private static final ByteBuffer MEMORY = BufferUtil.allocateDirectAligned(
                    TYPES * SIDES * ATTRIBUTIONS * LAYOUT_LENGTH, BitUtil.CACHE_LINE_LENGTH)
            .order(ByteOrder.BIG_ENDIAN);

    static {
        for (final Row row : Row.values()) {
            for (int side = SideCode.NONE; side <= SideCode.SELL; side++) {
                if (side != SideCode.NONE || row.stock == Row.NONE) {
                    row.put(side);
                }
            }
        }
    }

    private OrderBlockLayouts() {}

    /** Where the layouts begin; the memory is never given back. */
    static long address() {
        return BufferUtil.address(MEMORY);
    }

    /**
     * Whether type and side are small enough for {@link #offset}.
     *
     * @param kind a record's type and, in the second byte, its side.
     */
    static boolean isOrdinary(final int kind) {
        return (kind & STRANGE_BITS) == 0;
    }

    /**
     * Where a layout is, from {@link #address()} on.
     *
     * @param kind  a record's type and, in the second byte, its side.
     * @param flags of the record.
     */
    static int offset(final int kind, final int flags) {
        return ((kind | kind >>> SIDE_SHIFT) & KIND_MASK) << KIND_SHIFT | (flags & EventFlags.ATTRIBUTED) << FLAG_SHIFT;
    }

    /** A message, with the offsets of its fields in it. */
    private enum Row {
        ADD(EventTypeCode.ADD, AddOrder.TYPE, AddOrderMpid.TYPE, 32, 20, 24, Row.NONE),
        REDUCE(EventTypeCode.REDUCE, OrderCancel.TYPE, OrderCancel.TYPE, Row.NONE, 19, Row.NONE, Row.NONE),
        DELETE(EventTypeCode.DELETE, OrderDelete.TYPE, OrderDelete.TYPE, Row.NONE, Row.NONE, Row.NONE, Row.NONE),
        EXECUTE(EventTypeCode.EXECUTE, OrderExecuted.TYPE, OrderExecuted.TYPE, Row.NONE, 19, Row.NONE, 23),
        REPLACE(EventTypeCode.REPLACE, OrderReplace.TYPE, OrderReplace.TYPE, 31, 27, Row.NONE, 19),
        TRADE(EventTypeCode.TRADE, Trade.TYPE, Trade.TYPE, 32, 20, 24, 36);

        private static final int NONE = 0;

        private final int eventType;
        private final byte type;
        private final byte attributedType;
        private final int price;
        private final int shares;
        private final int stock;
        private final int auxId;

        Row(
                final int eventType,
                final byte type,
                final byte attributedType,
                final int price,
                final int shares,
                final int stock,
                final int auxId) {
            this.eventType = eventType;
            this.type = type;
            this.attributedType = attributedType;
            this.price = price;
            this.shares = shares;
            this.stock = stock;
            this.auxId = auxId;
        }

        private void put(final int side) {
            put(side, 0, type);
            put(side, EventFlags.ATTRIBUTED, attributedType);
        }

        private void put(final int side, final int flags, final byte itchType) {
            final int at = offset(eventType | side << Byte.SIZE, flags);
            final int length = ItchMessageType.length(itchType);
            MEMORY.putShort(at, (short) length).put(at + LENGTH_FIELD_LENGTH, itchType);
            MEMORY.put(at + SIDE_OFFSET, (byte) (side == SideCode.SELL ? 'S' : 'B'));
            MEMORY.put(at + LENGTH_OFFSET, (byte) (LENGTH_FIELD_LENGTH + length));
            putField(at + PRICE_OFFSET, price, length);
            putField(at + SHARES_OFFSET, shares, length);
            putField(at + STOCK_OFFSET, stock, length);
            putField(at + AUX_ID_OFFSET, auxId, length);
        }

        private static void putField(final int at, final int offset, final int length) {
            MEMORY.put(at, (byte) (LENGTH_FIELD_LENGTH + (offset == NONE ? length : offset)));
        }
    }
}
