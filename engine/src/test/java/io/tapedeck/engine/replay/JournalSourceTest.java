package io.tapedeck.engine.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.engine.replay.RandomTape.Row;
import io.tapedeck.engine.replay.RandomTape.Rows;
import io.tapedeck.journal.format2.Format2Reader;
import io.tapedeck.journal.format2.Format2Writer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One tape, closed or being written, against the records that were put on it. */
class JournalSourceTest {
    private static final LocalDate DATE = LocalDate.of(2026, 1, 2);
    private static final int COUNT = 2_000;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100, 256, 100_000})
    void shouldDeliverEveryRecordOnceInBatchesUpToTheLimit(final int limit) throws IOException {
        final Path path = folder.resolve("tape.qrsdp");
        final List<Row> expected = RandomTape.write(path, DATE, 0, COUNT, 1, RandomTape.wildTimes(1));
        final Rows rows = new Rows();
        try (EventSource source = JournalSource.open(path)) {
            drain(source, rows, limit);

            assertThat(source.state()).isEqualTo(SourceState.ENDED);
            assertThat(source.eventCount()).isEqualTo(COUNT);
            assertThat(source.instruments()).isEqualTo(RandomTape.instruments(0));
        }
        assertThat(rows.rows).isEqualTo(expected);
        assertThat(rows.largestBatch).isLessThanOrEqualTo(limit);
        assertThat(rows.isGapFree).isTrue();
        assertThat(rows.sessions).containsExactly(DATE);
    }

    @Test
    void shouldGoToTheFirstRecordThatASearchFromTheStartFinds() throws IOException {
        final Path path = folder.resolve("tape.qrsdp");
        final List<Row> all = RandomTape.write(path, DATE, 0, COUNT, 2, RandomTape.wildTimes(2));
        final SplittableRandom random = new SplittableRandom(3);
        try (EventSource source = JournalSource.open(path)) {
            for (int i = 0; i < 200; i++) {
                final long timeNs = all.get(random.nextInt(COUNT)).timeNs() + random.nextInt(-3, 4);
                final long sequence = random.nextInt(COUNT + 50);

                assertThat(source.seekTime(timeNs)).isTrue();
                assertThat(next(source)).isEqualTo(firstWith(all, row -> row.timeNs() >= timeNs));
                assertThat(source.seekSequence(sequence)).isTrue();
                assertThat(next(source)).isEqualTo(firstWith(all, row -> row.sequence() >= sequence));
            }
        }
    }

    @Test
    void shouldGiveTheHashThatTheTapeHas() throws IOException {
        final Path path = folder.resolve("tape.qrsdp");
        RandomTape.write(path, DATE, 0, COUNT, 4, RandomTape.wildTimes(4));
        final HashSink hash = new HashSink();
        try (EventSource source = JournalSource.open(path)) {
            Replay.run(source, hash, count -> {});
        }

        try (Format2Reader reader = Format2Reader.open(path)) {
            assertThat(hash.hash()).isEqualTo(reader.contentHash());
        }
    }

    @Test
    void shouldDeliverWhatCameBeforeDamageAndGoOnBehindIt() throws IOException {
        final Path path = folder.resolve("tape.qrsdp");
        final List<Row> all = RandomTape.write(path, DATE, 0, COUNT, 5, RandomTape.wildTimes(5));
        final long damaged;
        try (Format2Reader reader = Format2Reader.open(path)) {
            damaged = reader.chunk(7).offset() + 80;
        }
        final byte[] bytes = Files.readAllBytes(path);
        bytes[(int) damaged] ^= 1;
        Files.write(path, bytes);
        final Rows rows = new Rows();
        try (EventSource source = JournalSource.open(path)) {
            assertThatThrownBy(() -> Replay.run(source, rows, count -> {}))
                    .isInstanceOf(CorruptDataException.class)
                    .hasMessageContaining("tape.qrsdp: at offset");
            assertThat(rows.rows).isEqualTo(all.subList(0, 700));
            Replay.run(source, rows, count -> {});
        }
        final List<Row> whole = new ArrayList<>(all);
        whole.subList(700, 800).clear();
        assertThat(rows.rows).isEqualTo(whole);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64, 256})
    void shouldFollowATapeThatIsBeingWritten(final int limit) throws IOException {
        final Path path = folder.resolve("tape.qrsdp");
        final List<Row> written = new ArrayList<>();
        final Rows rows = new Rows();
        final Format2Writer writer = RandomTape.writer(path, DATE, 0);
        try (EventSource source = TailSource.open(path, 1)) {
            try (writer) {
                for (int part = 0; part < 10; part++) {
                    drain(source, rows, limit);
                    assertThat(source.state()).isEqualTo(SourceState.CAUGHT_UP);
                    assertThat(rows.rows).isEqualTo(written);
                    RandomTape.append(writer, 0, 37 * part, part, RandomTape.wildTimes(part), written);
                    writer.closeChunk();
                }
            }
            drain(source, rows, limit);
            assertThat(source.state()).isEqualTo(SourceState.ENDED);
            assertThat(source.seekTime(0)).isTrue();
            assertThat(next(source)).isEqualTo(written.get(0));
        }
        assertThat(rows.rows).isEqualTo(written).isNotEmpty();
        assertThat(rows.largestBatch).isLessThanOrEqualTo(limit);
        assertThat(rows.sessions).containsExactly(DATE);
    }

    /** Polls until there is nothing more now. */
    static void drain(final EventSource source, final ReplayHandler handler, final int limit) throws IOException {
        int count;
        do {
            count = source.poll(handler, limit);
        } while (count > 0 || source.state() == SourceState.ACTIVE);
    }

    private static Row next(final EventSource source) throws IOException {
        final Rows rows = new Rows();
        return source.poll(rows, 1) == 0 ? null : rows.rows.get(0);
    }

    private static Row firstWith(final List<Row> rows, final Predicate<Row> wanted) {
        return rows.stream().filter(wanted).findFirst().orElse(null);
    }
}
