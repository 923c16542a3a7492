package io.tapedeck.engine.replay;

import static io.tapedeck.codecs.record.EventSlotDescriptor.AUX_ID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_TYPE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.INSTRUMENT_ID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.ORDER_ID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.PRICE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.QUANTITY_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SIDE_OFFSET;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.EventTypeCode;
import io.tapedeck.codecs.record.SideCode;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.book.BookOutcome;
import io.tapedeck.engine.book.LevelBooks;
import java.time.LocalDate;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2LongHashMap;

/**
 * Keeps the level books of order-level records. Of an order it remembers price, side and what is left, and nothing of its
 * place in a queue: one map entry. Its levels are those of the order-level books, record by record. Books are cleared when
 * a session begins.
 *
 * <p><b>Note:</b> belongs to the thread that drives it. No allocation but for growth.
 */
public final class LevelBookSink implements ReplayHandler {
    private static final long UNKNOWN = 0;
    private static final int SIDE_SHIFT = 31;

    private final LevelBooks books;

    /** By order id: price in the upper half; side in bit 31 and what is left, 1 or more, below. */
    private final Long2LongHashMap orders = new Long2LongHashMap(UNKNOWN);

    private long refusedCount;

    /**
     * Keeps books.
     *
     * @param books to update, usually empty.
     */
    public LevelBookSink(final LevelBooks books) {
        this.books = books;
    }

    @Override
    public void onSession(final LocalDate date) {
        books.clear();
        orders.clear();
    }

    @Override
    public void onBatch(final SlotArray slots, final long low, final long high) {
        for (long at = low; at <= high; at++) {
            final int offset = slots.offset(at);
            if (EventSlotDescriptor.isEvent(slots.buffer(), offset)
                    && apply(slots.buffer(), offset) != BookOutcome.APPLIED) {
                refusedCount++;
            }
        }
    }

    private int apply(final DirectBuffer buffer, final int offset) {
        final int instrumentId = buffer.getInt(offset + INSTRUMENT_ID_OFFSET, LITTLE_ENDIAN);
        final long orderId = buffer.getLong(offset + ORDER_ID_OFFSET, LITTLE_ENDIAN);
        final int price = buffer.getInt(offset + PRICE_OFFSET, LITTLE_ENDIAN);
        final int quantity = buffer.getInt(offset + QUANTITY_OFFSET, LITTLE_ENDIAN);
        switch (buffer.getByte(offset + EVENT_TYPE_OFFSET)) {
            case EventTypeCode.ADD:
                return add(instrumentId, orderId, buffer.getByte(offset + SIDE_OFFSET) - SideCode.BUY, price, quantity);
            case EventTypeCode.REDUCE:
            case EventTypeCode.EXECUTE:
            case EventTypeCode.EXECUTE_AT_PRICE:
                return quantity > 0 ? take(instrumentId, orderId, quantity) : BookOutcome.WRONG_QUANTITY;
            case EventTypeCode.DELETE:
                return take(instrumentId, orderId, quantityOf(orders.get(orderId)));
            case EventTypeCode.REPLACE:
                return replace(
                        instrumentId, orderId, buffer.getLong(offset + AUX_ID_OFFSET, LITTLE_ENDIAN), price, quantity);
            default:
                // Trades, crosses and broken trades print; no displayed order is touched.
                return BookOutcome.APPLIED;
        }
    }

    private int add(final int instrumentId, final long orderId, final int side, final int price, final int quantity) {
        if (quantity <= 0) {
            return BookOutcome.WRONG_QUANTITY;
        }
        if (orders.containsKey(orderId)) {
            return BookOutcome.DUPLICATE_ORDER;
        }
        final int outcome = books.change(instrumentId, side, price, quantity, 1);
        if (outcome == BookOutcome.APPLIED) {
            orders.put(orderId, (long) price << Integer.SIZE | (long) side << SIDE_SHIFT | quantity);
        }
        return outcome;
    }

    private int take(final int instrumentId, final long orderId, final int quantity) {
        final long order = orders.get(orderId);
        if (order == UNKNOWN) {
            return BookOutcome.UNKNOWN_ORDER;
        }
        final int left = quantityOf(order);
        if (quantity < left) {
            orders.put(orderId, order - quantity);
            return books.change(instrumentId, sideOf(order), priceOf(order), -quantity, 0);
        }
        orders.remove(orderId);
        books.change(instrumentId, sideOf(order), priceOf(order), -left, -1);
        return quantity == left ? BookOutcome.APPLIED : BookOutcome.OVER_QUANTITY;
    }

    private int replace(
            final int instrumentId, final long orderId, final long newOrderId, final int price, final int quantity) {
        final long order = orders.get(orderId);
        if (quantity <= 0) {
            return BookOutcome.WRONG_QUANTITY;
        }
        if (order == UNKNOWN) {
            return BookOutcome.UNKNOWN_ORDER;
        }
        if (newOrderId != orderId && orders.containsKey(newOrderId)) {
            return BookOutcome.DUPLICATE_ORDER;
        }
        take(instrumentId, orderId, quantityOf(order));
        return add(instrumentId, newOrderId, sideOf(order), price, quantity);
    }

    private static int priceOf(final long order) {
        return (int) (order >> Integer.SIZE);
    }

    private static int sideOf(final long order) {
        return (int) (order >>> SIDE_SHIFT) & 1;
    }

    private static int quantityOf(final long order) {
        return (int) order & Integer.MAX_VALUE;
    }

    /**
     * The books as of the last record.
     *
     * @return those that the sink was given.
     */
    public LevelBooks books() {
        return books;
    }

    /**
     * Events that no book could take as they stood.
     *
     * @return their number.
     */
    public long refusedCount() {
        return refusedCount;
    }
}
