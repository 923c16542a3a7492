package io.tapedeck.tools.commands;

import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_TIME_OFFSET;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.codecs.translation.InstrumentDirectory;
import io.tapedeck.engine.book.BookOutcome;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.importer.ItchBookReplay.SnapshotListener;
import io.tapedeck.engine.replay.BookSink;
import io.tapedeck.engine.replay.EventSource;
import io.tapedeck.engine.replay.InstrumentTable;
import io.tapedeck.engine.replay.ReplayHandler;
import io.tapedeck.engine.replay.SourceState;
import io.tapedeck.engine.text.BboRecorder;
import io.tapedeck.engine.text.DepthWriter;
import io.tapedeck.tools.cli.Progress;
import io.tapedeck.tools.cli.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A session of format 2, of one unit or of several: the order-level books of all its instruments. */
final class JournalBookTape implements BookTape {
    private static final int BATCH_LIMIT = 256;

    private final EventSource source;
    private final InstrumentDirectory directory;
    private final OrderBooks books = new OrderBooks();
    private SnapshotListener snapshots;
    private long snapshotIntervalNs;
    private long nextSnapshotNs = -1;
    private long count;
    private long appliedCount;

    JournalBookTape(final Path path) throws IOException {
        source = JournalTapes.openSession(path);
        directory = InstrumentTable.of(source.instruments());
    }

    @Override
    public InstrumentDirectory directory() {
        return directory;
    }

    @Override
    public void giveSnapshots(final long intervalNs, final SnapshotListener listener) {
        snapshotIntervalNs = intervalNs;
        snapshots = listener;
    }

    @Override
    public void play(final BboRecorder bbo, final long endNs, final Progress progress) throws IOException {
        final BookSink sink = new BookSink(books, bbo);
        final UntilTime untilTime = new UntilTime(sink, endNs);
        try {
            while (!untilTime.isOver
                    && (source.poll(untilTime, BATCH_LIMIT) > 0 || source.state() == SourceState.ACTIVE)) {
                progress.update(count, (double) count / source.eventCount());
            }
        } catch (final UncheckedIOException ex) {
            throw ex.getCause();
        }
        appliedCount = sink.builder().appliedCount();
    }

    /** Hands on what is not later than a time, with the snapshots in between. */
    private final class UntilTime implements ReplayHandler {
        private final BookSink sink;
        private final long endNs;
        private boolean isOver;

        UntilTime(final BookSink sink, final long endNs) {
            this.sink = sink;
            this.endNs = endNs;
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
                }
            }
        }
    }

    private void snapshotBefore(final long timeNs) {
        if (snapshots == null) {
            return;
        }
        if (nextSnapshotNs < 0) {
            nextSnapshotNs = (timeNs + snapshotIntervalNs - 1) / snapshotIntervalNs * snapshotIntervalNs;
        }
        if (timeNs > nextSnapshotNs) {
            final long lastNs = (timeNs - 1) / snapshotIntervalNs * snapshotIntervalNs;
            try {
                snapshots.onSnapshot(lastNs);
            } catch (final IOException ex) {
                throw new UncheckedIOException(ex);
            }
            nextSnapshotNs = lastNs + snapshotIntervalNs;
        }
    }

    @Override
    public DepthWriter addDepth(final DepthWriter writer) {
        return writer.add(books);
    }

    @Override
    public void describe(final Report report) {
        report.add("records", "records", count)
                .add("events", "events applied", appliedCount)
                .add("unknownReferences", "unknown order references", books.outcomeCount(BookOutcome.UNKNOWN_ORDER));
        OrderBooksReport.addOutcomes(report, books);
        OrderBooksReport.addBooks(report, books, directory);
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
