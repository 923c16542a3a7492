package io.tapedeck.engine.importer;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.codecs.itch.Alpha;
import io.tapedeck.codecs.itch.CrossTrade;
import io.tapedeck.codecs.record.EventTypeCode;
import io.tapedeck.codecs.record.SideCode;
import io.tapedeck.codecs.translation.ItchToRecord;
import io.tapedeck.engine.record.RecordWriter;
import io.tapedeck.engine.record.SessionRecords;
import io.tapedeck.engine.replay.EventSource;
import io.tapedeck.engine.replay.InstrumentTable;
import io.tapedeck.engine.replay.ReplayHandler;
import io.tapedeck.engine.replay.SourceState;
import io.tapedeck.journal.manifest.Instrument;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A session of LOBSTER as records, between the system events, directory and trading action that a day begins and ends
 * with.
 *
 * <pre>
 *   row                      record
 *   -----------------------  ------------------------------------------------------------------
 *   1 new limit order        ADD
 *   2 partial cancellation   REDUCE
 *   3 deletion               DELETE
 *   4 execution              EXECUTE, with a match number of the source's own
 *   5 hidden execution       TRADE, likewise
 *   6 cross                  CROSS; the row does not say which: the opening one before noon, else the closing one
 *   7 halt                   trading action: H halted, Q quotes are taken, T trading
 * </pre>
 *
 * <p>Orders that no row enters are made known by {@link LobsterBook}, by a rule that is stated there. It does not seek.
 */
public final class LobsterSource implements EventSource {
    private static final int RECORDS_AHEAD = 256;
    private static final long NOON_NS = 43_200_000_000_000L;

    private final LobsterSession session;
    private final LobsterMessages rows;
    private final LobsterDepth depth;
    private final LobsterFacts facts;
    private final long symbol;
    private final SlotQueue made = new SlotQueue();
    private final RecordWriter writer = new RecordWriter(made);
    private final SessionRecords sessionRecords = new SessionRecords(writer);
    private final LobsterBook book;
    private final CrossTrade cross = new CrossTrade();
    private final UnsafeBuffer crossMessage = new UnsafeBuffer(new byte[CrossTrade.LENGTH]);
    private final ItchToRecord translator;
    private CorruptDataException fault;
    private long rowCount;
    private long matchCount;
    private boolean isAnnounced;
    private boolean isOpened;
    private boolean isClosed;

    private LobsterSource(
            final LobsterSession session,
            final LobsterFacts facts,
            final LobsterMessages rows,
            final LobsterDepth depth) {
        this.session = session;
        this.rows = rows;
        this.depth = depth;
        this.facts = facts;
        symbol = Alpha.toLong(session.symbol());
        book = new LobsterBook(facts, depth, writer);
        translator = new ItchToRecord(InstrumentTable.of(instruments()));
    }

    /**
     * Opens the files of a session.
     *
     * @param session which files, and what they do not say.
     * @param facts   of the message file.
     * @return a source before its first record.
     * @throws IOException if a file cannot be opened.
     */
    public static LobsterSource open(final LobsterSession session, final LobsterFacts facts) throws IOException {
        final LobsterMessages rows = LobsterMessages.open(session.messages());
        try {
            final LobsterDepth depth = session.orderBook() == null ? null : LobsterDepth.open(session.orderBook());
            return new LobsterSource(session, facts, rows, depth);
        } catch (final IOException | RuntimeException ex) {
            rows.close();
            throw ex;
        }
    }

    @Override
    public int poll(final ReplayHandler handler, final int limit) throws IOException {
        if (!isAnnounced) {
            isAnnounced = true;
            handler.onSession(session.date());
        }
        if (made.size() == 0) {
            produce();
        }
        final int count = made.deliver(handler, Math.min(limit, RECORDS_AHEAD));
        if (count == 0 && fault != null) {
            throw fault;
        }
        return count;
    }

    /** Makes the next records. A fault is kept for when all before it was delivered. */
    private void produce() throws IOException {
        try {
            while (!isClosed && fault == null && made.size() < RECORDS_AHEAD) {
                final boolean hasRow = rows.next();
                readDepth(hasRow);
                if (!isOpened) {
                    isOpened = true;
                    open(hasRow);
                }
                if (hasRow) {
                    rowCount++;
                    writeRow();
                } else {
                    closeSession();
                }
                writer.flush();
            }
        } catch (final CorruptDataException ex) {
            fault = ex;
        }
        writer.flush();
    }

