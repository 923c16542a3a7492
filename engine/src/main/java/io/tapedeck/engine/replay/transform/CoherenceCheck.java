package io.tapedeck.engine.replay.transform;

import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.codecs.translation.InstrumentDirectory;
import io.tapedeck.engine.book.BookOutcome;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.replay.RecordBookBuilder;
import io.tapedeck.engine.replay.RecordFailedException;
import io.tapedeck.engine.replay.SymbolFilter;
import java.time.LocalDate;
import org.agrona.DirectBuffer;

/**
 * Passes on every record, and throws an {@link IncoherentRecordException} at an event that cannot be right: of an
 * instrument that the source does not know, or one that the books of the events before it cannot have, for example because
 * it names an order that is not live. What becomes of such a record the stage's error policy says.
 *
 * <p>It keeps order-level books, so it needs every record of its instruments from the start of the day. A record that was
 * left out changes no book, but for one that takes more off an order than it has: that order is then gone.
 */
public final class CoherenceCheck implements Transform {
    private final InstrumentDirectory directory;
    private final RecordBookBuilder builder = new RecordBookBuilder(new OrderBooks());

    /**
     * Checks.
     *
     * @param directory with all instruments that there are.
     */
    public CoherenceCheck(final InstrumentDirectory directory) {
        this.directory = directory;
    }

    @Override
    public void onSession(final LocalDate date) {
        builder.books().clear();
    }

    @Override
    public void onBatch(final SlotArray slots, final long low, final long high, final RecordOutput out) {
        long at = low;
        try {
            for (; at <= high; at++) {
                final int offset = slots.offset(at);
                if (EventSlotDescriptor.isEvent(slots.buffer(), offset)) {
                    check(slots.buffer(), offset);
                }
            }
        } catch (final IncoherentRecordException ex) {
            throw RecordFailedException.at(slots, at, ex);
        }
        out.pass(slots, low, high);
    }

    private void check(final DirectBuffer buffer, final int offset) {
        final int instrumentId = SymbolFilter.instrumentId(buffer, offset);
        if (directory.stockLocate(instrumentId) == InstrumentDirectory.UNKNOWN
                || directory.symbol(instrumentId) == InstrumentDirectory.NO_SYMBOL) {
            throw new IncoherentRecordException("there is no instrument " + instrumentId);
        }
        final int outcome = builder.apply(buffer, offset);
        if (outcome != BookOutcome.APPLIED) {
            throw new IncoherentRecordException("the book cannot have this event: " + BookOutcome.nameOf(outcome));
        }
    }
}
