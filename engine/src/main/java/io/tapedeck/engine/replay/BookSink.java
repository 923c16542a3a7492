package io.tapedeck.engine.replay;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tapedeck.codecs.itch.SystemEvent;
import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.EventTypeCode;
import io.tapedeck.codecs.record.ItchSlotDescriptor;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.book.BookOutcome;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.text.BboRecorder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import org.agrona.DirectBuffer;

/**
 * Keeps the books that the records describe, and records their touch after every record that comes later than the one
 * that starts market hours. Books are cleared when a session begins.
 *
 * <p><b>Note:</b> belongs to the thread that drives it. No allocation but for books that grow.
 */
public final class BookSink implements ReplayHandler {
    private static final byte START_OF_MARKET_HOURS = 'Q';

    private final RecordBookBuilder builder;
    private final BboRecorder bbo;
    private boolean isMarketOpen;
    private LocalDate resumedDate;

    /**
     * Keeps books.
     *
     * @param books to update, usually empty.
     * @param bbo   records the touch, under the records' sequences; stays open. Null for nobody.
     */
    public BookSink(final OrderBooks books, final BboRecorder bbo) {
        builder = new RecordBookBuilder(books);
        this.bbo = bbo;
    }

    /**
     * Goes on with books as they were behind a record of a session. The first session that begins now must be that one.
     *
     * @param date     of the session.
     * @param isOpen   whether its market hours had begun.
     * @return this.
     */
    public BookSink resume(final LocalDate date, final boolean isOpen) {
        resumedDate = date;
        isMarketOpen = isOpen;
        return this;
    }

    /**
     * Whether market hours have begun.
     *
     * @return true from the record on that says so.
     */
    public boolean isMarketOpen() {
        return isMarketOpen;
    }

    @Override
    public void onSession(final LocalDate date) {
        if (resumedDate != null) {
            if (!resumedDate.equals(date)) {
                throw new IllegalArgumentException(
                        "the books to go on with are of " + resumedDate + ", the session is of " + date);
            }
            resumedDate = null;
            return;
        }
        builder.books().clear();
        isMarketOpen = false;
    }

    @Override
    public void onBatch(final SlotArray slots, final long low, final long high) {
        if (isMarketOpen && bbo == null) {
            builder.onBatch(slots, low, high);
            return;
        }
        try {
            for (long at = low; at <= high; at++) {
                apply(slots.buffer(), slots.offset(at));
            }
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * What the records were applied by, with its books and counts.
     *
     * @return always the same builder.
     */
    public RecordBookBuilder builder() {
        return builder;
    }

    private void apply(final DirectBuffer buffer, final int slotOffset) throws IOException {
        final int outcome = builder.apply(buffer, slotOffset);
        if (isMarketOpen && bbo != null) {
            record(buffer, slotOffset, touchedInstrumentId(buffer, slotOffset, outcome));
        } else {
            isMarketOpen |= isStartOfMarketHours(buffer, slotOffset);
        }
    }

    private void record(final DirectBuffer buffer, final int slotOffset, final int instrumentId) throws IOException {
        final OrderBooks books = builder.books();
        if (books.hasBook(instrumentId)) {
            bbo.onEvent(
                    buffer.getLong(slotOffset + EventSlotDescriptor.SEQUENCE_OFFSET, LITTLE_ENDIAN),
                    buffer.getLong(slotOffset + EventSlotDescriptor.EVENT_TIME_OFFSET, LITTLE_ENDIAN),
                    books.book(instrumentId));
        }
    }

    /** The book of the order that the record named, or else the one of its instrument. */
    private int touchedInstrumentId(final DirectBuffer buffer, final int slotOffset, final int outcome) {
        final boolean isChange = EventSlotDescriptor.isEvent(buffer, slotOffset)
                && buffer.getByte(slotOffset + EventSlotDescriptor.EVENT_TYPE_OFFSET) <= EventTypeCode.REPLACE
                && (outcome == BookOutcome.APPLIED || outcome == BookOutcome.OVER_QUANTITY);
        return isChange ? builder.books().lastInstrumentId() : SymbolFilter.instrumentId(buffer, slotOffset);
    }

    private static boolean isStartOfMarketHours(final DirectBuffer buffer, final int slotOffset) {
        return ItchSlotDescriptor.isItchMessage(buffer, slotOffset)
                && buffer.getByte(slotOffset + ItchSlotDescriptor.ITCH_TYPE_OFFSET) == SystemEvent.TYPE
                && buffer.getByte(slotOffset + ItchSlotDescriptor.BODY_OFFSET) == START_OF_MARKET_HOURS;
    }
}
