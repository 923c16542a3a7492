package io.tapedeck.engine.importer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.text.BboRecorder;
import io.tapedeck.testing.AllocationMeter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the bytes of a file to books and rows of text without an object per message. */
class ItchAllocationTest {
    private static final int RUNS = 8;

    @TempDir
    private Path folder;

    @Test
    void shouldAllocateNothingPerMessageFromFileToBookToText() throws IOException {
        final Path file = Files.write(folder.resolve("sample.itch50"), ItchSample.file(1, 100_000));
        final OrderBooks books = new OrderBooks();
        final ItchBookBuilder builder = new ItchBookBuilder(books);
        try (FileChannel out = FileChannel.open(
                        folder.resolve("bbo.csv"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                BboRecorder recorder = new BboRecorder(out, builder.directory())) {
            long leastBytes = Long.MAX_VALUE;
            for (int run = 0; run < RUNS; run++) {
                books.clear();
                try (ItchFileReader reader = ItchFileReader.open(file)) {
                    // A channel makes one object of its own when it is first read; the first message is not missed.
                    reader.next();
                    final ItchBookReplay replay = new ItchBookReplay(reader, builder).recordBbo(recorder);
                    leastBytes = Math.min(leastBytes, AllocationMeter.allocatedBytes(() -> run(replay)));
                }
            }

            assertThat(recorder.rowCount()).isGreaterThan(RUNS * 5_000L);
            assertThat(leastBytes).isZero();
        }
    }

    private static void run(final ItchBookReplay replay) {
        try {
            replay.run();
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
