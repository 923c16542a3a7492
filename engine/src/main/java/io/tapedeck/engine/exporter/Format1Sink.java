package io.tapedeck.engine.exporter;

import static io.tapedeck.codecs.record.EventSlotDescriptor.AUX_ID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_TIME_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_TYPE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.INSTRUMENT_ID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.ORDER_ID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.PRICE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.QUANTITY_OFFSET;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tapedeck.codecs.qrsdp1.QueueEventType;
import io.tapedeck.codecs.qrsdp1.QueueSide;
import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.EventTypeCode;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.book.BookOutcome;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.book.OrderCursor;
import io.tapedeck.engine.book.Side;
import io.tapedeck.engine.replay.RecordBookBuilder;
import io.tapedeck.engine.replay.ReplayHandler;
import io.tapedeck.journal.format1.Format1Writer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import org.agrona.DirectBuffer;

/**
 * Squeezes one instrument's session into the six types of journal format 1, with the ids of the orders:
 *
 * <pre>
 *   record                     written as
 *   -------------------------  ------------------------------------------------------------------
 *   ADD                        ADD, its quantity
 *   REDUCE                     CANCEL of the quantity taken off
 *   DELETE                     CANCEL of what the order had left
 *   EXECUTE                    EXECUTE of the quantity traded, at the order's price
 *   EXECUTE_AT_PRICE           the same; the price of the trade is lost, and counted
 *   REPLACE                    CANCEL of what the order had left, then ADD under the new id
 *   TRADE, CROSS, BROKEN       nothing; left out and counted
 *   ITCH messages              nothing; left out and counted
 *   an event that no book      nothing; refused and counted, such as one that names an order
 *   can have                   entered before the tape begins
 * </pre>
 *
 * <p>A quantity of more than the order had left is cut to that. Times may not fall: format 1 has no way to say it.
 *
 * <p><b>Note:</b> belongs to one thread. No allocation but for a book that grows.
 */
public final class Format1Sink implements ReplayHandler {
    private final OrderBooks books = new OrderBooks();
    private final RecordBookBuilder builder = new RecordBookBuilder(books);
    private final OrderCursor order = new OrderCursor();
    private final Format1Writer writer;
    private final int instrumentId;
    private LocalDate session;
    private long leftOutCount;
    private long refusedCount;
    private long lostPriceCount;

    /**
     * Writes one instrument.
     *
     * @param writer       of the file; stays open.
     * @param instrumentId whose events are written; those of others are passed over.
     */
    public Format1Sink(final Format1Writer writer, final int instrumentId) {
        this.writer = writer;
        this.instrumentId = instrumentId;
    }

    @Override
    public void onSession(final LocalDate date) {
        if (session != null) {
            throw new IllegalArgumentException("format 1 holds one session, and here are " + session + " and " + date
                    + "; export them one by one");
        }
        session = date;
    }

    @Override
    public void onBatch(final SlotArray slots, final long low, final long high) {
        try {
            for (long at = low; at <= high; at++) {
                final int offset = slots.offset(at);
                if (!EventSlotDescriptor.isEvent(slots.buffer(), offset)) {
                    leftOutCount++;
                } else if (slots.buffer().getInt(offset + INSTRUMENT_ID_OFFSET, LITTLE_ENDIAN) == instrumentId) {
                    write(slots.buffer(), offset);
                }
            }
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private void write(final DirectBuffer buffer, final int slotOffset) throws IOException {
        final int type = buffer.getByte(slotOffset + EVENT_TYPE_OFFSET);
        final long timeNs = buffer.getLong(slotOffset + EVENT_TIME_OFFSET, LITTLE_ENDIAN);
        final long orderId = buffer.getLong(slotOffset + ORDER_ID_OFFSET, LITTLE_ENDIAN);
        if (type < EventTypeCode.ADD || type > EventTypeCode.REPLACE) {
            leftOutCount++;
            return;
        }
        // What the order is must be known before the book forgets it.
        final boolean isLive = order.toOrder(books, orderId);
        final int side = isLive ? order.side() : Side.BID;
        final int priceTicks = isLive ? order.price() : 0;
        final int left = isLive ? order.quantity() : 0;
        final int outcome = builder.apply(buffer, slotOffset);
        if (outcome != BookOutcome.APPLIED && outcome != BookOutcome.OVER_QUANTITY) {
            refusedCount++;
            return;
        }
        final int quantity = buffer.getInt(slotOffset + QUANTITY_OFFSET, LITTLE_ENDIAN);
        switch (type) {
            case EventTypeCode.ADD:
                add(timeNs, orderId);
                break;
            case EventTypeCode.REDUCE:
                cancel(timeNs, side, priceTicks, Math.min(quantity, left), orderId);
                break;
            case EventTypeCode.DELETE:
                cancel(timeNs, side, priceTicks, left, orderId);
                break;
            case EventTypeCode.REPLACE:
                cancel(timeNs, side, priceTicks, left, orderId);
                add(timeNs, buffer.getLong(slotOffset + AUX_ID_OFFSET, LITTLE_ENDIAN));
                break;
            default:
                execute(timeNs, side, priceTicks, Math.min(quantity, left), orderId);
                if (type == EventTypeCode.EXECUTE_AT_PRICE
                        && buffer.getInt(slotOffset + PRICE_OFFSET, LITTLE_ENDIAN) != priceTicks) {
                    lostPriceCount++;
                }
                break;
        }
    }

    /** An order that the book has just taken in. */
    private void add(final long timeNs, final long orderId) throws IOException {
        order.toOrder(books, orderId);
        final boolean isBid = order.side() == Side.BID;
        writer.append(
                timeNs,
                isBid ? QueueEventType.ADD_BID : QueueEventType.ADD_ASK,
                isBid ? QueueSide.BID : QueueSide.ASK,
                order.price(),
                order.quantity(),
                orderId);
    }

    private void cancel(final long timeNs, final int side, final int priceTicks, final int quantity, final long orderId)
            throws IOException {
        final boolean isBid = side == Side.BID;
        writer.append(
                timeNs,
                isBid ? QueueEventType.CANCEL_BID : QueueEventType.CANCEL_ASK,
                isBid ? QueueSide.BID : QueueSide.ASK,
                priceTicks,
                quantity,
                orderId);
    }

    private void execute(
            final long timeNs, final int side, final int priceTicks, final int quantity, final long orderId)
            throws IOException {
        final boolean isBid = side == Side.BID;
        writer.append(
                timeNs,
                isBid ? QueueEventType.EXECUTE_SELL : QueueEventType.EXECUTE_BUY,
                isBid ? QueueSide.BID : QueueSide.ASK,
                priceTicks,
                quantity,
                orderId);
    }

    /**
     * Records for which format 1 has no type.
     *
     * @return trades, crosses and broken trades of the instrument, and carried messages of any.
     */
    public long leftOutCount() {
        return leftOutCount;
    }

    /**
     * Events of the instrument that no book can have.
     *
     * @return how many were refused.
     */
    public long refusedCount() {
        return refusedCount;
    }

    /**
     * Executions written at the order's price that were at another one.
     *
     * @return how many prices were lost.
     */
    public long lostPriceCount() {
        return lostPriceCount;
    }
}
