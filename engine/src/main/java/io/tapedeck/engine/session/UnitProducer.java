package io.tapedeck.engine.session;

import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_TIME_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tapedeck.engine.record.RecordBuffer;
import io.tapedeck.engine.record.RecordSink;
import io.tapedeck.engine.record.RecordWriter;
import io.tapedeck.engine.record.SessionRecords;
import java.time.LocalDate;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The days of a unit: its instruments' events in one stream, ordered by time, then by instrument, then as the
 * instrument had them, and numbered from 1 without a gap.
 *
 * <pre>
 *   S O, S S        start of messages, of system hours        at the open
 *   R, H            per instrument: what it is; it trades
 *   A ...           per instrument: its opening book
 *   S Q             start of market hours
 *   A D E ...       the session                               from the open to the close
 *   S M, S E, S C   end of market hours, system hours, messages   at the close
 * </pre>
 *
 * <p>Time goes forward in windows that hold some dozens of events of each instrument. In a window one instrument after
 * the other writes its events into a buffer, and then all are put in order: that is much faster than going from one
 * instrument to another at each event. Their length follows how busy the market
 * is; where they begin and end can be seen in nothing but speed. A unit with one instrument writes straight into the sink.
 *
 * <p><b>Note:</b> belongs to one thread. No allocation per event.
 */
public final class UnitProducer {
    private static final int WINDOW_RECORDS = 8_192;
    private static final int RECORDS_PER_INSTRUMENT = 32;
    private static final int BUFFER_RECORDS = 1 << 14;
    private static final long FIRST_WINDOW_NS = 1_000_000;

    private final SymbolProducer[] symbols;
    private final RecordWriter writer;
    private final SessionRecords sessionRecords;
    private final RecordBuffer window = new RecordBuffer(BUFFER_RECORDS);
    private final RecordWriter windowWriter = new RecordWriter(window);
    private final TimeOrder timeOrder = new TimeOrder();
    private final int windowRecords;
    private final long marketOpenNs;
    private final long marketCloseNs;
    private long nowNs;
    private long windowNs;
    private boolean isClosed = true;

    /**
     * A unit whose first day {@link #open} starts.
     *
     * @param symbols in ascending order of their instrument ids, all with the same hours; owned by the unit from now on.
     * @param sink    takes the records; nobody else claims from it.
     * @throws IllegalArgumentException if there is no symbol, or ids or hours are not as described.
     */
    public UnitProducer(final List<SymbolProducer> symbols, final RecordSink sink) {
        if (symbols.isEmpty()) {
            throw new IllegalArgumentException("a unit needs an instrument");
        }
        this.symbols = symbols.toArray(new SymbolProducer[0]);
        for (int i = 1; i < this.symbols.length; i++) {
            requireOrder(this.symbols[i - 1], this.symbols[i]);
        }
        writer = new RecordWriter(sink);
        sessionRecords = new SessionRecords(writer);
        windowRecords = Math.max(WINDOW_RECORDS, RECORDS_PER_INSTRUMENT * this.symbols.length);
        marketOpenNs = this.symbols[0].marketOpenNs();
        marketCloseNs = this.symbols[0].marketCloseNs();
    }

    /**
     * Starts a day and writes everything up to the start of market hours.
     *
     * @param date               of the session.
     * @param openingPricesTicks in the order of the instruments.
     * @throws IllegalArgumentException if there is not one price for each instrument.
     */
    public void open(final LocalDate date, final int[] openingPricesTicks) {
        if (openingPricesTicks.length != symbols.length) {
            throw new IllegalArgumentException("one opening price for each instrument: prices="
                    + openingPricesTicks.length + ", instruments=" + symbols.length);
        }
        writer.restart();
        sessionRecords.systemEvent(marketOpenNs, 'O');
        sessionRecords.systemEvent(marketOpenNs, 'S');
        for (final SymbolProducer symbol : symbols) {
            sessionRecords.directory(marketOpenNs, symbol.instrumentId(), symbol.symbol());
        }
        for (final SymbolProducer symbol : symbols) {
            sessionRecords.trading(marketOpenNs, symbol.instrumentId(), symbol.symbol());
        }
        for (int i = 0; i < symbols.length; i++) {
            symbols[i].open(date, openingPricesTicks[i], writer);
        }
        sessionRecords.systemEvent(marketOpenNs, 'Q');
        writer.flush();
        nowNs = marketOpenNs;
        windowNs = FIRST_WINDOW_NS;
        isClosed = writer.isClosed();
    }

