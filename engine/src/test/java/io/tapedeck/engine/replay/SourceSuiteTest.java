package io.tapedeck.engine.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.engine.replay.RandomTape.Row;
import io.tapedeck.engine.replay.RandomTape.Rows;
import io.tapedeck.engine.replay.pipeline.ReplayPipeline;
import io.tapedeck.engine.replay.pipeline.ReplayPipelineBuilder;
import io.tapedeck.journal.format2.Format2Reader;
import io.tapedeck.journal.manifest.DataSet;
import io.tapedeck.journal.manifest.DataSetManifest;
import io.tapedeck.journal.manifest.Instrument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every source of recorded events, with times that rise and times that also fall. */
@Timeout(120)
class SourceSuiteTest {
    private static final LocalDate DATE = LocalDate.of(2026, 1, 2);
    private static final LocalDate NEXT_DATE = LocalDate.of(2026, 1, 5);
    private static final int COUNT = 1_500;

    @TempDir
    private Path folder;

    /** The sources, each with what it can do. */
    enum Kind {
        CLOSED(true, 1, 1),
        TAIL(true, 1, 1),
        MERGED(true, 3, 1),
        DATA_SET(true, 2, 2),
        HYBRID(false, 1, 1);

        private final boolean isSeeking;
        private final int units;
        private final int days;

        Kind(final boolean isSeeking, final int units, final int days) {
            this.isSeeking = isSeeking;
            this.units = units;
            this.days = days;
        }
    }

    static List<Arguments> all() {
        final List<Arguments> arguments = new ArrayList<>();
        for (final Kind kind : Kind.values()) {
            for (int seed = 1; seed <= 2; seed++) {
                arguments.add(Arguments.of(kind, seed, false));
                arguments.add(Arguments.of(kind, seed, true));
            }
        }
        return arguments;
    }

    /** Writes the tapes of a source; gives the records of each unit's day. */
    private List<List<Row>> write(final Kind kind, final int seed, final boolean isWild) throws IOException {
        final List<List<Row>> tapes = new ArrayList<>();
        final List<DataSetManifest.Unit> units = new ArrayList<>();
        final List<DataSetManifest.Day> days = new ArrayList<>();
        for (int unit = 0; unit < kind.units; unit++) {
            units.add(new DataSetManifest.Unit(unit, RandomTape.instruments(unit)));
        }
        for (int day = 0; day < kind.days; day++) {
            final LocalDate date = day == 0 ? DATE : NEXT_DATE;
            final List<DataSetManifest.DayFile> files = new ArrayList<>();
            for (int unit = 0; unit < kind.units; unit++) {
                final long tapeSeed = seed * 100L + day * 10 + unit;
                final LongUnaryOperator times =
                        isWild ? RandomTape.wildTimes(tapeSeed) : RandomTape.risingTimes(tapeSeed);
                final Path path = path(kind, day, unit);
                Files.createDirectories(path.getParent());
                final List<Row> rows = RandomTape.write(path, date, unit, COUNT, tapeSeed, times);
                try (Format2Reader reader = Format2Reader.open(path)) {
                    files.add(new DataSetManifest.DayFile(
                            unit,
                            folder.relativize(path).toString(),
                            reader.metadata().sessionName(),
                            COUNT,
                            reader.lengthBytes(),
                            reader.contentHash()));
                }
                tapes.add(rows);
            }
            days.add(new DataSetManifest.Day(date, files));
        }
        new DataSetManifest(RandomTape.RECIPE, RandomTape.ZONE, units, days).write(folder);
        return tapes;
    }

    private Path path(final Kind kind, final int day, final int unit) {
        return folder.resolve(DataSet.fileName(kind.units, unit, day == 0 ? DATE : NEXT_DATE));
    }

    private EventSource open(final Kind kind) throws IOException {
        switch (kind) {
            case CLOSED:
                return JournalSource.open(path(kind, 0, 0));
            case TAIL:
                return TailSource.open(path(kind, 0, 0), 1);
            case MERGED: {
                final List<EventSource> units = new ArrayList<>();
                for (int unit = 0; unit < kind.units; unit++) {
                    units.add(JournalSource.open(path(kind, 0, unit)));
                }
                return new MergedSource(units);
            }
            case DATA_SET:
                return DataSetSource.open(folder);
            default:
                return new HybridSource(
                        JournalSource.open(path(kind, 0, 0)), TailSource.open(path(kind, 0, 0), COUNT / 2), 1);
        }
    }

    /** The order that the sources promise, made of lists: a time that falls counts as the greatest before it. */
    private static List<Row> merged(final Kind kind, final List<List<Row>> tapes) {
        final List<Row> all = new ArrayList<>();
        for (int day = 0; day < kind.days; day++) {
            final List<Object[]> keyed = new ArrayList<>();
            for (int unit = 0; unit < kind.units; unit++) {
                long greatestNs = Long.MIN_VALUE;
                for (final Row row : tapes.get(day * kind.units + unit)) {
                    greatestNs = Math.max(greatestNs, row.timeNs());
                    keyed.add(new Object[] {greatestNs, row});
                }
            }
            // The sort is stable, and units were added in their order.
            keyed.sort(Comparator.comparingLong(entry -> (long) entry[0]));
            keyed.forEach(entry -> all.add((Row) entry[1]));
        }
        return all;
    }

