package io.tapedeck.engine.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.text.CsvChannel;
import io.tapedeck.engine.text.RecordCsv;
import io.tapedeck.testing.AllocationMeter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the tape through filters to every sink without an object per record. */
class ReplayAllocationTest {
    private static final LocalDate DATE = LocalDate.of(2026, 1, 2);
    private static final int COUNT = 60_000;
    private static final int RUNS = 12;

    @TempDir
    private Path folder;

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

    private long leastBytes(final EventSource source) throws IOException {
        try (FileChannel file = FileChannel.open(
                        folder.resolve("rows.csv"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                CsvChannel out = new CsvChannel(file)) {
            final ReplayHandler csv = new CsvSink(new RecordCsv(out, InstrumentTable.of(source.instruments())));
            final ReplayHandler hash = new HashSink();
            final ReplayHandler books = new BookSink(new OrderBooks(), null);
            final FilterHandler filter = new FilterHandler(
                    List.of(
                            new TimeFilter(0, Long.MAX_VALUE),
                            new TypeFilter(List.of("ADD", "EXECUTE", "DELETE", "R")),
                            new SymbolFilter(List.of("U0S1", "U0S2"), source.instruments())),
                    (slots, low, high) -> {
                        csv.onBatch(slots, low, high);
                        hash.onBatch(slots, low, high);
                        books.onBatch(slots, low, high);
                    });
            // A seek is not per record; it and the first batch, which opens the session, are not measured.
            long leastBytes = Long.MAX_VALUE;
            for (int run = 0; run < RUNS; run++) {
                source.seekTime(0);
                source.poll(filter, 1);
                leastBytes = Math.min(leastBytes, AllocationMeter.allocatedBytes(() -> drain(source, filter)));
            }
            assertThat(filter.inCount()).isGreaterThanOrEqualTo((long) RUNS * COUNT);
            return leastBytes;
        }
    }

    private static void drain(final EventSource source, final ReplayHandler handler) {
        try {
            JournalSourceTest.drain(source, handler, 256);
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
