package io.tapedeck.engine.importer;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.codecs.itch.Alpha;
import io.tapedeck.codecs.itch.ItchHeaderDescriptor;
import io.tapedeck.codecs.qrsdp1.Qrsdp1RecordFlyweight;
import io.tapedeck.engine.order.OrderLayer;
import io.tapedeck.engine.order.OrderSizeLaw;
import io.tapedeck.engine.random.RandomSource;
import io.tapedeck.engine.random.RandomStreams;
import io.tapedeck.engine.random.StreamPurpose;
import io.tapedeck.engine.random.Xoshiro256PlusPlus;
import io.tapedeck.engine.record.RecordWriter;
import io.tapedeck.engine.replay.QueueBookReplay;
import io.tapedeck.journal.format1.Format1Cursor;
import io.tapedeck.journal.format1.Format1Header;
import io.tapedeck.journal.format1.Format1Reader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;

/** One security's recorded queue events, turned into orders. */
final class Qrsdp1Lane implements AutoCloseable {
    /** The largest opening book, so that a header cannot ask for more memory than 64 MiB of records. */
    static final int MAX_OPENING_ORDERS = 1 << 20;

    private static final int HEADER_OFFSET = 0;

    private final Qrsdp1Session session;
    private final Format1Reader reader;
    private final Format1Cursor cursor;
    private final Qrsdp1RecordFlyweight record;
    private final QueueBookReplay replay;
    private final OrderLayer orders;
    private boolean hasNext;

    private Qrsdp1Lane(final Qrsdp1Session session, final LocalDate date, final long seed, final Format1Reader reader) {
        this.session = session;
        this.reader = reader;
        requireHeader(reader.header());
        cursor = reader.cursor();
        record = cursor.record();
        replay = new QueueBookReplay(reader.header());
        final RandomSource random =
                new Xoshiro256PlusPlus(new RandomStreams(seed).seed(symbol(), date.toEpochDay(), StreamPurpose.ORDERS));
        orders = new OrderLayer(session.instrument().id(), replay.book(), random, OrderSizeLaw.UNIT.newSizes(random));
    }

    static Qrsdp1Lane open(final Qrsdp1Session session, final LocalDate date, final long seed) throws IOException {
        final Format1Reader reader = Format1Reader.open(session.path());
        try {
            final Qrsdp1Lane lane = new Qrsdp1Lane(session, date, seed, reader);
            lane.next();
            return lane;
        } catch (final IOException | RuntimeException ex) {
            reader.close();
            throw ex;
        }
    }

    Path file() {
        return session.path();
    }

    private void requireHeader(final Format1Header header) {
        if (header.tickSize() != session.instrument().tickSize()) {
            throw wrong("tick_size is " + header.tickSize() + ", must be "
                    + session.instrument().tickSize() + " for "
                    + session.instrument().symbol());
        }
        if (header.marketCloseNs() > ItchHeaderDescriptor.MAX_TIMESTAMP_NS) {
            throw wrong("the session ends " + header.marketCloseNs() + " ns after midnight, a record can say "
                    + ItchHeaderDescriptor.MAX_TIMESTAMP_NS + " at most");
        }
        // The book takes 0 for 1 level and for a depth of 50, and no more than 64 levels.
        final long levels = Math.max(1, Math.min(header.levelsPerSide(), 64));
        final long depth = header.initialDepth() == 0 ? 50 : header.initialDepth();
        if (2 * levels * depth > MAX_OPENING_ORDERS) {
            throw wrong("the opening book has " + 2 * levels * depth + " orders, must have " + MAX_OPENING_ORDERS
                    + " at most");
        }
    }

    Format1Header header() {
        return reader.header();
    }

    int instrumentId() {
        return session.instrument().id();
    }

    long symbol() {
        return Alpha.toLong(session.instrument().symbol());
    }

    void open(final RecordWriter writer) {
        orders.writeTo(writer);
        orders.open(reader.header().marketOpenNs());
    }

    boolean hasNext() {
        return hasNext;
    }

    /** Time of the event that comes next. */
    long timeNs() {
        return record.timestampNs();
    }

    /** Writes what the next event means for orders, and goes on. */
    void produce() throws IOException {
        final long timeNs = record.timestampNs();
        if (record.quantity() != 1) {
            throw wrong("event " + (replay.eventCount() + 1) + " has quantity "
                    + Integer.toUnsignedString(record.quantity()) + "; orders of one share can be made of 1 only");
        }
        if (timeNs < reader.header().marketOpenNs() || timeNs > reader.header().marketCloseNs()) {
            throw wrong("event " + (replay.eventCount() + 1) + " is at " + timeNs + " ns, outside of the session from "
                    + reader.header().marketOpenNs() + " to " + reader.header().marketCloseNs());
        }
        replay.apply(record);
        if (replay.incoherence() != null) {
            throw wrong(replay.incoherence() + ". Either the session had re-initialisations, which format 1 does not"
                    + " record, or it is damaged; its orders cannot be known");
        }
        orders.onEvent(timeNs, record.type(), record.priceTicks(), 0);
        next();
    }

    private void next() throws IOException {
        hasNext = cursor.next();
    }

    private CorruptDataException wrong(final String what) {
        return new CorruptDataException(
                session.path(),
                HEADER_OFFSET,
                what,
                "Nothing was written for it; take a file that reference runs write");
    }

    @Override
    public void close() {
        cursor.close();
        reader.close();
    }
}
