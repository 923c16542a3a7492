package io.tapedeck.codecs.translation;

import static io.tapedeck.codecs.itch.ItchHeaderDescriptor.BODY_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_HEADER;
import static io.tapedeck.codecs.record.EventSlotDescriptor.HEADER_LENGTH;
import static io.tapedeck.codecs.record.ItchSlotDescriptor.BODY_CAPACITY;
import static io.tapedeck.codecs.record.ItchSlotDescriptor.ITCH_MESSAGE_HEADER;
import static java.nio.ByteOrder.BIG_ENDIAN;

import io.tapedeck.codecs.itch.AddOrder;
import io.tapedeck.codecs.itch.AddOrderMpid;
import io.tapedeck.codecs.itch.BrokenTrade;
import io.tapedeck.codecs.itch.CrossTrade;
import io.tapedeck.codecs.itch.ItchHeaderDescriptor;
import io.tapedeck.codecs.itch.ItchMessageType;
import io.tapedeck.codecs.itch.OrderCancel;
import io.tapedeck.codecs.itch.OrderDelete;
import io.tapedeck.codecs.itch.OrderExecuted;
import io.tapedeck.codecs.itch.OrderExecutedWithPrice;
import io.tapedeck.codecs.itch.OrderReplace;
import io.tapedeck.codecs.itch.Trade;
import io.tapedeck.codecs.record.EventFlags;
import io.tapedeck.codecs.record.ItchSlotDescriptor;
import io.tapedeck.codecs.sbe.EventEncoder;
import io.tapedeck.codecs.sbe.EventType;
import io.tapedeck.codecs.sbe.ItchMessageEncoder;
import io.tapedeck.codecs.sbe.Side;
import org.agrona.MutableDirectBuffer;

/**
 * Makes a record of an ITCH message. The nine types that concern orders and trades become an {@code Event}, all others
 * an {@code ItchMessage}; {@link RecordToItch} makes the same bytes of it again.
 *
 * <p><b>Note:</b> used by one thread; allocates nothing after construction.
 */
public final class ItchToRecord {
    private static final int STOCK_AGREES = 0;

    private final AddOrder addOrder = new AddOrder();
    private final AddOrderMpid addOrderMpid = new AddOrderMpid();
    private final OrderExecuted orderExecuted = new OrderExecuted();
    private final OrderExecutedWithPrice orderExecutedWithPrice = new OrderExecutedWithPrice();
    private final OrderCancel orderCancel = new OrderCancel();
    private final OrderDelete orderDelete = new OrderDelete();
    private final OrderReplace orderReplace = new OrderReplace();
    private final Trade trade = new Trade();
    private final CrossTrade crossTrade = new CrossTrade();
    private final BrokenTrade brokenTrade = new BrokenTrade();
    private final EventEncoder event = new EventEncoder();
    private final ItchMessageEncoder carried = new ItchMessageEncoder();
    private final InstrumentDirectory directory;

    /** Of the message being translated. */
    private int instrumentId;

    /**
     * Translates by a directory.
     *
     * @param directory asked for every message; a stock must be in it before the first message that names it.
     */
    public ItchToRecord(final InstrumentDirectory directory) {
        this.directory = directory;
    }

    /**
     * Translates one message.
     *
     * @param itch       buffer with the message.
     * @param offset     of the message, in bytes.
     * @param length     of the message by its frame, in bytes.
     * @param slots      to write the record to.
     * @param slotOffset of the 64 bytes that the record will take.
     * @param sequence   for the record.
     * @return template id of the record, positive; or a {@link Refusal}, and the slot holds nothing of use.
     */
    public int translate(
            final MutableDirectBuffer itch,
            final int offset,
            final int length,
            final MutableDirectBuffer slots,
            final int slotOffset,
            final long sequence) {
        if (length < 1) {
            return Refusal.WRONG_LENGTH;
        }
        final byte type = ItchHeaderDescriptor.type(itch, offset);
        if (ItchMessageType.length(type) != length) {
            return ItchMessageType.isKnown(type) ? Refusal.WRONG_LENGTH : Refusal.UNKNOWN_TYPE;
        }
        instrumentId = directory.instrumentId(ItchHeaderDescriptor.stockLocate(itch, offset));
        if (InstrumentDirectory.UNKNOWN == instrumentId) {
            return Refusal.UNKNOWN_INSTRUMENT;
        }
        if (CarriedBody.NOT_CARRIED != CarriedBody.size(type)) {
            return carry(type, itch, offset, slots, slotOffset, sequence);
        }
        slots.putLong(slotOffset, EVENT_HEADER, EventEncoder.BYTE_ORDER);
        event.wrap(slots, slotOffset + HEADER_LENGTH)
                .sequence(sequence)
                .eventTimeNs(ItchHeaderDescriptor.timestampNs(itch, offset))
                .instrumentId(instrumentId)
                .tracking(ItchHeaderDescriptor.trackingNumber(itch, offset))
                .reserved(0);
        return event(type, itch, offset);
    }

