package io.tapedeck.engine.replay.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.replay.BookSink;
import io.tapedeck.engine.replay.EventSource;
import io.tapedeck.engine.replay.JournalSource;
import io.tapedeck.engine.replay.RandomTape;
import io.tapedeck.engine.replay.Replay;
import io.tapedeck.engine.replay.SimulatedDay;
import io.tapedeck.engine.replay.sink.JournalSink;
import io.tapedeck.testing.ByteMutator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Books that are put away and taken up again. */
class BookSnapshotTest {
    private static final int MUTANTS = Integer.getInteger("tapedeck.mutants", 1_000);

    @TempDir
    private static Path folder;

    private static Path tape;
    private static long count;
    private static long finalHash;

    @BeforeAll
    static void record() throws IOException {
        tape = folder.resolve("tape.qrsdp");
        try (EventSource source = SimulatedDay.source(4, 20, 1)) {
            Replay.run(source, JournalSink.create(tape, RandomTape.metadata(SimulatedDay.DATE, 0), false), done -> {});
        }
        final BookSink books = new BookSink(new OrderBooks(), null);
        try (EventSource source = JournalSource.open(tape)) {
            count = Replay.run(source, books, done -> {});
        }
        finalHash = BookSnapshot.hash(books.builder().books());
    }

    private static BookSnapshot at(final long sequence) throws IOException {
        final BookSink sink = new BookSink(new OrderBooks(), null);
        try (EventSource source = JournalSource.open(tape)) {
            long left = sequence;
            while (left > 0) {
                left -= source.poll(sink, (int) Math.min(left, 256));
            }
        }
        return new BookSnapshot(
                SimulatedDay.DATE,
                0,
                sequence,
                sequence * 10,
                sink.isMarketOpen(),
                sink.builder().books());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void shouldComeToTheSameBooksFromASnapshotAsFromTheStart(final long seed) throws IOException {
        final long sequence = seed == 1 ? 0 : seed == 2 ? count : new SplittableRandom(seed).nextLong(1, count);
        final Path path = folder.resolve("books.snapshot");
        final BookSnapshot written = at(sequence);
        written.write(path);

        final BookSnapshot read = BookSnapshot.read(path);
        assertThat(read.sequence()).isEqualTo(sequence);
        assertThat(read.timeNs()).isEqualTo(sequence * 10);
        assertThat(read.date()).isEqualTo(SimulatedDay.DATE);
        assertThat(read.isMarketOpen()).isEqualTo(written.isMarketOpen());
        assertThat(BookSnapshot.hash(read.books())).isEqualTo(BookSnapshot.hash(written.books()));
        final BookSink books = new BookSink(read.books(), null).resume(read.date(), read.isMarketOpen());
        try (EventSource source = JournalSource.open(tape)) {
            source.seekSequence(sequence + 1);
            assertThat(Replay.run(source, books, done -> {})).isEqualTo(count - sequence);
        }
        assertThat(BookSnapshot.hash(books.builder().books())).isEqualTo(finalHash);
        assertThat(books.builder().refusedCount()).isZero();
        assertThat(books.isMarketOpen()).isTrue();
    }

    /** With a checksum that is right again, half of the time. */
    @Test
    void shouldRefuseEveryMutantOrHaveTheSameBooks() throws IOException {
        final Path path = folder.resolve("books.snapshot");
        at(count / 2).write(path);
        final byte[] whole = Files.readAllBytes(path);
        final Path mutantPath = folder.resolve("mutant.snapshot");
        int refused = 0;
        for (int i = 0; i < MUTANTS; i++) {
            final byte[] mutant = ByteMutator.mutate(whole, i, 56);
            if (i % 2 == 0 && mutant.length > 4) {
                final CRC32C crc = new CRC32C();
                crc.update(mutant, 0, mutant.length - 4);
                ByteBuffer.wrap(mutant).order(ByteOrder.LITTLE_ENDIAN).putInt(mutant.length - 4, (int) crc.getValue());
            }
            Files.write(mutantPath, mutant);
            try {
                assertThat(BookSnapshot.hash(BookSnapshot.read(mutantPath).books()))
                        .isEqualTo(ByteBuffer.wrap(mutant)
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .getLong(40));
            } catch (final CorruptDataException expected) {
                assertThat(expected).hasMessageContaining("mutant.snapshot: at offset");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(MUTANTS / 2);
    }

    @Test
    void shouldRefuseToGoOnWithTheBooksOfAnotherSession() throws IOException {
        final BookSink books = new BookSink(new OrderBooks(), null).resume(SimulatedDay.DATE.plusDays(1), true);
        try (EventSource source = JournalSource.open(tape)) {
            assertThatThrownBy(() -> Replay.run(source, books, done -> {}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("2026-01-03, the session is of 2026-01-02");
        }
    }
}
