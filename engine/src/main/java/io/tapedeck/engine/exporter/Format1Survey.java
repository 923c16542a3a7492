package io.tapedeck.engine.exporter;

import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_TIME_OFFSET;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.book.OrderBook;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.book.Side;
import io.tapedeck.engine.replay.RecordBookBuilder;
import io.tapedeck.engine.replay.ReplayHandler;
import io.tapedeck.journal.format1.Format1Descriptor;
import io.tapedeck.journal.format1.Format1Header;
import io.tapedeck.journal.manifest.Instrument;
import org.agrona.DirectBuffer;

/**
 * Finds, in a pass of its own, what the header of a format 1 file says of a session: the file is written front to back.
 *
 * <p>The session opens with the instrument's first event and ends with its last, rounded up to a second; the opening
 * price is the middle of the first book with two sides, truncated toward zero, or 0 if there never was one. Levels, spread
 * and depth are 0: the opening book is in the events and not in the header. Nothing that reads such a file can know the
 * book before its first event.
 */
public final class Format1Survey implements ReplayHandler {
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final int NOT_SAID = 0;

    private final RecordBookBuilder builder = new RecordBookBuilder(new OrderBooks());
    private final OrderBook book;
    private final Instrument instrument;
    private long eventCount;
    private long firstNs;
    private long lastNs;
    private boolean hasOpeningPrice;
    private int openingPriceTicks;

    /**
     * Looks at one instrument.
     *
     * @param instrument of the tape.
     */
    public Format1Survey(final Instrument instrument) {
        this.instrument = instrument;
        book = builder.books().book(instrument.id());
    }

    @Override
    public void onBatch(final SlotArray slots, final long low, final long high) {
        for (long at = low; at <= high; at++) {
            look(slots.buffer(), slots.offset(at));
        }
    }

    private void look(final DirectBuffer buffer, final int slotOffset) {
        builder.apply(buffer, slotOffset);
        if (!EventSlotDescriptor.isEvent(buffer, slotOffset)
                || buffer.getInt(slotOffset + EventSlotDescriptor.INSTRUMENT_ID_OFFSET, LITTLE_ENDIAN)
                        != instrument.id()) {
            return;
        }
        lastNs = buffer.getLong(slotOffset + EVENT_TIME_OFFSET, LITTLE_ENDIAN);
        firstNs = eventCount++ == 0 ? lastNs : firstNs;
        if (!hasOpeningPrice && book.bestQuantity(Side.BID) > 0 && book.bestQuantity(Side.ASK) > 0) {
            hasOpeningPrice = true;
            openingPriceTicks = (int) (((long) book.bestPrice(Side.BID) + book.bestPrice(Side.ASK)) / 2);
        }
    }

    /**
     * The header of the file.
     *
     * @param seed of the session; 0 if there was none.
     * @return a new header.
     * @throws IllegalArgumentException if the first event is not inside a day, or the last one before it.
     */
    public Format1Header header(final long seed) {
        return new Format1Header(
                seed,
                openingPriceTicks,
                instrument.tickSize(),
                Math.toIntExact((lastNs - firstNs + NS_PER_SECOND - 1) / NS_PER_SECOND),
                NOT_SAID,
                NOT_SAID,
                NOT_SAID,
                Format1Descriptor.DEFAULT_CHUNK_CAPACITY,
                firstNs);
    }
}