    /** Small enough to be compiled into its caller. */
    private int event(final byte type, final MutableDirectBuffer itch, final int offset) {
        switch (type) {
            case AddOrder.TYPE:
                return add(addOrder.wrap(itch, offset));
            case AddOrderMpid.TYPE:
                return add(addOrderMpid.wrap(itch, offset));
            case OrderExecuted.TYPE:
                return execute(orderExecuted.wrap(itch, offset));
            case OrderExecutedWithPrice.TYPE:
                return execute(orderExecutedWithPrice.wrap(itch, offset));
            case OrderCancel.TYPE:
                return reduce(orderCancel.wrap(itch, offset));
            case OrderDelete.TYPE:
                return delete(orderDelete.wrap(itch, offset));
            case OrderReplace.TYPE:
                return replace(orderReplace.wrap(itch, offset));
            case Trade.TYPE:
                return trade(trade.wrap(itch, offset));
            case CrossTrade.TYPE:
                return cross(crossTrade.wrap(itch, offset));
            default:
                return breakTrade(brokenTrade.wrap(itch, offset));
        }
    }

    private int add(final AddOrder message) {
        final int refusal = checkStock(message.stock());
        if (STOCK_AGREES != refusal) {
            return refusal;
        }
        event.orderId(message.orderReferenceNumber()).auxId(0);
        return conclude(EventType.ADD, side(message.buySellIndicator()), message.price(), message.shares(), 0, 0);
    }

    private int add(final AddOrderMpid message) {
        final int refusal = checkStock(message.stock());
        if (STOCK_AGREES != refusal) {
            return refusal;
        }
        event.orderId(message.orderReferenceNumber()).auxId(0);
        return conclude(
                EventType.ADD,
                side(message.buySellIndicator()),
                message.price(),
                message.shares(),
                message.attribution(),
                EventFlags.ATTRIBUTED);
    }

    private int execute(final OrderExecuted message) {
        event.orderId(message.orderReferenceNumber()).auxId(message.matchNumber());
        return conclude(EventType.EXECUTE, Side.NONE, 0, message.executedShares(), 0, 0);
    }

    private int execute(final OrderExecutedWithPrice message) {
        final byte printable = message.printable();
        if ('Y' != printable && 'N' != printable) {
            return Refusal.BAD_FIELD;
        }
        event.orderId(message.orderReferenceNumber()).auxId(message.matchNumber());
        return conclude(
                EventType.EXECUTE_AT_PRICE,
                Side.NONE,
                message.executionPrice(),
                message.executedShares(),
                0,
                'Y' == printable ? EventFlags.PRINTABLE : 0);
    }

    private int reduce(final OrderCancel message) {
        event.orderId(message.orderReferenceNumber()).auxId(0);
        return conclude(EventType.REDUCE, Side.NONE, 0, message.canceledShares(), 0, 0);
    }

    private int delete(final OrderDelete message) {
        event.orderId(message.orderReferenceNumber()).auxId(0);
        return conclude(EventType.DELETE, Side.NONE, 0, 0, 0, 0);
    }

    private int breakTrade(final BrokenTrade message) {
        event.orderId(0).auxId(message.matchNumber());
        return conclude(EventType.BROKEN, Side.NONE, 0, 0, 0, 0);
    }

