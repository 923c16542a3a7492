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
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.pipeline.BatchConsumer;
import io.tapedeck.journal.format2.EventHandler;
import org.agrona.DirectBuffer;

/**
 * Keeps the order-level books that a stream of records describes, whatever drives it: the ring, a journal, an importer.
 * Also from inside the loop that decodes a journal. Prices are in ticks, as in the records. A record that no book can have is counted by the books, and skipped.
 *
 * <p><b>Note:</b> belongs to the thread that drives it. No allocation but for books that grow.
 */
public final class RecordBookBuilder implements BatchConsumer, EventHandler {
    private final OrderBooks books;
    private long appliedCount;
    private long refusedCount;

    /**
     * Builds books.
     *
     * @param books to update, usually empty.
     */
    public RecordBookBuilder(final OrderBooks books) {
        this.books = books;
    }

    @Override
    public void onBatch(final SlotArray slots, final long low, final long high) {
        final DirectBuffer buffer = slots.buffer();
        for (long sequence = low; sequence <= high; sequence++) {
            apply(buffer, slots.offset(sequence));
        }
    }

    /**
     * Applies one record.
     *
     * @param buffer     that holds the slot.
     * @param slotOffset of the slot.
     * @return the outcome, one of {@link BookOutcome}; {@link BookOutcome#APPLIED} of a record that changes no book.
     */
    public int apply(final DirectBuffer buffer, final int slotOffset) {
        if (!EventSlotDescriptor.isEvent(buffer, slotOffset)) {
            return BookOutcome.APPLIED;
        }
        return count(apply(
                buffer.getByte(slotOffset + EVENT_TYPE_OFFSET),
                buffer.getByte(slotOffset + SIDE_OFFSET),
                buffer.getInt(slotOffset + INSTRUMENT_ID_OFFSET, LITTLE_ENDIAN),
                buffer.getLong(slotOffset + ORDER_ID_OFFSET, LITTLE_ENDIAN),
                buffer.getLong(slotOffset + AUX_ID_OFFSET, LITTLE_ENDIAN),
                buffer.getInt(slotOffset + PRICE_OFFSET, LITTLE_ENDIAN),
                buffer.getInt(slotOffset + QUANTITY_OFFSET, LITTLE_ENDIAN)));
    }

    @Override
    public void onEvent(
            final long sequence,
            final long timeNs,
            final int eventType,
            final int side,
            final int flags,
            final int instrumentId,
            final long orderId,
            final long auxId,
            final int priceTicks,
            final int quantity) {
        count(apply(eventType, side, instrumentId, orderId, auxId, priceTicks, quantity));
    }

    /** A carried message changes no book. */
    @Override
    public void onItchMessage(final DirectBuffer slots, final int offset) {}

    private int count(final int outcome) {
        if (outcome == BookOutcome.APPLIED) {
            appliedCount++;
        } else {
            refusedCount++;
        }
        return outcome;
    }

    /**
     * The books, as of the last record.
     *
     * @return those that the builder was given.
     */
    public OrderBooks books() {
        return books;
    }

    /**
     * Events that were applied as they stand.
     *
     * @return trades, which change no book, included.
     */
    public long appliedCount() {
        return appliedCount;
    }

    /**
     * Events whose outcome was another than {@link BookOutcome#APPLIED}.
     *
     * @return their number; the books count them by outcome.
     */
    public long refusedCount() {
        return refusedCount;
    }

    private int apply(
            final int eventType,
            final int side,
            final int instrumentId,
            final long orderId,
            final long auxId,
            final int price,
            final int quantity) {
        switch (eventType) {
            case EventTypeCode.ADD:
                return books.add(orderId, instrumentId, side - SideCode.BUY, price, quantity);
            case EventTypeCode.REDUCE:
                return books.reduce(orderId, quantity);
            case EventTypeCode.DELETE:
                return books.delete(orderId);
            case EventTypeCode.EXECUTE:
            case EventTypeCode.EXECUTE_AT_PRICE:
                return books.execute(orderId, quantity);
            case EventTypeCode.REPLACE:
                return books.replace(orderId, auxId, price, quantity);
            default:
                // Trades, crosses and broken trades print; no displayed order is touched.
                return BookOutcome.APPLIED;
        }
    }
}