    /**
     * Produces the next events before a time, some thousands at most; at the close, also the day's last records.
     *
     * @param untilNs since midnight; an event at this time is left to a later call. {@link Long#MAX_VALUE} where there
     *                is no pace to keep.
     * @return how many records it wrote. With none, time has come to {@code untilNs} or nothing happened for a while:
     *         {@link #nowNs()} tells.
     */
    public long produce(final long untilNs) {
        if (isClosed) {
            return 0;
        }
        final long before = writer.sequence();
        final long endNs = Math.min(Math.min(untilNs, marketCloseNs), nowNs + windowNs);
        if (endNs > nowNs) {
            produceWindow(endNs);
            adaptWindow(writer.sequence() - before, endNs - nowNs);
            nowNs = endNs;
        }
        if (nowNs == marketCloseNs) {
            close();
        }
        writer.flush();
        isClosed |= writer.isClosed();
        return writer.sequence() - before;
    }

    /** Ends the day where it stands, with the records that end a day. Does nothing after its end. */
    public void close() {
        if (!isClosed) {
            sessionRecords.systemEvent(nowNs, 'M');
            sessionRecords.systemEvent(nowNs, 'E');
            sessionRecords.systemEvent(nowNs, 'C');
            writer.flush();
            isClosed = true;
        }
    }

    /**
     * How many instruments the unit has.
     *
     * @return 1 or more.
     */
    public int instrumentCount() {
        return symbols.length;
    }

    /**
     * Whether the day is over.
     *
     * @return true after its last record, when the sink takes nothing more, and before the first {@link #open}.
     */
    public boolean isClosed() {
        return isClosed;
    }

    /**
     * How far the day has come.
     *
     * @return nanoseconds since midnight; every event before it has been written.
     */
    public long nowNs() {
        return nowNs;
    }

    /**
     * The number of the last record.
     *
     * @return how many records the day has had.
     */
    public long sequence() {
        return writer.sequence();
    }

    private void produceWindow(final long endNs) {
        if (symbols.length == 1) {
            symbols[0].produce(endNs, writer);
            return;
        }
        window.clear();
        for (final SymbolProducer symbol : symbols) {
            symbol.produce(endNs, windowWriter);
        }
        windowWriter.flush();
        writeInOrder(endNs - nowNs);
    }

    private void writeInOrder(final long lengthNs) {
        final UnsafeBuffer buffer = window.slots().buffer();
        final int size = window.size();
        timeOrder.reset(size);
        for (int i = 0; i < size; i++) {
            timeOrder.add(buffer.getLong(i * SLOT_LENGTH + EVENT_TIME_OFFSET, LITTLE_ENDIAN) - nowNs);
        }
        timeOrder.sort(lengthNs);
        for (int rank = 0; rank < size; rank++) {
            writer.copy(buffer, timeOrder.position(rank) * SLOT_LENGTH);
        }
    }

    /** Keeps the number of records per window between half and twice what is aimed at. */
    private void adaptWindow(final long records, final long lengthNs) {
        if (records * 2 < windowRecords && lengthNs == windowNs) {
            windowNs = Math.min(2 * windowNs, TimeOrder.MAX_WINDOW_NS);
        } else if (records > 2L * windowRecords) {
            windowNs = Math.max(windowNs / 2, 1);
        }
    }

    private static void requireOrder(final SymbolProducer before, final SymbolProducer after) {
        if (before.instrumentId() >= after.instrumentId()) {
            throw new IllegalArgumentException("the instruments of a unit are in ascending order: instrumentId="
                    + after.instrumentId() + " after instrumentId=" + before.instrumentId());
        }
        if (before.marketOpenNs() != after.marketOpenNs() || before.marketCloseNs() != after.marketCloseNs()) {
            throw new IllegalArgumentException("the instruments of a unit have the same hours: instrumentId="
                    + before.instrumentId() + " and instrumentId=" + after.instrumentId() + " differ");
        }
    }
}