    private int replace(final OrderReplace message) {
        event.orderId(message.originalOrderReferenceNumber()).auxId(message.newOrderReferenceNumber());
        return conclude(EventType.REPLACE, Side.NONE, message.price(), message.shares(), 0, 0);
    }

    private int trade(final Trade message) {
        final int refusal = checkStock(message.stock());
        if (STOCK_AGREES != refusal) {
            return refusal;
        }
        event.orderId(message.orderReferenceNumber()).auxId(message.matchNumber());
        return conclude(EventType.TRADE, side(message.buySellIndicator()), message.price(), message.shares(), 0, 0);
    }

    private int cross(final CrossTrade message) {
        final int refusal = checkStock(message.stock());
        if (STOCK_AGREES != refusal) {
            return refusal;
        }
        event.orderId(message.shares()).auxId(message.matchNumber());
        return conclude(EventType.CROSS, Side.NONE, message.crossPrice(), 0, message.crossType() & 0xFF, 0);
    }

    /** Checks and writes what the types have in common; price and quantity as the message has them, unsigned. */
    private int conclude(
            final EventType type,
            final Side side,
            final long price,
            final long quantity,
            final int mpid,
            final int flags) {
        if (null == side) {
            return Refusal.BAD_FIELD;
        }
        if (quantity > Integer.MAX_VALUE) {
            return Refusal.BAD_QUANTITY;
        }
        final int tickSize = directory.tickSize(instrumentId);
        final long priceTicks = 1 == tickSize ? price : price / tickSize;
        if (price > Integer.MAX_VALUE || priceTicks * tickSize != price) {
            return Refusal.BAD_PRICE;
        }
        event.price((int) priceTicks)
                .quantity((int) quantity)
                .mpid(mpid)
                .flags(flags)
                .eventType(type)
                .side(side);
        return EventEncoder.TEMPLATE_ID;
    }

    private int carry(
            final byte type,
            final MutableDirectBuffer itch,
            final int offset,
            final MutableDirectBuffer slots,
            final int slotOffset,
            final long sequence) {
        final int bodyOffset = slotOffset + ItchSlotDescriptor.BODY_OFFSET;
        final int bodySize = CarriedBody.size(type);
        final int stockOffset = CarriedBody.stockOffset(type);
        slots.setMemory(bodyOffset, BODY_CAPACITY, (byte) 0);
        if (CarriedBody.WHOLE_BODY == stockOffset) {
            slots.putBytes(bodyOffset, itch, offset + BODY_OFFSET, bodySize);
        } else {
            final int refusal = checkStock(itch.getLong(offset + stockOffset, BIG_ENDIAN));
            if (STOCK_AGREES != refusal) {
                return refusal;
            }
            final int before = stockOffset - BODY_OFFSET;
            slots.putBytes(bodyOffset, itch, offset + BODY_OFFSET, before);
            slots.putBytes(
                    bodyOffset + before, itch, offset + stockOffset + CarriedBody.STOCK_LENGTH, bodySize - before);
        }
        slots.putLong(slotOffset, ITCH_MESSAGE_HEADER, ItchMessageEncoder.BYTE_ORDER);
        carried.wrap(slots, slotOffset + HEADER_LENGTH)
                .sequence(sequence)
                .eventTimeNs(ItchHeaderDescriptor.timestampNs(itch, offset))
                .instrumentId(instrumentId)
                .tracking(ItchHeaderDescriptor.trackingNumber(itch, offset))
                .itchType((short) (type & 0xFF))
                .bodySize((short) bodySize);
        return ItchMessageEncoder.TEMPLATE_ID;
    }

    private int checkStock(final long stock) {
        final long symbol = directory.symbol(instrumentId);
        if (InstrumentDirectory.NO_SYMBOL == symbol) {
            return Refusal.UNKNOWN_INSTRUMENT;
        }
        return stock == symbol ? STOCK_AGREES : Refusal.STOCK_MISMATCH;
    }

    private static Side side(final byte buySellIndicator) {
        switch (buySellIndicator) {
            case 'B':
                return Side.BUY;
            case 'S':
                return Side.SELL;
            default:
                return null;
        }
    }
}
