package io.tapedeck.tools.commands;

import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_TIME_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SEQUENCE_OFFSET;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.codecs.translation.InstrumentDirectory;
import io.tapedeck.engine.book.BookOutcome;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.replay.BookSink;
import io.tapedeck.engine.replay.EventSource;
import io.tapedeck.engine.replay.InstrumentTable;
import io.tapedeck.engine.replay.JournalSource;
import io.tapedeck.engine.replay.ReplayHandler;
import io.tapedeck.engine.replay.SnapshotGrid;
import io.tapedeck.engine.replay.SourceState;
import io.tapedeck.engine.replay.snapshot.BookSnapshot;
import io.tapedeck.engine.text.BboRecorder;
import io.tapedeck.engine.text.DepthWriter;
import io.tapedeck.journal.manifest.SessionMetadata;
import io.tapedeck.tools.cli.Progress;
import io.tapedeck.tools.cli.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;

/** A session of format 2, of one unit or of several: the order-level books of all its instruments. */
final class JournalBookTape implements BookTape {
    private static final int BATCH_LIMIT = 256;

    private final EventSource source;
    private final InstrumentDirectory directory;
    private final BookSnapshot start;
    private final OrderBooks books;
    private SnapshotGrid snapshots;
    private BookSink sink;
    private long count;
    private long lastSequence;
    private long lastTimeNs;

    /**
     * Opens a session.
     *
     * @param resumedFile snapshot to go on from; null to begin at the start.
     */
    JournalBookTape(final Path path, final Path resumedFile) throws IOException {
        start = resumedFile == null ? null : BookSnapshot.read(resumedFile);
        books = start == null ? new OrderBooks() : start.books();
        source = JournalTapes.openSession(path);
        directory = InstrumentTable.of(source.instruments());
        if (start != null) {
            lastSequence = start.sequence();
            lastTimeNs = start.timeNs();
            try {
                requireTape(start.date(), start.unit());
                source.seekSequence(start.sequence() + 1);
            } catch (final IOException | RuntimeException ex) {
                source.close();
                throw ex;
            }
        }
    }

    /** A snapshot belongs to one tape, whose records have the numbers that it knows. */
    private void requireTape(final LocalDate date, final int unit) {
        final SessionMetadata metadata = requireOneTape().metadata();
        if (!metadata.sessionDate().equals(date) || metadata.unit() != unit) {
            throw new IllegalArgumentException("the snapshot is of " + date + ", unit " + unit + ", the tape of "
                    + metadata.sessionDate() + ", unit " + metadata.unit());
        }
    }

    private JournalSource requireOneTape() {
        if (source instanceof JournalSource) {
            return (JournalSource) source;
        }
        throw new IllegalArgumentException("a snapshot belongs to one tape; name the file, not the folder");
    }

    @Override
    public InstrumentDirectory directory() {
        return directory;
    }

    @Override
    public void giveSnapshots(final long intervalNs, final SnapshotGrid.Listener listener) {
        snapshots = new SnapshotGrid(intervalNs, listener);
    }

    @Override
    public void play(final BboRecorder bbo, final long endNs, final Progress progress) throws IOException {
        sink = new BookSink(books, bbo);
        if (start != null) {
            sink.resume(start.date(), start.isMarketOpen());
        }
        final UntilTime untilTime = new UntilTime(endNs);
        try {
            while (!untilTime.isOver
                    && (source.poll(untilTime, BATCH_LIMIT) > 0 || source.state() == SourceState.ACTIVE)) {
                progress.update(count, (double) count / source.eventCount());
            }
        } catch (final UncheckedIOException ex) {
            throw ex.getCause();
        }
    }

    @Override
    public void save(final Path file) throws IOException {
        final SessionMetadata metadata = requireOneTape().metadata();
        new BookSnapshot(metadata.sessionDate(), metadata.unit(), lastSequence, lastTimeNs, sink.isMarketOpen(), books)
                .write(file);
    }

    /** Hands on what is not later than a time, with the snapshots in between. */
    private final class UntilTime implements ReplayHandler {
        private final long endNs;
        private boolean isOver;

        UntilTime(final long endNs) {
            this.endNs = endNs;
        }

        @Override
        public void onSession(final LocalDate date) {
            sink.onSession(date);
        }

        @Override
        public void onBatch(final SlotArray slots, final long low, final long high) {
            for (long at = low; at <= high && !isOver; at++) {
                final long timeNs = slots.buffer().getLong(slots.offset(at) + EVENT_TIME_OFFSET, LITTLE_ENDIAN);
                isOver = timeNs > endNs;
                if (!isOver) {
                    snapshotBefore(timeNs);
                    sink.onBatch(slots, at, at);
                    count++;
                    lastSequence = slots.buffer().getLong(slots.offset(at) + SEQUENCE_OFFSET, LITTLE_ENDIAN);
                    lastTimeNs = timeNs;
                }
            }
        }
    }

    private void snapshotBefore(final long timeNs) {
        if (snapshots != null) {
            try {
                snapshots.beforeEvent(timeNs);
            } catch (final IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }
    }

    @Override
    public DepthWriter addDepth(final DepthWriter writer) {
        return writer.add(books);
    }

    @Override
    public void describe(final Report report) {
        report.add("records", "records", count)
                .add("events", "events applied", sink.builder().appliedCount())
                .add("unknownReferences", "unknown order references", books.outcomeCount(BookOutcome.UNKNOWN_ORDER));
        OrderBooksReport.addOutcomes(report, books);
        OrderBooksReport.addBooks(report, books, directory);
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
