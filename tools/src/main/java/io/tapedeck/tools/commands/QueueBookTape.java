package io.tapedeck.tools.commands;

import io.tapedeck.codecs.itch.Alpha;
import io.tapedeck.codecs.qrsdp1.Qrsdp1RecordFlyweight;
import io.tapedeck.codecs.qrsdp1.QueueSide;
import io.tapedeck.codecs.translation.InstrumentDirectory;
import io.tapedeck.codecs.translation.LocateDirectory;
import io.tapedeck.engine.book.Side;
import io.tapedeck.engine.model.LadderBook;
import io.tapedeck.engine.replay.QueueBookReplay;
import io.tapedeck.engine.replay.SnapshotGrid;
import io.tapedeck.engine.text.BboRecorder;
import io.tapedeck.engine.text.DepthWriter;
import io.tapedeck.journal.format1.Format1Cursor;
import io.tapedeck.journal.format1.Format1Reader;
import io.tapedeck.tools.cli.Progress;
import io.tapedeck.tools.cli.Report;
import java.io.IOException;

/** A journal of format 1: one book of counts, each count an order of one share. */
final class QueueBookTape implements BookTape {
    private static final int INSTRUMENT_ID = 1;
    private static final int EVENTS_PER_PROGRESS = 1 << 16;

    private final Tape tape;
    private final Format1Reader reader;
    private final QueueBookReplay replay;
    private final LocateDirectory directory = new LocateDirectory();
    private SnapshotGrid snapshots;

    QueueBookTape(final Tape tape) throws IOException {
        this.tape = tape;
        reader = Format1Reader.open(tape.file());
        replay = new QueueBookReplay(reader.header());
        directory.define(
                INSTRUMENT_ID, Alpha.toLong(tape.symbol()), reader.header().tickSize());
    }

    @Override
    public InstrumentDirectory directory() {
        return directory;
    }

    @Override
    public void giveSnapshots(final long intervalNs, final SnapshotGrid.Listener listener) {
        snapshots = new SnapshotGrid(intervalNs, listener);
        snapshots.beginAt(reader.header().marketOpenNs());
    }

    @Override
    public void play(final BboRecorder bbo, final long endNs, final Progress progress) throws IOException {
        final LadderBook book = replay.book();
        try (Format1Cursor cursor = reader.cursor()) {
            cursor.seek(0, endNs);
            while (cursor.next()) {
                final Qrsdp1RecordFlyweight record = cursor.record();
                if (snapshots != null) {
                    snapshots.beforeEvent(record.timestampNs());
                }
                replay.apply(record);
                if (bbo != null) {
                    bbo.onTouch(
                            replay.eventCount(),
                            record.timestampNs(),
                            INSTRUMENT_ID,
                            book.bestAskTicks(),
                            book.depth(QueueSide.ASK, 0),
                            book.bestBidTicks(),
                            book.depth(QueueSide.BID, 0));
                }
                if (replay.eventCount() % EVENTS_PER_PROGRESS == 0) {
                    progress.update(replay.eventCount(), (double) replay.eventCount() / reader.recordCount());
                }
            }
        }
    }

    @Override
    public DepthWriter addDepth(final DepthWriter writer) {
        final LadderBook book = replay.book();
        for (int level = 0; level < book.levels(); level++) {
            addLevel(writer, Side.BID, book.priceTicks(QueueSide.BID, level), book.depth(QueueSide.BID, level));
            addLevel(writer, Side.ASK, book.priceTicks(QueueSide.ASK, level), book.depth(QueueSide.ASK, level));
        }
        return writer;
    }

    private static void addLevel(final DepthWriter writer, final int side, final int priceTicks, final int depth) {
        if (depth > 0) {
            writer.addLevel(INSTRUMENT_ID, side, priceTicks, depth, depth);
        }
    }

    @Override
    public void describe(final Report report) {
        final LadderBook book = replay.book();
        report.add("symbol", "symbol", tape.symbol())
                .add("events", "events", replay.eventCount())
                .add(
                        "bestBidTicks",
                        "best bid, ticks",
                        book.bestBidTicks(),
                        book.bestBidTicks() + " x " + book.depth(QueueSide.BID, 0))
                .add(
                        "bestAskTicks",
                        "best ask, ticks",
                        book.bestAskTicks(),
                        book.bestAskTicks() + " x " + book.depth(QueueSide.ASK, 0))
                .add("moves", "best-price moves", replay.moveCount())
                .add("pathHash", "hash of all states", String.format("%016x", replay.pathHash()));
        if (replay.incoherence() != null) {
            report.add(
                    "incoherence",
                    "INCOHERENT",
                    replay.incoherence(),
                    replay.incoherence()
                            + "; the book above is the one before it. A session with re-initialisations looks like this, as"
                            + " format 1 does not record them");
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
