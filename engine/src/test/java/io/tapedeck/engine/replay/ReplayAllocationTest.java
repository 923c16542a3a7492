package io.tapedeck.engine.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.replay.pipeline.BackPressure;
import io.tapedeck.engine.replay.pipeline.ReplayPipeline;
import io.tapedeck.engine.replay.pipeline.ReplayStatistics;
import io.tapedeck.engine.replay.pipeline.SinkOptions;
import io.tapedeck.engine.replay.pipeline.VirtualClock;
import io.tapedeck.engine.text.CsvChannel;
import io.tapedeck.engine.text.RecordCsv;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the tape through filters to every sink without an object per record. */
class ReplayAllocationTest {
    private static final LocalDate DATE = LocalDate.of(2026, 1, 2);
    private static final int COUNT = 60_000;
    private static final int RUNS = 12;
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    private Path folder;

    /** Kept from run to run: books allocate while they grow. */
    private final OrderBooks books = new OrderBooks();

    @Test
    void shouldAllocateNothingPerRecordOfOneTape() throws IOException {
        final Path path = folder.resolve("tape.qrsdp");
        RandomTape.write(path, DATE, 0, COUNT, 1, RandomTape.risingTimes(1));
        try (JournalSource source = JournalSource.open(path)) {
            assertThat(leastBytes(source)).isZero();
        }
    }

    @Test
    void shouldAllocateNothingPerRecordOfUnitsThatAreMerged() throws IOException {
        RandomTape.write(folder.resolve("u0.qrsdp"), DATE, 0, COUNT, 1, RandomTape.risingTimes(1));
        RandomTape.write(folder.resolve("u1.qrsdp"), DATE, 1, COUNT, 2, RandomTape.risingTimes(2));
        try (MergedSource source = new MergedSource(List.of(
                JournalSource.open(folder.resolve("u0.qrsdp")), JournalSource.open(folder.resolve("u1.qrsdp"))))) {
            assertThat(leastBytes(source)).isZero();
        }
    }

    /** The least that a run allocates on the thread of the replay between its first batches and its last. */
    private long leastBytes(final EventSource source) throws IOException {
        long leastBytes = Long.MAX_VALUE;
        for (int run = 0; run < RUNS; run++) {
            source.seekTime(0);
            leastBytes = Math.min(leastBytes, bytes(source));
        }
        return leastBytes;
    }

    private long bytes(final EventSource source) throws IOException {
        final long total = source.eventCount();
        final long[] bytes = {-1, -1};
        try (CsvChannel out = new CsvChannel(new Discarding())) {
            final ReplayStatistics statistics = ReplayPipeline.from(source)
                    .timeRange(0, Long.MAX_VALUE)
                    .types(List.of("ADD", "EXECUTE", "DELETE", "R"))
                    .symbols(List.of("U0S1", "U0S2"))
                    .withoutPushDown()
                    .everyNthPerInstrument(2)
                    .hashSample(3, 1)
                    .map("same", (buffer, offset) -> true)
                    .batch(100, 1_000_000)
                    .virtualClock(new VirtualClock())
                    .sink("csv", new CsvSink(new RecordCsv(out, InstrumentTable.of(source.instruments()))))
                    .sink("hash", new HashSink())
                    .sink("books", new BookSink(books, null))
                    .sink(
                            "ring",
                            new CountSink(),
                            SinkOptions.DEFAULTS.withBackPressure(BackPressure.DROP_NEWEST, 1_024))
                    .onProgress(count -> {
                        if (bytes[0] < 0 && count >= COUNT / 2) {
                            bytes[0] = THREADS.getCurrentThreadAllocatedBytes();
                        } else if (count == total) {
                            bytes[1] = THREADS.getCurrentThreadAllocatedBytes();
                        }
                    })
                    .build()
                    .run();
            assertThat(statistics.readCount()).isEqualTo(total);
        }
        return bytes[1] - bytes[0];
    }

    private static final class Discarding implements WritableByteChannel {
        @Override
        public int write(final ByteBuffer source) {
            final int length = source.remaining();
            source.position(source.limit());
            return length;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