    private void readDepth(final boolean hasRow) throws IOException {
        if (depth != null && depth.next() != hasRow) {
            throw new CorruptDataException(
                    session.orderBook(),
                    0,
                    hasRow
                            ? "the file ends after " + rowCount + " rows, and its messages go on"
                            : "the file goes on after its last message, the " + rowCount + "th",
                    "The two files have to be of the same session and the same levels; fetch them again");
        }
    }

    private void open(final boolean hasRow) {
        final long openNs = hasRow ? Math.min(session.openNs(), rows.timeNs()) : session.openNs();
        sessionRecords.systemEvent(openNs, 'O');
        sessionRecords.systemEvent(openNs, 'S');
        sessionRecords.directory(openNs, LobsterSession.INSTRUMENT_ID, symbol);
        sessionRecords.trading(openNs, LobsterSession.INSTRUMENT_ID, symbol);
        if (hasRow) {
            book.open(openNs, rows);
        }
        sessionRecords.systemEvent(openNs, 'Q');
    }

    private void writeRow() {
        switch (rows.type()) {
            case LobsterMessages.HIDDEN_EXECUTION:
                writer.event(
                        rows.timeNs(),
                        EventTypeCode.TRADE,
                        rows.side() + SideCode.BUY,
                        0,
                        0,
                        ++matchCount,
                        LobsterSession.INSTRUMENT_ID,
                        rows.price(),
                        rows.size());
                break;
            case LobsterMessages.CROSS:
                writeCross();
                break;
            case LobsterMessages.HALT:
                sessionRecords.tradingAction(
                        rows.timeNs(), LobsterSession.INSTRUMENT_ID, symbol, "HQT".charAt(rows.price() + 1));
                break;
            default:
                matchCount += rows.type() == LobsterMessages.EXECUTION ? 1 : 0;
                book.apply(rows, matchCount);
        }
        if (depth != null) {
            book.agree(rows.timeNs());
        }
    }

    private void writeCross() {
        cross.wrapAndApplyType(crossMessage, 0)
                .stockLocate(LobsterSession.INSTRUMENT_ID)
                .trackingNumber(0)
                .timestampNs(rows.timeNs());
        cross.stock(symbol)
                .shares(rows.size())
                .crossPrice(rows.price())
                .matchNumber(++matchCount)
                .crossType((byte) (rows.timeNs() < NOON_NS ? 'O' : 'C'));
        final int offset = writer.nextOffset();
        final int template =
                translator.translate(crossMessage, 0, CrossTrade.LENGTH, writer.buffer(), offset, writer.sequence());
        if (template < 0) {
            throw rows.wrong("the cross cannot be a record: " + template);
        }
    }

    private void closeSession() {
        isClosed = true;
        final long closeNs = Math.max(session.closeNs(), facts.lastNs());
        sessionRecords.systemEvent(closeNs, 'M');
        sessionRecords.systemEvent(closeNs, 'E');
        sessionRecords.systemEvent(closeNs, 'C');
    }

    /**
     * Orders that were added although no row enters them, as a part of the opening book.
     *
     * @return their number; with an order book file, which knows better, it may be less than the facts suggest.
     */
    public long openingOrderCount() {
        return book.openingOrderCount();
    }

    /**
     * Orders that were added although no row enters them, after the first row.
     *
     * @return their number so far.
     */
    public long lateOrderCount() {
        return book.lateOrderCount();
    }

    /**
     * How often a level that came into the order book file's view was made to agree with it.
     *
     * @return 0 without such a file.
     */
    public long enteredLevelCount() {
        return book.enteredLevelCount();
    }

    /**
     * How often a level that was in view all the time did not agree with the order book file, and was made to.
     *
     * @return 0 where the two files belong together.
     */
    public long correctedLevelCount() {
        return book.correctedLevelCount();
    }

    @Override
    public SourceState state() {
        return isClosed && fault == null && made.size() == 0 ? SourceState.ENDED : SourceState.ACTIVE;
    }

    @Override
    public List<Instrument> instruments() {
        return List.of(session.instrument());
    }

    @Override
    public Path fileOf(final LocalDate date, final int instrumentId) {
        return session.messages();
    }

    @Override
    public void close() throws IOException {
        try {
            rows.close();
        } finally {
            if (depth != null) {
                depth.close();
            }
        }
    }
}