    private static List<Row> rows(final EventSource source, final int limit) throws IOException {
        final Rows rows = new Rows();
        JournalSourceTest.drain(source, rows, limit);
        return rows.rows;
    }

    @ParameterizedTest(name = "{0}, seed {1}, times that fall: {2}")
    @MethodSource("all")
    void shouldDeliverEveryRecordOnceInOrder(final Kind kind, final int seed, final boolean isWild) throws IOException {
        final List<Row> expected = merged(kind, write(kind, seed, isWild));
        for (final int limit : new int[] {1, 100, 100_000}) {
            try (EventSource source = open(kind)) {
                assertThat(rows(source, limit)).isEqualTo(expected);
                assertThat(source.state()).isEqualTo(SourceState.ENDED);
            }
        }
    }

    @ParameterizedTest(name = "{0}, seed {1}, times that fall: {2}")
    @MethodSource("all")
    void shouldSeekWhereASearchFromTheStartGoes(final Kind kind, final int seed, final boolean isWild)
            throws IOException {
        final List<List<Row>> tapes = write(kind, seed, isWild);
        final List<Row> all = merged(kind, tapes);
        final SplittableRandom random = new SplittableRandom(seed);
        try (EventSource source = open(kind)) {
            for (int i = 0; i < 40; i++) {
                final long timeNs = all.get(random.nextInt(all.size())).timeNs() + random.nextInt(-3, 4);
                if (!source.seekTime(timeNs)) {
                    assertThat(kind.isSeeking).isFalse();
                    return;
                }
                if (kind.days > 1) {
                    continue;
                }
                final List<Row> sought = firstRows(source);
                int first = 0;
                while (first < all.size() && all.get(first).timeNs() < timeNs) {
                    first++;
                }
                assertThat(sought).isEqualTo(all.subList(first, Math.min(all.size(), first + sought.size())));
                assertThat(sought.isEmpty()).isEqualTo(first == all.size());
            }
        }
        assertThat(kind.isSeeking).isTrue();
    }

    private static List<Row> firstRows(final EventSource source) throws IOException {
        final Rows rows = new Rows();
        for (int i = 0; i < 3; i++) {
            source.poll(rows, 50);
        }
        return rows.rows;
    }

    @ParameterizedTest(name = "{0}, seed {1}, times that fall: {2}")
    @MethodSource("all")
    void shouldDeliverTheSameWhetherItLeavesChunksOutOrNot(final Kind kind, final int seed, final boolean isWild)
            throws IOException {
        final List<Row> all = merged(kind, write(kind, seed, isWild));
        final SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 25; i++) {
            final long fromNs = all.get(random.nextInt(all.size())).timeNs();
            final long toNs = fromNs + random.nextInt(i % 5 == 0 ? 1 : 400);
            final int instrumentId = 1 + random.nextInt(4 * kind.units);
            final String symbol = "U" + (instrumentId - 1) / 4 + "S" + ((instrumentId - 1) % 4 + 1);
            final boolean isTimed = i % 2 == 0;
            final boolean isTyped = i % 3 == 0;
            final Predicate<Row> wanted = row -> row.instrumentId() == instrumentId
                    && (!isTimed || row.timeNs() >= fromNs && row.timeNs() < toNs)
                    && (!isTyped || row.type().equals("R"));
            for (final boolean isPushedDown : new boolean[] {true, false}) {
                final Rows rows = new Rows();
                try (EventSource source = open(kind)) {
                    final ReplayPipelineBuilder builder = ReplayPipeline.from(source);
                    if (isTimed) {
                        builder.timeRange(fromNs, toNs);
                    }
                    if (isTyped) {
                        builder.types(List.of("R"));
                    }
                    if (!isPushedDown) {
                        builder.withoutPushDown();
                    }
                    builder.symbols(List.of(symbol)).sink("rows", rows).build().run();
                }
                assertThat(rows.rows)
                        .as("pushed down: " + isPushedDown)
                        .isEqualTo(all.stream().filter(wanted).collect(Collectors.toList()));
            }
        }
    }

    @ParameterizedTest(name = "{0}, seed {1}, times that fall: {2}")
    @MethodSource("all")
    void shouldKnowItsInstrumentsAndItsSize(final Kind kind, final int seed, final boolean isWild) throws IOException {
        write(kind, seed, isWild);
        final List<Instrument> instruments = new ArrayList<>();
        for (int unit = 0; unit < kind.units; unit++) {
            instruments.addAll(RandomTape.instruments(unit));
        }
        try (EventSource source = open(kind)) {
            assertThat(source.instruments()).isEqualTo(instruments);
            assertThat(source.eventCount()).isIn(kind.isSeeking ? (long) COUNT * kind.units * kind.days : -1L, -1L);
            source.plan().forEach(file -> assertThat(file.readRecords()).isEqualTo(file.recordCount()));
        }
    }
}
