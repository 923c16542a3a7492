package io.tapedeck.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.model.ActivityParameters;
import io.tapedeck.engine.model.ClockParameters;
import io.tapedeck.engine.model.FactorParameters;
import io.tapedeck.engine.model.HawkesParameters;
import io.tapedeck.engine.model.ReferencePriceCurvesFile;
import io.tapedeck.engine.pipeline.BatchConsumer;
import io.tapedeck.engine.session.RunSecurity;
import io.tapedeck.engine.session.SessionParameters;
import io.tapedeck.journal.format2.Compression;
import io.tapedeck.journal.format2.Format2Reader;
import io.tapedeck.journal.format2.Format2Writer;
import io.tapedeck.journal.format2.SyncPolicy;
import io.tapedeck.journal.manifest.DataSet;
import io.tapedeck.journal.manifest.DataSetManifest;
import io.tapedeck.journal.manifest.Recipe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of a run after any accident, resumed, is byte for byte the run without the accident. */
@Timeout(120)
class ResumptionTest {
    private static final int DAYS = 3;
    private static final int CHUNK_CAPACITY = 100;
    private static final SyncPolicy NO_SYNC = SyncPolicy.parse("none");

    @TempDir
    private Path folder;

    private Path whole;
    private Path cut;
    private TapeRunSummary summary;

