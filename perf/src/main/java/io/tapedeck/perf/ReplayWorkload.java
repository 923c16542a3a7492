package io.tapedeck.perf;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.replay.BookSink;
import io.tapedeck.engine.replay.CsvSink;
import io.tapedeck.engine.replay.InstrumentTable;
import io.tapedeck.engine.replay.JournalSource;
import io.tapedeck.engine.replay.RecordBookBuilder;
import io.tapedeck.engine.replay.ReplayHandler;
import io.tapedeck.engine.replay.SourceState;
import io.tapedeck.engine.replay.feature.FeatureSink;
import io.tapedeck.engine.replay.feature.Features;
import io.tapedeck.engine.replay.feature.Trigger;
import io.tapedeck.engine.replay.pipeline.ReplayPipeline;
import io.tapedeck.engine.replay.pipeline.ReplayStatistics;
import io.tapedeck.engine.run.UnitConsumers;
import io.tapedeck.engine.run.UnitDayResult;
import io.tapedeck.engine.text.CsvChannel;
import io.tapedeck.engine.text.RecordCsv;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.List;

/** Replays a simulated day of one symbol from the page cache, through the pipeline. */
final class ReplayWorkload implements Workload {
    private static final List<String> FEATURES =
            List.of("mid", "micro", "spread", "imbalance:5", "ofi", "volume", "variance");

    private final Kind kind;
    private final TemporaryRun run = new TemporaryRun();
    private final Path file;
    private final long records;
    private final OrderBooks books = new OrderBooks();
    private long expected;

    /** What is done with the records. */
    enum Kind {
        SCAN,
        BOOK,
        BOOK_IN_LOOP,
        FEATURES,
        CSV
    }

    ReplayWorkload(final Kind kind) throws IOException, InterruptedException {
        this.kind = kind;
        final UnitDayResult day = run.run(UnitConsumers.NONE).days().get(0);
        file = day.file();
        records = day.entry().recordCount();
    }

    @Override
    public long run() throws IOException {
        switch (kind) {
            case CSV:
                return csv();
            case BOOK_IN_LOOP:
                return bookInLoop();
            default:
                return scan();
        }
    }

    private long scan() throws IOException {
        final long[] sum = new long[1];
        try (JournalSource source = JournalSource.open(file)) {
            final FeatureSink features = new FeatureSink(
                    Features.of(FEATURES),
                    Trigger.parse("touch"),
                    InstrumentTable.of(source.instruments()),
                    (sequence, timeNs, instrumentId, values) -> {});
            final ReplayHandler handler = kind == Kind.SCAN
                    ? (slots, low, high) -> sum[0] += sum(slots, low, high)
                    : kind == Kind.BOOK ? new BookSink(books, null) : features;
            final ReplayStatistics statistics =
                    ReplayPipeline.from(source).sink("sink", handler).build().run();
            Workload.require(statistics.readCount() == records, statistics + " of " + records);
            requireSame(
                    kind == Kind.SCAN
                            ? sum[0]
                            : kind == Kind.BOOK ? books.book(1).hash() : features.rowCount());
        }
        Workload.require(
                kind != Kind.SCAN || expected == records * (records + 1) / 2, "a record is missing or came twice");
        return records;
    }

    private long bookInLoop() throws IOException {
        books.clear();
        final RecordBookBuilder builder = new RecordBookBuilder(books);
        long read = 0;
        try (JournalSource source = JournalSource.open(file)) {
            while (source.state() != SourceState.ENDED) {
                read += source.pollEvents(builder);
            }
        }
        Workload.require(read == records && builder.refusedCount() == 0, read + " records of " + records);
        requireSame(books.book(1).hash());
        return records;
    }

    private static long sum(final SlotArray slots, final long low, final long high) {
        long sum = 0;
        for (long at = low; at <= high; at++) {
            sum += slots.buffer().getLong(slots.offset(at) + EventSlotDescriptor.SEQUENCE_OFFSET, LITTLE_ENDIAN);
        }
        return sum;
    }

    private long csv() throws IOException {
        final Discarding channel = new Discarding();
        final long rows;
        try (JournalSource source = JournalSource.open(file);
                CsvChannel out = new CsvChannel(channel)) {
            rows = ReplayPipeline.from(source)
                    .types(List.of("ADD", "DELETE", "EXECUTE"))
                    .sink("csv", new CsvSink(new RecordCsv(out, InstrumentTable.of(source.instruments()))))
                    .build()
                    .run()
                    .stage("csv")
                    .emittedCount();
        }
        requireSame(channel.bytes);
        Workload.require(channel.bytes > 40 * rows && rows > records / 2, channel.bytes + " bytes, " + rows + " rows");
        return rows;
    }

    private void requireSame(final long result) {
        Workload.require(expected == 0 || result == expected, "another result than in the run before");
        expected = result;
    }

    private static final class Discarding implements WritableByteChannel {
        private long bytes;

        @Override
        public int write(final ByteBuffer source) {
            final int count = source.remaining();
            source.position(source.limit());
            bytes += count;
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
