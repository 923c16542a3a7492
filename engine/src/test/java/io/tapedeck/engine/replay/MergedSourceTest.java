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
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Units merged, against a sort and against the plainest of merges. */
class MergedSourceTest {
    private static final LocalDate DATE = LocalDate.of(2026, 1, 2);

    @TempDir
    private Path folder;

    /** Units are told apart by the instruments of {@link RandomTape}. */
    private static int unit(final Row row) {
        return (row.instrumentId() - 1) / 4;
    }

    @ParameterizedTest(name = "{0} units, limit {1}, seed {2}")
    @CsvSource({"1, 256, 1", "2, 1, 2", "2, 256, 3", "3, 7, 4", "5, 256, 5", "16, 100, 6"})
    void shouldGiveTheOrderThatASortByTimeAndUnitGives(final int units, final int limit, final long seed)
            throws IOException {
        final List<Row> expected = new ArrayList<>();
        final List<EventSource> sources = new ArrayList<>();
        for (int unit = 0; unit < units; unit++) {
            final int count = unit == 1 ? 0 : 300 + 97 * unit;
            final Path path = folder.resolve("u" + unit + ".qrsdp");
            expected.addAll(
                    RandomTape.write(path, DATE, unit, count, seed + unit, RandomTape.risingTimes(seed * unit)));
            sources.add(JournalSource.open(path));
        }
        // The sort is stable and the rows stand unit after unit, each in its own order.
        expected.sort(Comparator.comparingLong(Row::timeNs));
        final Rows rows = new Rows();
        try (EventSource merged = new MergedSource(sources)) {
            JournalSourceTest.drain(merged, rows, limit);
            assertThat(merged.eventCount()).isEqualTo(expected.size());
            assertThat(merged.instruments()).hasSize(4 * units);
        }

        assertThat(rows.rows).isEqualTo(expected);
        assertThat(rows.largestBatch).isLessThanOrEqualTo(limit);
        assertThat(rows.isGapFree).isTrue();
        assertThat(rows.sessions).containsExactly(DATE);
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "3, 2", "4, 3"})
    void shouldKeepEachUnitsOwnOrderWhereTimesFall(final int units, final long seed) throws IOException {
        final List<List<Row>> tapes = new ArrayList<>();
        final List<EventSource> sources = new ArrayList<>();
        for (int unit = 0; unit < units; unit++) {
            final Path path = folder.resolve("u" + unit + ".qrsdp");
            tapes.add(RandomTape.write(path, DATE, unit, 700, seed + unit, RandomTape.wildTimes(seed * 31 + unit)));
            sources.add(JournalSource.open(path));
        }
        final Rows rows = new Rows();
        try (EventSource merged = new MergedSource(sources)) {
            JournalSourceTest.drain(merged, rows, 256);
        }

        assertThat(rows.rows).isEqualTo(plainMerge(tapes));
    }

    /** One record at a time: of those in front, the earliest, and of the earliest the one of the lowest unit. */
    private static List<Row> plainMerge(final List<List<Row>> tapes) {
        final int[] next = new int[tapes.size()];
        final List<Row> merged = new ArrayList<>();
        while (true) {
            int first = -1;
            for (int unit = 0; unit < next.length; unit++) {
                if (next[unit] < tapes.get(unit).size()
                        && (first < 0
                                || tapes.get(unit).get(next[unit]).timeNs()
                                        < tapes.get(first).get(next[first]).timeNs())) {
                    first = unit;
                }
            }
            if (first < 0) {
                return merged;
            }
            merged.add(tapes.get(first).get(next[first]++));
        }
    }

    @Test
    void shouldWaitForALiveUnitAndThenGiveTheSameOrder() throws IOException {
        final List<Row> closed =
                RandomTape.write(folder.resolve("u0.qrsdp"), DATE, 0, 500, 1, RandomTape.risingTimes(1));
        final List<Row> live = new ArrayList<>();
        final Rows rows = new Rows();
        final Format2Writer writer = RandomTape.writer(folder.resolve("u1.qrsdp"), DATE, 1);
        try (EventSource merged = new MergedSource(List.of(
                JournalSource.open(folder.resolve("u0.qrsdp")), TailSource.open(folder.resolve("u1.qrsdp"), 1)))) {
            try (writer) {
                JournalSourceTest.drain(merged, rows, 256);
                assertThat(merged.state()).isEqualTo(SourceState.CAUGHT_UP);
                assertThat(rows.rows).isEmpty();

                RandomTape.append(writer, 1, 200, 2, RandomTape.risingTimes(2), live);
                writer.closeChunk();
                JournalSourceTest.drain(merged, rows, 256);
                final long lastNs = live.get(live.size() - 1).timeNs();
                assertThat(rows.rows).isNotEmpty().allMatch(row -> row.timeNs() <= lastNs);
                assertThat(rows.rows).anyMatch(row -> unit(row) == 1);
            }
            JournalSourceTest.drain(merged, rows, 256);
            assertThat(merged.state()).isEqualTo(SourceState.ENDED);
        }
        assertThat(rows.rows).isEqualTo(plainMerge(List.of(closed, live)));
    }

    @Test
    void shouldEnterAllUnitsAtATime() throws IOException {
        final List<List<Row>> tapes = new ArrayList<>();
        final List<EventSource> sources = new ArrayList<>();
        for (int unit = 0; unit < 3; unit++) {
            final Path path = folder.resolve("u" + unit + ".qrsdp");
            tapes.add(RandomTape.write(path, DATE, unit, 700, unit, RandomTape.risingTimes(unit)));
            sources.add(JournalSource.open(path));
        }
        final long timeNs = tapes.get(1).get(400).timeNs();
        final Rows rows = new Rows();
        try (EventSource merged = new MergedSource(sources)) {
            merged.poll(new Rows(), 100);
            assertThat(merged.seekTime(timeNs)).isTrue();
            assertThat(merged.seekSequence(5)).isFalse();
            JournalSourceTest.drain(merged, rows, 256);
        }
        assertThat(rows.rows)
                .isEqualTo(plainMerge(tapes).stream()
                        .filter(row -> row.timeNs() >= timeNs)
                        .toList());
    }

    @Test
    void shouldDeliverWhatIsCertainBeforeItReportsDamage() throws IOException {
        final List<Row> whole =
                RandomTape.write(folder.resolve("u0.qrsdp"), DATE, 0, 1_000, 1, RandomTape.risingTimes(1));
        final List<Row> damaged =
                RandomTape.write(folder.resolve("u1.qrsdp"), DATE, 1, 1_000, 2, RandomTape.risingTimes(2));
        final long offset;
        try (Format2Reader reader = Format2Reader.open(folder.resolve("u1.qrsdp"))) {
            offset = reader.chunk(5).offset() + 80;
        }
        final byte[] bytes = Files.readAllBytes(folder.resolve("u1.qrsdp"));
        bytes[(int) offset] ^= 1;
        Files.write(folder.resolve("u1.qrsdp"), bytes);
        final Rows rows = new Rows();
        try (EventSource merged = new MergedSource(List.of(
                JournalSource.open(folder.resolve("u0.qrsdp")), JournalSource.open(folder.resolve("u1.qrsdp"))))) {
            assertThatThrownBy(() -> JournalSourceTest.drain(merged, rows, 256))
                    .isInstanceOf(CorruptDataException.class)
                    .hasMessageContaining("u1.qrsdp");
        }

        final List<Row> expected = plainMerge(List.of(whole, damaged));
        assertThat(rows.rows).isEqualTo(expected.subList(0, rows.rows.size()));
        assertThat(rows.rows).contains(damaged.get(499)).doesNotContain(damaged.get(500));
    }

    @Test
    void shouldRefuseUnitsOfDifferentSessions() throws IOException {
        RandomTape.write(folder.resolve("u0.qrsdp"), DATE, 0, 10, 1, RandomTape.risingTimes(1));
        RandomTape.write(folder.resolve("u1.qrsdp"), DATE.plusDays(1), 1, 10, 1, RandomTape.risingTimes(1));
        try (EventSource merged = new MergedSource(List.of(
                JournalSource.open(folder.resolve("u0.qrsdp")), JournalSource.open(folder.resolve("u1.qrsdp"))))) {
            assertThatThrownBy(() -> merged.poll(new Rows(), 10))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("2026-01-02 and 2026-01-03");
        }
    }
}