    @BeforeEach
    void nameFolders() {
        whole = folder.resolve("whole");
        cut = folder.resolve("cut");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void shouldMakeTheSameFilesWhereverTheRunWasCutOff(final int seed) throws Exception {
        final SplittableRandom random = new SplittableRandom(seed);
        final int units = seed;
        runWhole(units, parameters(seed));
        for (int i = 0; i < 12; i++) {
            final int day = random.nextInt(DAYS);
            cutOff(day);
            for (int unit = 0; unit < units; unit++) {
                leave(day, unit, random);
            }

            resume();

            assertThat(contents(cut)).as("seed %d, cut %d", seed, i).isEqualTo(contents(whole));
            deleteAll(cut);
        }
    }

    @Test
    void shouldHandConsumersTheDayFromItsFirstRecord() throws Exception {
        runWhole(1, parameters(1));
        cutOff(DAYS - 1);
        leavePart(tape(DAYS - 1, 0), 10_000);
        final AtomicLong records = new AtomicLong();
        final BatchConsumer counter = (slots, low, high) -> records.addAndGet(high - low + 1);

        TapeRun.run(context().consumers((pipeline, day) -> pipeline.gating("counter", counter)));

        assertThat(records.get()).isEqualTo(summary.days().get(DAYS - 1).entry().recordCount());
    }

    @Test
    void shouldKeepWhatTheTapeHasWhenStoppedAtOnce() throws Exception {
        runWhole(1, parameters(1));
        cutOff(0);
        final Path tape = tape(0, 0);
        leavePart(tape, Files.size(tape) * 3 / 4);
        final long recorded;
        try (Format2Reader reader = Format2Reader.recover(tape)) {
            recorded = reader.recordCount();
        }

        final TapeRunSummary stopped = TapeRun.run(context().stop(() -> true));
        assertThat(stopped.days()).as("no day is begun once the run is stopped").isEmpty();
        final AtomicLong calls = new AtomicLong();
        TapeRun.run(context().stop(() -> calls.incrementAndGet() > 2));

        try (Format2Reader reader = Format2Reader.open(tape)) {
            assertThat(reader.recordCount()).isGreaterThanOrEqualTo(recorded);
        }
    }

    @Test
    void shouldNameTheRecordThatIsAnotherAndLeaveTheFileAsItIs() throws Exception {
        runWhole(1, parameters(1));
        cutOff(1);
        final Path tape = tape(1, 0);
        final Path original = whole.resolve(cut.relativize(tape));
        Files.delete(tape);
        try (Format2Reader reader = Format2Reader.open(original);
                Format2Writer writer = Format2Writer.create(tape, reader.metadata(), CHUNK_CAPACITY, NO_SYNC)) {
            reader.forEach((slots, low, high) -> {
                if (low <= 777 && 777 <= high) {
                    slots.buffer().putInt(slots.offset(777) + 44, 1);
                }
                append(writer, slots, low, high);
            });
        }
        final byte[] before = Files.readAllBytes(tape);

        assertThatThrownBy(this::resume)
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining(tape.toString())
                .hasMessageContaining("record 778 is")
                .hasMessageContaining("when it is made again")
                .hasMessageContaining("move the file away");

        assertThat(Files.readAllBytes(tape)).isEqualTo(before);
        Files.delete(tape);
        resume();
        assertThat(contents(cut)).isEqualTo(contents(whole));
    }

    @Test
    void shouldRefuseAFileThatIsNotOfTheRun() throws Exception {
        runWhole(1, parameters(1));
        cutOff(1);
        Files.copy(whole.resolve("2026-01-02.qrsdp"), tape(1, 0), StandardCopyOption.REPLACE_EXISTING);
        final byte[] before = Files.readAllBytes(tape(1, 0));

        assertThatThrownBy(this::resume)
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("does not begin as this run would begin it");

        assertThat(Files.readAllBytes(tape(1, 0))).isEqualTo(before);
    }

    @Test
    void shouldRefuseARunThatIsBeingWritten() throws Exception {
        runWhole(2, parameters(1));
        cutOff(1);
        leavePart(tape(1, 0), 2_000);
        leavePart(tape(1, 1), 2_000);
        final Map<String, String> before = contents(cut);
        final DataSetManifest manifest = manifest();
        final DataSet.Tape second = DataSet.open(whole).tapes().get(3);
        try (Format2Reader reader = Format2Reader.open(second.path());
                Format2Writer alive =
                        Format2Writer.resume(tape(1, 1), reader.metadata(), CHUNK_CAPACITY, NO_SYNC, Compression.LZ4)) {
            assertThat(alive.resumedSequence()).isPositive();
            assertThatThrownBy(this::resume)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another writer has the file open");
        }
        assertThat(contents(cut)).isEqualTo(before);
        assertThat(manifest()).isEqualTo(manifest);
    }

    @Test
    void shouldSayThatNothingIsLeftToDo() throws Exception {
        runWhole(1, parameters(1));
        assertThat(Resumption.isComplete(manifest(whole))).isTrue();
        cutOff(2);
        assertThat(Resumption.isComplete(manifest())).isFalse();
    }

    @Test
    void shouldRefuseTheRunOfAnotherVersionAndOneWithoutAPlan() throws Exception {
        runWhole(1, parameters(1));
        final DataSetManifest manifest = manifest(whole);
        final Recipe recipe = manifest.recipe();
        final Recipe older = new Recipe(recipe.generator(), "0.9", recipe.model(), recipe.parameters(), recipe.seeds());

        assertThatThrownBy(() -> Resumption.of(
                        whole,
                        new DataSetManifest(
                                older, manifest.zone(), manifest.units(), manifest.plan(), manifest.days())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("made by version 0.9")
                .hasMessageContaining("run --from");
        assertThatThrownBy(() -> Resumption.of(
                        whole, new DataSetManifest(recipe, manifest.zone(), manifest.units(), manifest.days())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has no plan");
    }

    private static SessionParameters parameters(final int seed) {
        final SessionParameters simple =
                SessionParameters.builder().sessionSeconds(20).build();
        if (seed == 2) {
            return simple.toBuilder()
                    .model(ReferencePriceCurvesFile.franceTelecom())
                    .sessionSeconds(60)
                    .build();
        }
        return seed == 1
                ? simple
                : simple.toBuilder()
                        .clock(new ClockParameters(new HawkesParameters(0.1, 2, 5), ActivityParameters.DEFAULTS))
                        .factor(new FactorParameters(0.5, 0.1, 0.2))
                        .build();
    }

    private void runWhole(final int units, final SessionParameters parameters) throws Exception {
        summary = TapeRun.run(new TapeRun.Context()
                .outputDirectory(whole)
                .parameters(parameters)
                .securities(List.of(
                        new RunSecurity("AAPL", 10_000),
                        new RunSecurity("MSFT", 15_000),
                        new RunSecurity("GOOG", 20_000)))
                .units(units)
                .chunkCapacity(CHUNK_CAPACITY)
                .compression(Compression.NONE)
                .days(DAYS));
    }

    /** The run as it was when only so many days were done, and the tapes of the next one were not in the manifest yet. */
    private void cutOff(final int days) throws IOException {
        final DataSetManifest done = manifest(whole);
        final int units = done.units().size();
        final Integer[] openings = new Integer[3];
        for (int i = 0; i < openings.length; i++) {
            openings[i] = summary.days()
                    .get(days * units + i % units)
                    .symbols()
                    .get(i / units)
                    .openingPriceTicks();
        }
        Files.createDirectories(cut);
        new DataSetManifest(
                        done.recipe(),
                        done.zone(),
                        done.units(),
                        done.plan().withOpeningPrices(Arrays.asList(openings)),
                        done.days().subList(0, days))
                .write(cut);
        for (int day = 0; day <= days; day++) {
            for (final DataSetManifest.DayFile file : done.days().get(day).files()) {
                final Path copy = cut.resolve(file.file());
                Files.createDirectories(copy.getParent());
                Files.copy(whole.resolve(file.file()), copy);
            }
        }
    }

    /** Nothing, a part, a part and rubbish, a part with a hole, or all of a tape. */
    private void leave(final int day, final int unit, final SplittableRandom random) throws IOException {
        final Path tape = tape(day, unit);
        final int kind = random.nextInt(5);
        if (kind == 0) {
            Files.delete(tape);
            return;
        }
        if (kind == 1) {
            return;
        }
        final long length = random.nextLong(Files.size(tape) + 1);
        final long headerLength;
        try (Format2Reader reader = Format2Reader.open(tape)) {
            headerLength = reader.chunk(0).offset();
        }
        leavePart(tape, kind == 2 ? length / 20 : length);
        final byte[] bytes = Files.readAllBytes(tape);
        if (kind == 3 && length >= headerLength) {
            final byte[] longer = Arrays.copyOf(bytes, bytes.length + random.nextInt(5_000));
            for (int i = bytes.length; i < longer.length; i++) {
                longer[i] = (byte) random.nextInt();
            }
            Files.write(tape, longer);
        } else if (kind == 4 && length > headerLength + 700) {
            Arrays.fill(bytes, bytes.length - 700, bytes.length - random.nextInt(600), (byte) 0);
            Files.write(tape, bytes);
        }
    }

    private static void leavePart(final Path tape, final long length) throws IOException {
        Files.write(tape, Arrays.copyOf(Files.readAllBytes(tape), (int) length));
    }

    private Path tape(final int day, final int unit) throws IOException {
        return cut.resolve(manifest(whole).days().get(day).files().get(unit).file());
    }

    private TapeRun.Context context() throws IOException {
        return Resumption.of(cut, manifest());
    }

    private void resume() throws Exception {
        TapeRun.run(context());
    }

    private DataSetManifest manifest() throws IOException {
        return manifest(cut);
    }

    private static DataSetManifest manifest(final Path run) throws IOException {
        return DataSetManifest.read(run.resolve(DataSetManifest.FILE_NAME));
    }

    private static void append(final Format2Writer writer, final SlotArray slots, final long low, final long high) {
        try {
            writer.append(slots, low, high);
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Every file by its name, as hexadecimal hash or text. */
    private static Map<String, String> contents(final Path run) throws IOException {
        final Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(run, FileVisitOption.FOLLOW_LINKS)) {
            for (final Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                final byte[] bytes = Files.readAllBytes(file);
                contents.put(
                        run.relativize(file).toString(),
                        file.endsWith(DataSetManifest.FILE_NAME)
                                ? new String(bytes, StandardCharsets.US_ASCII)
                                : bytes.length + " " + Arrays.hashCode(bytes));
            }
        }
        return contents;
    }

    private static void deleteAll(final Path run) throws IOException {
        try (Stream<Path> files = Files.walk(run)) {
            for (final Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(file);
            }
        }
    }
}
