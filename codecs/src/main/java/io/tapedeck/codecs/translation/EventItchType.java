package io.tapedeck.codecs.translation;

import io.tapedeck.codecs.itch.AddOrder;
import io.tapedeck.codecs.itch.AddOrderMpid;
import io.tapedeck.codecs.itch.BrokenTrade;
import io.tapedeck.codecs.itch.CrossTrade;
import io.tapedeck.codecs.itch.ItchMessageType;
import io.tapedeck.codecs.itch.OrderCancel;
import io.tapedeck.codecs.itch.OrderDelete;
import io.tapedeck.codecs.itch.OrderExecuted;
import io.tapedeck.codecs.itch.OrderExecutedWithPrice;
import io.tapedeck.codecs.itch.OrderReplace;
import io.tapedeck.codecs.itch.Trade;
import io.tapedeck.codecs.record.EventFlags;
import io.tapedeck.codecs.record.EventTypeCode;

/**
 * Which ITCH type an event becomes. It is looked up and not decided: the types of a feed follow each other like tosses
 * of a coin, and every branch on them costs a misprediction.
 */
final class EventItchType {
    /** Answer for an event type that the schema does not have. */
    static final byte NONE = 0;

    private static final int ATTRIBUTED_SHIFT = Integer.numberOfTrailingZeros(EventFlags.ATTRIBUTED);
    private static final byte[] TYPES = new byte[2 * 256];

    static {
        register(EventTypeCode.ADD, AddOrder.TYPE, AddOrderMpid.TYPE);
        register(EventTypeCode.REDUCE, OrderCancel.TYPE, OrderCancel.TYPE);
        register(EventTypeCode.DELETE, OrderDelete.TYPE, OrderDelete.TYPE);
        register(EventTypeCode.EXECUTE, OrderExecuted.TYPE, OrderExecuted.TYPE);
        register(EventTypeCode.EXECUTE_AT_PRICE, OrderExecutedWithPrice.TYPE, OrderExecutedWithPrice.TYPE);
        register(EventTypeCode.REPLACE, OrderReplace.TYPE, OrderReplace.TYPE);
        register(EventTypeCode.TRADE, Trade.TYPE, Trade.TYPE);
        register(EventTypeCode.CROSS, CrossTrade.TYPE, CrossTrade.TYPE);
        register(EventTypeCode.BROKEN, BrokenTrade.TYPE, BrokenTrade.TYPE);
    }

    private EventItchType() {}

    /**
     * Type of the message that an event becomes.
     *
     * @param eventType low eight bits: the record's type.
     * @param flags     of the record.
     * @return type byte, or {@link #NONE}.
     */
    static byte of(final int eventType, final int flags) {
        return TYPES[(eventType & 0xFF) << 1 | flags >>> ATTRIBUTED_SHIFT & 1];
    }

    /**
     * Length of the message that an event becomes.
     *
     * @param eventType low eight bits: the record's type.
     * @param flags     of the record.
     * @return length in bytes, or a {@link Refusal}.
     */
    static int length(final int eventType, final int flags) {
        final int length = ItchMessageType.length(of(eventType, flags));
        return 0 == length ? Refusal.UNKNOWN_TYPE : length;
    }

    private static void register(final int eventType, final byte type, final byte attributedType) {
        TYPES[eventType << 1] = type;
        TYPES[eventType << 1 | 1] = attributedType;
    }
}
