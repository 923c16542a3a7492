package io.tapedeck.engine.replay.feature;

import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.codecs.translation.InstrumentDirectory;
import io.tapedeck.engine.book.OrderBook;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.book.Side;
import io.tapedeck.engine.replay.RecordBookBuilder;
import io.tapedeck.engine.replay.RecordFailedException;
import io.tapedeck.engine.replay.ReplayHandler;
import io.tapedeck.engine.replay.SymbolFilter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Keeps the order-level books of a replay and writes rows of features, for each instrument when its trigger says so. Books
 * and features begin anew with each session. Rows of intervals that end together come in the order of the instruments'
 * ids; the last interval of a session ends with it.
 *
 * <p><b>Note:</b> belongs to the thread that drives it. Allocates when it first sees an instrument, and where books grow.
 */
public final class FeatureSink implements ReplayHandler {
    private final OrderBooks books = new OrderBooks();
    private final RecordBookBuilder builder = new RecordBookBuilder(books);
    private final BookEvent event = new BookEvent();
    private final List<Features.Kind> kinds;
    private final Trigger trigger;
    private final InstrumentDirectory directory;
    private final FeatureRowHandler rows;
    private final double[] values;
    private Lane[] lanes = new Lane[0];
    private long bucketEndNs = Long.MIN_VALUE;
    private long rowCount;

    /** An instrument's features, and what its trigger looks at. */
    private final class Lane {
        private final OrderBook book;
        private final Feature[] features = new Feature[kinds.size()];
        private long sequence;
        private long eventCount;
        private int bid;
        private int ask;
        private long bidQuantity;
        private long askQuantity;

        Lane(final int instrumentId) {
            book = books.book(instrumentId);
            final int tickSize = directory.tickSize(instrumentId);
            for (int i = 0; i < features.length; i++) {
                features[i] = kinds.get(i).factory().apply(tickSize);
            }
        }

        void onSession() {
            eventCount = 0;
            bid = 0;
            ask = 0;
            bidQuantity = 0;
            askQuantity = 0;
            for (final Feature feature : features) {
                feature.onSession();
            }
        }

        void onEvent() throws IOException {
            sequence = event.sequence();
            eventCount++;
            for (final Feature feature : features) {
                feature.onEvent(event, book);
            }
            if (trigger.kind() == Trigger.Kind.TOUCH ? isNewTouch() : isNth()) {
                write(event.timeNs());
            }
        }

        private boolean isNth() {
            return trigger.kind() == Trigger.Kind.EVENT && eventCount == trigger.value();
        }

        private boolean isNewTouch() {
            if (bid == book.bestPrice(Side.BID)
                    && ask == book.bestPrice(Side.ASK)
                    && bidQuantity == book.bestQuantity(Side.BID)
                    && askQuantity == book.bestQuantity(Side.ASK)) {
                return false;
            }
            bid = book.bestPrice(Side.BID);
            ask = book.bestPrice(Side.ASK);
            bidQuantity = book.bestQuantity(Side.BID);
            askQuantity = book.bestQuantity(Side.ASK);
            return true;
        }

        void write(final long timeNs) throws IOException {
            for (int i = 0; i < features.length; i++) {
                values[i] = features[i].value(book);
            }
            rows.onRow(sequence, timeNs, book.instrumentId(), values);
            rowCount++;
            eventCount = 0;
            for (final Feature feature : features) {
                feature.onRow();
            }
        }
    }

    /**
     * Keeps books and writes rows.
     *
     * @param kinds     of features, the columns.
     * @param trigger   when a row is written.
     * @param directory with the tick sizes of all instruments that will come.
     * @param rows      takes the rows.
     */
    public FeatureSink(
            final List<Features.Kind> kinds,
            final Trigger trigger,
            final InstrumentDirectory directory,
            final FeatureRowHandler rows) {
        this.kinds = List.copyOf(kinds);
        this.trigger = trigger;
        this.directory = directory;
        this.rows = rows;
        values = new double[kinds.size()];
    }

    @Override
    public void onSession(final LocalDate date) {
        endBucket();
        books.clear();
        bucketEndNs = Long.MIN_VALUE;
        for (final Lane lane : lanes) {
            if (lane != null) {
                lane.onSession();
            }
        }
    }

    @Override
    public void onBatch(final SlotArray slots, final long low, final long high) {
        long at = low;
        try {
            for (; at <= high; at++) {
                final int offset = slots.offset(at);
                if (EventSlotDescriptor.isEvent(slots.buffer(), offset)) {
                    onEvent(slots.buffer(), offset);
                }
            }
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        } catch (final RuntimeException ex) {
            throw RecordFailedException.at(slots, at, ex);
        }
    }

    private void onEvent(final DirectBuffer buffer, final int offset) throws IOException {
        if ((SymbolFilter.instrumentId(buffer, offset) & ~OrderBooks.MAX_INSTRUMENT_ID) != 0) {
            return;
        }
        event.wrap(buffer, offset, books);
        if (trigger.kind() == Trigger.Kind.BUCKET && event.timeNs() >= bucketEndNs) {
            writeBucket();
            bucketEndNs = (event.timeNs() / trigger.value() + 1) * trigger.value();
        }
        builder.apply(buffer, offset);
        lane(SymbolFilter.instrumentId(buffer, offset)).onEvent();
    }

    private Lane lane(final int instrumentId) {
        if (instrumentId >= lanes.length) {
            lanes = Arrays.copyOf(lanes, instrumentId + 1);
        }
        if (lanes[instrumentId] == null) {
            lanes[instrumentId] = new Lane(instrumentId);
        }
        return lanes[instrumentId];
    }

    private void writeBucket() throws IOException {
        for (final Lane lane : lanes) {
            if (lane != null && lane.eventCount > 0) {
                lane.write(bucketEndNs);
            }
        }
    }

    private void endBucket() {
        if (trigger.kind() == Trigger.Kind.BUCKET) {
            try {
                writeBucket();
            } catch (final IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }
    }

    @Override
    public int onIdle(final long nowNs) {
        try {
            return rows.onIdle();
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    @Override
    public void onEnd() {
        endBucket();
    }

    /**
     * The books as of the last record.
     *
     * @return always the same.
     */
    public OrderBooks books() {
        return books;
    }

    /**
     * How many rows were written.
     *
     * @return their number.
     */
    public long rowCount() {
        return rowCount;
    }
}
