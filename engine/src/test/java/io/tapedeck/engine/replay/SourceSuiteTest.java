package io.tapedeck.engine.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.engine.replay.RandomTape.Row;
import io.tapedeck.engine.replay.RandomTape.Rows;
import io.tapedeck.engine.replay.pipeline.ReplayPipeline;
import io.tapedeck.engine.replay.pipeline.ReplayPipelineBuilder;
import io.tapedeck.engine.replay.sink.JournalSink;
import io.tapedeck.journal.format2.Format2Reader;
import io.tapedeck.journal.manifest.DataSet;
import io.tapedeck.journal.manifest.DataSetManifest;
import io.tapedeck.journal.manifest.SessionMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds for every source of recorded events, with times that rise and times that also fall. Of the sources that do not
 * seek it is checked that they say so and stay where they are; those that make their own times have none that fall.
 */
@Timeout(120)
class SourceSuiteTest {
    private static final LocalDate DATE = LocalDate.of(2026, 1, 2);
    private static final LocalDate NEXT_DATE = LocalDate.of(2026, 1, 5);
    private static final int COUNT = 1_500;
    private static final String ITCH_FILE = "day.itch50";
    private static final String LOBSTER_FILE = "day.csv";

    @TempDir
    private Path folder;

    /** The sources, each with what it can do. */
    enum Kind {
        CLOSED(1, 1, Ability.SEEKS, Ability.HAS_FILES, Ability.KNOWS_SIZE, Ability.FALLS),
        TAIL(1, 1, Ability.SEEKS, Ability.HAS_FILES, Ability.FALLS),
        MERGED(3, 1, Ability.SEEKS, Ability.HAS_FILES, Ability.KNOWS_SIZE, Ability.FALLS),
        DATA_SET(2, 2, Ability.SEEKS, Ability.HAS_FILES, Ability.KNOWS_SIZE, Ability.FALLS),
        HYBRID(1, 1, Ability.HAS_FILES, Ability.FALLS),
        LIVE(1, 1, Ability.FALLS),
        ITCH(1, 1, Ability.HAS_FILES, Ability.KNOWS_SIZE, Ability.FALLS),
        QRSDP1(1, 1, Ability.HAS_FILES),
        LOBSTER(1, 1, Ability.HAS_FILES),
        GENERATOR(1, 2);

        private final int units;
        private final int days;
        private final Set<Ability> abilities;

        Kind(final int units, final int days, final Ability... abilities) {
            this.units = units;
            this.days = days;
            this.abilities = Set.of(abilities);
        }

        private boolean can(final Ability ability) {
            return abilities.contains(ability);
        }
    }

    /** What a source can do, or have. */
    private enum Ability {
        SEEKS,
        KNOWS_SIZE,
        HAS_FILES,
        /** Its times can fall. */
        FALLS
    }

    static List<Arguments> all() {
        final List<Arguments> arguments = new ArrayList<>();
        for (final Kind kind : Kind.values()) {
            for (int seed = 1; seed <= 2; seed++) {
                arguments.add(Arguments.of(kind, seed, false));
                if (kind.can(Ability.FALLS)) {
                    arguments.add(Arguments.of(kind, seed, true));
                }
            }
        }
        return arguments;
    }

    /** Writes what a source reads; gives the records that it has to deliver, made in another way. */
    private List<Row> record(final Kind kind, final int seed, final boolean isWild)
            throws IOException, InterruptedException {
        switch (kind) {
            case ITCH:
                return ForeignRecords.writeItch(folder.resolve(ITCH_FILE), seed, COUNT, isWild);
            case QRSDP1:
                return ForeignRecords.writeQrsdp1(folder, DATE, seed);
            case LOBSTER:
                return ForeignRecords.writeLobster(folder.resolve(LOBSTER_FILE), DATE, seed, COUNT);
            case GENERATOR:
                return ForeignRecords.writeRun(folder.resolve("run"), seed, kind.days);
            default:
                return merged(kind, write(kind, seed, isWild));
        }
    }

