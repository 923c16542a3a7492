package io.tapedeck.codecs.translation;

import static io.tapedeck.codecs.itch.ItchHeaderDescriptor.BODY_OFFSET;
import static io.tapedeck.codecs.itch.ItchHeaderDescriptor.MAX_TIMESTAMP_NS;
import static io.tapedeck.codecs.record.EventSlotDescriptor.HEADER_LENGTH;
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
import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.ItchSlotDescriptor;
import io.tapedeck.codecs.record.SideCode;
import io.tapedeck.codecs.sbe.ItchMessageDecoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Makes the ITCH message of a record. Fields that ITCH does not carry for a type are not looked at, but no record may
 * have a negative quantity.
 *
 * <p><b>Note:</b> used by one thread; allocates nothing after construction.
 */
public final class RecordToItch {
    /** Bytes that {@link #translateBlocks} may write behind its limit. */
    public static final int SPARE = OrderBlockWriter.SPARE;

    private static final long NO_PRICE = -1;
    private static final byte NO_SIDE = 0;
    private static final int HEADER_WRITTEN = 0;

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
    private final CheckedOnceEvent event = new CheckedOnceEvent();
    private final ItchMessageDecoder carried = new ItchMessageDecoder();
    private final InstrumentDirectory directory;
    private final OrderBlockWriter orders;

    /** Of the record being translated, as is the quantity: read once, because each read of a record is checked. */
    private int instrumentId;

    private int quantity;

    /**
     * Translates by a directory.
     *
     * @param directory asked for every record.
     */
    public RecordToItch(final InstrumentDirectory directory) {
        this.directory = directory;
        orders = new OrderBlockWriter(directory);
    }

    /**
     * How long the message of a record is, so that room for it can be claimed.
     *
     * @param slots      buffer with the record.
     * @param slotOffset of the record, in bytes.
     * @return length in bytes, positive, or a {@link Refusal}.
     */
    public int length(final DirectBuffer slots, final int slotOffset) {
        if (EventSlotDescriptor.isEvent(slots, slotOffset)) {
            return EventItchType.length(
                    slots.getByte(slotOffset + EventSlotDescriptor.EVENT_TYPE_OFFSET),
                    slots.getByte(slotOffset + EventSlotDescriptor.FLAGS_OFFSET));
        }
        if (ItchSlotDescriptor.isItchMessage(slots, slotOffset)) {
            final byte type = slots.getByte(slotOffset + ItchSlotDescriptor.ITCH_TYPE_OFFSET);
            return CarriedBody.NOT_CARRIED == CarriedBody.size(type)
                    ? Refusal.UNKNOWN_TYPE
                    : ItchMessageType.length(type);
        }
        return Refusal.UNKNOWN_TEMPLATE;
    }

    /**
     * Translates one record.
     *
     * @param slots      buffer with the record.
     * @param slotOffset of the record, in bytes.
     * @param itch       to write the message to.
     * @param offset     of the message; {@link #length(DirectBuffer, int)} bytes from here on are written.
     * @return length of the message in bytes, positive; or a {@link Refusal}, and the bytes are of no use.
     */
    public int translate(
            final DirectBuffer slots, final int slotOffset, final MutableDirectBuffer itch, final int offset) {
        if (EventSlotDescriptor.isEvent(slots, slotOffset)) {
            event.wrap(slots, slotOffset);
            return event(itch, offset);
        }
        return ItchSlotDescriptor.isItchMessage(slots, slotOffset)
                ? release(slots, slotOffset, itch, offset)
                : Refusal.UNKNOWN_TEMPLATE;
    }

    /**
     * Translates records one after another into blocks, each a message behind its length in two bytes, big-endian, as
     * packets and files have them. It does so as long as records are ordinary, several times as fast as
     * {@link #translate(DirectBuffer, int, MutableDirectBuffer, int)} does: order and trade messages but C, of
     * instruments with a symbol, from and to memory outside the heap.
     *
     * @param slots      buffer with the records.
     * @param slotOffset of the first one, in bytes; the others follow it.
     * @param count      how many records there are.
     * @param sequence   of the first one; each of the others must have the next.
     * @param blocks     to write to.
     * @param offset     of the first block, in bytes.
     * @param limit      where the last one has to end at the latest; {@link #SPARE} bytes from there on may be written
     *                   as well.
     * @return how many records were translated, up to {@link #blocksEnd()}. When that is less than {@code count}, the
     *     next one does not fit, does not follow, or is to be translated alone.
     */
    public int translateBlocks(
            final DirectBuffer slots,
            final int slotOffset,
            final int count,
            final long sequence,
            final MutableDirectBuffer blocks,
            final int offset,
            final int limit) {
        return orders.write(slots, slotOffset, count, sequence, blocks, offset, limit);
    }

