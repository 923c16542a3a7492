package io.tapedeck.engine.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.engine.replay.RandomTape.Row;
import io.tapedeck.engine.replay.RandomTape.Rows;
import io.tapedeck.journal.format2.Format2Reader;
import io.tapedeck.journal.format2.Format2Writer;
import io.tapedeck.journal.manifest.DataSet;
import io.tapedeck.journal.manifest.DataSetManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs: days first, then time, then unit. */
class DataSetSourceTest {
    private static final LocalDate FIRST = LocalDate.of(2026, 1, 2);

    @TempDir
    private Path folder;

    private final List<List<Row>> days = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void shouldPlayDayAfterDayAndMergeTheUnitsOfEach(final int units) throws IOException {
        write(units, 3);
        final Rows rows = new Rows();
        try (EventSource source = DataSetSource.open(folder)) {
            assertThat(source.eventCount()).isEqualTo(flat().size());
            Replay.run(source, rows, count -> {});
            assertThat(source.state()).isEqualTo(SourceState.ENDED);
            assertThat(source.instruments()).hasSize(4 * units);
        }

        assertThat(rows.rows).isEqualTo(flat());
        assertThat(rows.sessions).containsExactly(FIRST, FIRST.plusDays(1), FIRST.plusDays(2));
        assertThat(rows.sessionStarts)
                .containsExactly(
                        0, days.get(0).size(), days.get(0).size() + days.get(1).size());
    }

    @Test
    void shouldEnterEveryDayAtATime() throws IOException {
        write(2, 3);
        final long timeNs = days.get(0).get(300).timeNs();
        final Rows rows = new Rows();
        try (EventSource source = DataSetSource.open(folder)) {
            assertThat(source.seekTime(timeNs)).isTrue();
            Replay.run(source, rows, count -> {});
        }
        assertThat(rows.rows)
                .isEqualTo(flat().stream().filter(row -> row.timeNs() >= timeNs).toList())
                .isNotEmpty();
    }

    @Test
    void shouldFollowTheDayThatIsNotDone() throws IOException {
        write(1, 1);
        final List<Row> live = new ArrayList<>();
        final LocalDate today = FIRST.plusDays(1);
        final Rows rows = new Rows();
        final Format2Writer writer = RandomTape.writer(folder.resolve(DataSet.fileName(1, 0, today)), today, 0);
        try (EventSource source = DataSetSource.open(folder)) {
            try (writer) {
                RandomTape.append(writer, 0, 200, 9, RandomTape.risingTimes(9), live);
                Replay.run(source, rows, count -> {});
                assertThat(source.state()).isEqualTo(SourceState.CAUGHT_UP);
                assertThat(source.eventCount()).isEqualTo(-1);
                assertThat(rows.rows).hasSize(days.get(0).size() + 200);
                RandomTape.append(writer, 0, 50, 10, RandomTape.risingTimes(10), live);
            }
            Replay.run(source, rows, count -> {});
            assertThat(source.state()).isEqualTo(SourceState.ENDED);
        }
        days.add(live);
        assertThat(rows.rows).isEqualTo(flat());
    }

    @Test
    void shouldRefuseATapeOfAnotherRun() throws IOException {
        write(1, 2);
        Files.move(
                folder.resolve(FIRST + ".qrsdp"),
                folder.resolve(FIRST.plusDays(1) + ".qrsdp"),
                StandardCopyOption.REPLACE_EXISTING);
        RandomTape.write(folder.resolve(FIRST + ".qrsdp"), FIRST, 0, 10, 1, RandomTape.risingTimes(1));
        try (EventSource source = DataSetSource.open(folder)) {
            assertThatThrownBy(() -> Replay.run(source, new Rows(), count -> {}))
                    .isInstanceOf(CorruptDataException.class)
                    .hasMessageContaining("the tape is of 2026-01-02")
                    .hasMessageContaining("the manifest has 2026-01-03");
        }
    }

    private List<Row> flat() {
        return days.stream().flatMap(List::stream).toList();
    }

    private void write(final int units, final int dayCount) throws IOException {
        final List<DataSetManifest.Unit> unitList = new ArrayList<>();
        for (int unit = 0; unit < units; unit++) {
            unitList.add(new DataSetManifest.Unit(unit, RandomTape.instruments(unit)));
        }
        DataSetManifest manifest = new DataSetManifest(RandomTape.RECIPE, RandomTape.ZONE, unitList, List.of());
        for (int day = 0; day < dayCount; day++) {
            final LocalDate date = FIRST.plusDays(day);
            final List<Row> rows = new ArrayList<>();
            final List<DataSetManifest.DayFile> files = new ArrayList<>();
            for (int unit = 0; unit < units; unit++) {
                final String name = DataSet.fileName(units, unit, date);
                final Path path = folder.resolve(name);
                Files.createDirectories(path.getParent());
                final long seed = 10L * day + unit;
                rows.addAll(RandomTape.write(path, date, unit, 400, seed, RandomTape.risingTimes(seed)));
                try (Format2Reader reader = Format2Reader.open(path)) {
                    files.add(new DataSetManifest.DayFile(
                            unit,
                            name,
                            reader.metadata().sessionName(),
                            reader.recordCount(),
                            reader.lengthBytes(),
                            reader.contentHash()));
                }
            }
            rows.sort(Comparator.comparingLong(Row::timeNs));
            days.add(rows);
            manifest = manifest.with(new DataSetManifest.Day(date, files));
        }
        manifest.write(folder);
    }
}