    /** Writes tapes; gives the records of each unit's day. */
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

    private EventSource open(final Kind kind, final int seed) throws IOException {
        switch (kind) {
            case ITCH:
                return ForeignRecords.openItch(folder.resolve(ITCH_FILE), DATE);
            case QRSDP1:
                return ForeignRecords.openQrsdp1(folder, DATE, seed);
            case LOBSTER:
                return ForeignRecords.openLobster(folder.resolve(LOBSTER_FILE), DATE);
            case GENERATOR:
                return ForeignRecords.openGenerator(seed, kind.days);
            case LIVE:
                return live(path(kind, 0, 0));
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

    /** A source that another thread has handed all records to. */
    private static EventSource live(final Path tape) throws IOException {
        try (EventSource past = JournalSource.open(tape)) {
            final LiveSource live = new LiveSource(Integer.highestOneBit(2 * COUNT), DATE, past.instruments());
            final CompletableFuture<Void> done = CompletableFuture.runAsync(() -> {
                try {
                    JournalSourceTest.drain(past, live::onBatch, 100);
                } catch (final IOException ex) {
                    throw new UncheckedIOException(ex);
                } finally {
                    live.onClose();
                }
            });
            done.join();
            return live;
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
    void shouldDeliverEveryRecordOnceInOrder(final Kind kind, final int seed, final boolean isWild) throws Exception {
        final List<Row> expected = record(kind, seed, isWild);
        for (final int limit : new int[] {1, 100, 100_000}) {
            final Rows rows = new Rows();
            try (EventSource source = open(kind, seed)) {
                JournalSourceTest.drain(source, rows, limit);
                assertThat(source.state()).isEqualTo(SourceState.ENDED);
            }
            assertThat(rows.rows).isEqualTo(expected).hasSizeGreaterThan(1_000);
            assertThat(rows.largestBatch).isLessThanOrEqualTo(limit);
            assertThat(rows.sessions).isEqualTo(List.of(DATE, NEXT_DATE).subList(0, kind.days));
            if (!isWild) {
                requireOrderOfTime(rows);
            }
        }
    }

    private static void requireOrderOfTime(final Rows rows) {
        for (int i = 1; i < rows.rows.size(); i++) {
            assertThat(rows.sessionStarts.contains(i)
                            || rows.rows.get(i).timeNs() >= rows.rows.get(i - 1).timeNs())
                    .isTrue();
        }
    }

    @ParameterizedTest(name = "{0}, seed {1}, times that fall: {2}")
    @MethodSource("all")
    void shouldSeekWhereASearchFromTheStartGoes(final Kind kind, final int seed, final boolean isWild)
            throws Exception {
        final List<Row> all = record(kind, seed, isWild);
        final SplittableRandom random = new SplittableRandom(seed);
        try (EventSource source = open(kind, seed)) {
            for (int i = 0; i < 40; i++) {
                final long timeNs = all.get(random.nextInt(all.size())).timeNs() + random.nextInt(-3, 4);
                assertThat(source.seekTime(timeNs)).isEqualTo(kind.can(Ability.SEEKS));
                if (!kind.can(Ability.SEEKS)) {
                    assertThat(source.seekSequence(COUNT / 2)).isFalse();
                    continue;
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
            if (!kind.can(Ability.SEEKS)) {
                assertThat(rows(source)).as("stayed where it was").isEqualTo(all);
            }
        }
    }

    private static List<Row> rows(final EventSource source) throws IOException {
        final Rows rows = new Rows();
        JournalSourceTest.drain(source, rows, 100);
        return rows.rows;
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
            throws Exception {
        final List<Row> all = record(kind, seed, isWild);
        final List<Row> ofInstruments =
                all.stream().filter(row -> row.instrumentId() != 0).toList();
        final SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 25; i++) {
            final Row one = ofInstruments.get(random.nextInt(ofInstruments.size()));
            final long fromNs = all.get(random.nextInt(all.size())).timeNs();
            final long toNs = fromNs + random.nextInt(i % 5 == 0 ? 1 : kind.can(Ability.FALLS) ? 400 : 2_000_000_000);
            final boolean isTimed = i % 2 == 0;
            final boolean isTyped = i % 3 == 0;
            final List<Row> wanted = all.stream()
                    .filter(row -> row.instrumentId() == one.instrumentId())
                    .filter(row -> !isTimed || row.timeNs() >= fromNs && row.timeNs() < toNs)
                    .filter(row -> !isTyped || row.type().equals(one.type()))
                    .toList();
            for (final boolean isPushedDown : new boolean[] {true, false}) {
                final Rows rows = new Rows();
                try (EventSource source = open(kind, seed)) {
                    final ReplayPipelineBuilder builder = ReplayPipeline.from(source);
                    if (isTimed) {
                        builder.timeRange(fromNs, toNs);
                    }
                    if (isTyped) {
                        builder.types(List.of(one.type()));
                    }
                    if (!isPushedDown) {
                        builder.withoutPushDown();
                    }
                    builder.symbols(List.of(symbol(source, one.instrumentId())))
                            .sink("rows", rows)
                            .build()
                            .run();
                }
                assertThat(rows.rows).as("pushed down: " + isPushedDown).isEqualTo(wanted);
            }
        }
    }

    private static String symbol(final EventSource source, final int instrumentId) {
        return source.instruments().stream()
                .filter(instrument -> instrument.id() == instrumentId)
                .findFirst()
                .orElseThrow()
                .symbol();
    }

    @ParameterizedTest(name = "{0}, seed {1}, times that fall: {2}")
    @MethodSource("all")
    void shouldKnowItsInstrumentsItsSizeAndItsFiles(final Kind kind, final int seed, final boolean isWild)
            throws Exception {
        final List<Row> all = record(kind, seed, isWild);
        try (EventSource source = open(kind, seed)) {
            assertThat(source.instruments()).doesNotHaveDuplicates();
            assertThat(source.eventCount()).isEqualTo(kind.can(Ability.KNOWS_SIZE) ? all.size() : -1);
            source.plan().forEach(file -> assertThat(file.readRecords()).isEqualTo(file.recordCount()));
            if (kind.can(Ability.HAS_FILES)) {
                assertThat(source.instruments())
                        .allSatisfy(instrument ->
                                assertThat(source.fileOf(DATE, instrument.id())).isRegularFile());
            } else {
                assertThat(source.fileOf(DATE, 1)).isNull();
            }
        }
    }

    static List<Arguments> oneTape() {
        return all().stream()
                .filter(arguments -> ((Kind) arguments.get()[0]).units == 1
                        && ((Kind) arguments.get()[0]).days == 1)
                .toList();
    }

    /** Once recorded, the records of a source are those of a tape, whatever they came from. */
    @ParameterizedTest(name = "{0}, seed {1}, times that fall: {2}")
    @MethodSource("oneTape")
    void shouldBeTheSameFromATapeThatIsMadeOfIt(final Kind kind, final int seed, final boolean isWild)
            throws Exception {
        final List<Row> all = record(kind, seed, isWild);
        final Path tape = folder.resolve("tape.qrsdp");
        try (EventSource source = open(kind, seed)) {
            final SessionMetadata metadata =
                    new SessionMetadata(DATE, RandomTape.ZONE, 0, "T", RandomTape.RECIPE, source.instruments());
            ReplayPipeline.from(source)
                    .sink("tape", JournalSink.create(tape, metadata, false))
                    .build()
                    .run();
        }
        try (EventSource source = JournalSource.open(tape)) {
            assertThat(rows(source)).isEqualTo(all);
        }
    }
}