    /**
     * Where the blocks end that were translated last.
     *
     * @return offset in their buffer, in bytes; that of the first block when there was none.
     */
    public int blocksEnd() {
        return orders.end();
    }

    private int putHeader(
            final MutableDirectBuffer itch,
            final int offset,
            final byte type,
            final int tracking,
            final long eventTimeNs) {
        final int stockLocate = directory.stockLocate(instrumentId);
        if (InstrumentDirectory.UNKNOWN == stockLocate) {
            return Refusal.UNKNOWN_INSTRUMENT;
        }
        if (eventTimeNs < 0 || eventTimeNs > MAX_TIMESTAMP_NS) {
            return Refusal.BAD_TIME;
        }
        ItchHeaderDescriptor.putHeader(itch, offset, type, stockLocate, tracking, eventTimeNs);
        return HEADER_WRITTEN;
    }

    private int event(final MutableDirectBuffer itch, final int offset) {
        final byte type = EventItchType.of(event.eventTypeRaw(), event.flags());
        if (EventItchType.NONE == type) {
            return Refusal.UNKNOWN_TYPE;
        }
        quantity = event.quantity();
        if (quantity < 0) {
            return Refusal.BAD_QUANTITY;
        }
        instrumentId = event.instrumentId();
        final int refusal = putHeader(itch, offset, type, event.tracking(), event.eventTimeNs());
        return HEADER_WRITTEN == refusal ? body(type, itch, offset) : refusal;
    }

