package io.tapedeck.engine.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.engine.book.OrderBooks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files from {@link ItchSample}, with {@link NaiveItchBooks} as the oracle. */
class ItchBookReplayTest {
    private static final long SECOND_NS = 1_000_000_000L;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldWriteWhatTheNaiveBooksSay(final long seed) throws IOException {
        final byte[] file = ItchSample.file(seed, 5_000);
        final NaiveItchBooks naive = NaiveItchBooks.of(file);
        final ReplayedFile replayed = ReplayedFile.of(write(file));

        assertThat(replayed.bboRows().subList(1, replayed.bboRows().size()))
                .hasSizeGreaterThan(300)
                .isEqualTo(naive.bboRows);
        assertThat(replayed.depthRows()).hasSizeGreaterThan(50).isEqualTo(naive.depthRows());
    }

    @Test
    void shouldStopInFrontOfTheFirstLaterMessage() throws IOException {
        final byte[] file = ItchSample.file(4, 1_000);
        final List<Integer> frames = frameStarts(file);
        for (int message = 20; message < 1_000; message += 97) {
            final long timeNs = timeOf(file, frames.get(message));
            int end = message;
            while (end < frames.size() && timeOf(file, frames.get(end)) <= timeNs) {
                end++;
            }
            final byte[] before = Arrays.copyOf(file, end < frames.size() ? frames.get(end) : file.length);

            final ReplayedFile stopped = ReplayedFile.until(write(file), timeNs);

            assertThat(stopped.messages()).isEqualTo(end);
            assertThat(stopped.depthRows()).isEqualTo(NaiveItchBooks.of(before).depthRows());
        }
    }

    @Test
    void shouldGiveSnapshotsOfTheBooksAsTheyWereAtEachSecond() throws IOException {
        final Path file = write(ItchSample.file(5, 5_000));
        final Map<Long, List<String>> snapshots = new TreeMap<>();
        final ItchBookBuilder builder = new ItchBookBuilder(new OrderBooks());
        try (ItchFileReader reader = ItchFileReader.open(file)) {
            new ItchBookReplay(reader, builder)
                    .giveSnapshots(SECOND_NS, timeNs -> snapshots.put(timeNs, ReplayedFile.depth(builder)))
                    .run();
        }

        assertThat(snapshots).hasSizeGreaterThan(5);
        for (final Map.Entry<Long, List<String>> snapshot : snapshots.entrySet()) {
            assertThat(snapshot.getKey() % SECOND_NS).isZero();
            assertThat(snapshot.getValue())
                    .isEqualTo(ReplayedFile.until(file, snapshot.getKey()).depthRows());
        }
    }

    @Test
    void shouldGiveOneSnapshotWhenTheTapeIsSilentForLong() throws IOException {
        final byte[] file = ItchSample.file(6, 10);
        final int last = frameStarts(file).get(frameStarts(file).size() - 1);
        // The upper two of the six bytes of the last message's time: hours later.
        file[last + 2 + 5] = 0x7F;
        final List<Long> times = new ArrayList<>();
        try (ItchFileReader reader = ItchFileReader.open(write(file))) {
            new ItchBookReplay(reader, new ItchBookBuilder(new OrderBooks()))
                    .giveSnapshots(SECOND_NS, times::add)
                    .run();
        }

        assertThat(times).hasSize(1);
        assertThat(times.get(0)).isBetween(timeOf(file, last) - SECOND_NS, timeOf(file, last));
    }

    @Test
    void shouldHaveToldAllWholeMessagesWhenTheFileIsCut() throws IOException {
        final byte[] file = ItchSample.file(7, 100);
        final byte[] cut = Arrays.copyOf(file, file.length - 1);
        final List<Integer> frames = frameStarts(file);
        final byte[] whole = Arrays.copyOf(file, frames.get(frames.size() - 1));
        final ItchBookBuilder builder = new ItchBookBuilder(new OrderBooks());
        try (ItchFileReader reader = ItchFileReader.open(write(cut))) {
            final ItchBookReplay replay = new ItchBookReplay(reader, builder);
            assertThatThrownBy(replay::run)
                    .isInstanceOf(CorruptDataException.class)
                    .hasMessageContaining("at offset " + whole.length);
        }

        assertThat(ReplayedFile.depth(builder))
                .isEqualTo(NaiveItchBooks.of(whole).depthRows());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 1L << 48})
    void shouldRefuseASnapshotIntervalOutOfRange(final long intervalNs) throws IOException {
        try (ItchFileReader reader = ItchFileReader.open(write(new byte[0]))) {
            final ItchBookReplay replay = new ItchBookReplay(reader, new ItchBookBuilder(new OrderBooks()));
            assertThatThrownBy(() -> replay.giveSnapshots(intervalNs, timeNs -> {}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("intervalNs=" + intervalNs);
        }
    }

    private static List<Integer> frameStarts(final byte[] file) {
        final List<Integer> starts = new ArrayList<>();
        for (int at = 0; at < file.length; at += 2 + ByteBuffer.wrap(file).getShort(at)) {
            starts.add(at);
        }
        return starts;
    }

    private static long timeOf(final byte[] file, final int frame) {
        return ByteBuffer.wrap(file).getLong(frame + 2 + 3) & 0xFFFF_FFFF_FFFFL;
    }

    private Path write(final byte[] file) throws IOException {
        return Files.write(folder.resolve("sample.itch50"), file);
    }
}