    /** Small enough to be compiled into its caller. */
    private int body(final byte type, final MutableDirectBuffer itch, final int offset) {
        switch (type) {
            case AddOrder.TYPE:
                return add(addOrder.wrap(itch, offset));
            case AddOrderMpid.TYPE:
                return add(addOrderMpid.wrap(itch, offset));
            case OrderExecuted.TYPE:
                return execute(orderExecuted.wrap(itch, offset));
            case OrderExecutedWithPrice.TYPE:
                return executeAtPrice(orderExecutedWithPrice.wrap(itch, offset));
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
        final byte side = buySellIndicator();
        final long symbol = directory.symbol(instrumentId);
        final long price = price();
        message.orderReferenceNumber(event.orderId())
                .buySellIndicator(side)
                .shares(quantity)
                .stock(symbol)
                .price(price);
        return NO_SIDE == side ? Refusal.BAD_FIELD : lengthOrRefusal(AddOrder.LENGTH, symbol, price);
    }

    private int add(final AddOrderMpid message) {
        final byte side = buySellIndicator();
        final long symbol = directory.symbol(instrumentId);
        final long price = price();
        message.orderReferenceNumber(event.orderId())
                .buySellIndicator(side)
                .shares(quantity)
                .stock(symbol)
                .price(price)
                .attribution(event.mpid());
        return NO_SIDE == side ? Refusal.BAD_FIELD : lengthOrRefusal(AddOrderMpid.LENGTH, symbol, price);
    }

    private int execute(final OrderExecuted message) {
        message.orderReferenceNumber(event.orderId()).executedShares(quantity).matchNumber(event.auxId());
        return OrderExecuted.LENGTH;
    }

    private int reduce(final OrderCancel message) {
        message.orderReferenceNumber(event.orderId()).canceledShares(quantity);
        return OrderCancel.LENGTH;
    }

    private int delete(final OrderDelete message) {
        message.orderReferenceNumber(event.orderId());
        return OrderDelete.LENGTH;
    }

    private int breakTrade(final BrokenTrade message) {
        message.matchNumber(event.auxId());
        return BrokenTrade.LENGTH;
    }

    private int executeAtPrice(final OrderExecutedWithPrice message) {
        final long price = price();
        message.orderReferenceNumber(event.orderId())
                .executedShares(quantity)
                .matchNumber(event.auxId())
                .printable((byte) (0 == (event.flags() & EventFlags.PRINTABLE) ? 'N' : 'Y'))
                .executionPrice(price);
        return NO_PRICE == price ? Refusal.BAD_PRICE : OrderExecutedWithPrice.LENGTH;
    }

    private int replace(final OrderReplace message) {
        final long price = price();
        message.originalOrderReferenceNumber(event.orderId())
                .newOrderReferenceNumber(event.auxId())
                .shares(quantity)
                .price(price);
        return NO_PRICE == price ? Refusal.BAD_PRICE : OrderReplace.LENGTH;
    }

    private int trade(final Trade message) {
        final byte side = buySellIndicator();
        final long symbol = directory.symbol(instrumentId);
        final long price = price();
        message.orderReferenceNumber(event.orderId())
                .buySellIndicator(side)
                .shares(quantity)
                .stock(symbol)
                .price(price)
                .matchNumber(event.auxId());
        return NO_SIDE == side ? Refusal.BAD_FIELD : lengthOrRefusal(Trade.LENGTH, symbol, price);
    }

    private int cross(final CrossTrade message) {
        final long symbol = directory.symbol(instrumentId);
        final long price = price();
        message.shares(event.orderId())
                .stock(symbol)
                .crossPrice(price)
                .matchNumber(event.auxId())
                .crossType((byte) event.mpid());
        return lengthOrRefusal(CrossTrade.LENGTH, symbol, price);
    }

    private int release(
            final DirectBuffer slots, final int slotOffset, final MutableDirectBuffer itch, final int offset) {
        carried.wrap(
                slots, slotOffset + HEADER_LENGTH, ItchMessageDecoder.BLOCK_LENGTH, ItchMessageDecoder.SCHEMA_VERSION);
        final byte type = (byte) carried.itchType();
        final int bodySize = CarriedBody.size(type);
        if (CarriedBody.NOT_CARRIED == bodySize) {
            return Refusal.UNKNOWN_TYPE;
        }
        if (carried.bodySize() != bodySize) {
            return Refusal.WRONG_LENGTH;
        }
        instrumentId = carried.instrumentId();
        final int refusal = putHeader(itch, offset, type, carried.tracking(), carried.eventTimeNs());
        if (HEADER_WRITTEN != refusal) {
            return refusal;
        }
        final int bodyOffset = slotOffset + ItchSlotDescriptor.BODY_OFFSET;
        final int stockOffset = CarriedBody.stockOffset(type);
        if (CarriedBody.WHOLE_BODY == stockOffset) {
            itch.putBytes(offset + BODY_OFFSET, slots, bodyOffset, bodySize);
            return ItchMessageType.length(type);
        }
        final long symbol = directory.symbol(instrumentId);
        final int before = stockOffset - BODY_OFFSET;
        itch.putBytes(offset + BODY_OFFSET, slots, bodyOffset, before);
        itch.putLong(offset + stockOffset, symbol, BIG_ENDIAN);
        itch.putBytes(offset + stockOffset + CarriedBody.STOCK_LENGTH, slots, bodyOffset + before, bodySize - before);
        return InstrumentDirectory.NO_SYMBOL == symbol ? Refusal.UNKNOWN_INSTRUMENT : ItchMessageType.length(type);
    }

    private byte buySellIndicator() {
        switch (event.sideRaw()) {
            case SideCode.BUY:
                return 'B';
            case SideCode.SELL:
                return 'S';
            default:
                return NO_SIDE;
        }
    }

    /** In 1/10,000, or {@link #NO_PRICE} when ITCH has no room for it. */
    private long price() {
        final long price = (long) event.price() * directory.tickSize(instrumentId);
        return price < 0 || price > Integer.MAX_VALUE ? NO_PRICE : price;
    }

    private static int lengthOrRefusal(final int length, final long symbol, final long price) {
        if (InstrumentDirectory.NO_SYMBOL == symbol) {
            return Refusal.UNKNOWN_INSTRUMENT;
        }
        return NO_PRICE == price ? Refusal.BAD_PRICE : length;
    }
}
