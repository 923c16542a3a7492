package io.tapedeck.journal.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.testing.ByteMutator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("campaign")
class DataSetTest {
    private static final int MUTANTS = Integer.getInteger("tapedeck.mutants", 2_000);
    private static final String HASH = "0123456789abcdef".repeat(4);
    private static final LocalDate DAY = LocalDate.of(2026, 1, 2);

    @TempDir
    private Path folder;

    private static DataSetManifest manifest(final int units) {
        final Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("p0", "10000");
        parameters.put("base-L", "20.0");
        parameters.put("note", "a \"quoted\" \\ text, \u00e9\ud83d\ude00");
        final Map<String, Long> seeds = new LinkedHashMap<>();
        seeds.put("run", -1L);
        seeds.put("session", 0L);
        final List<DataSetManifest.Unit> list = new ArrayList<>();
        for (int i = 0; i < units; i++) {
            list.add(new DataSetManifest.Unit(
                    i, List.of(new Instrument(i + 1, "SYM" + i, 100, Map.of("p0", Integer.toString(i))))));
        }
        return new DataSetManifest(
                new Recipe("tapedeck", "1.0", "simple", parameters, seeds),
                ZoneId.of("America/New_York"),
                list,
                List.of());
    }

    private static DataSetManifest.Day day(final int units, final LocalDate date) {
        final List<DataSetManifest.DayFile> files = new ArrayList<>();
        for (int i = 0; i < units; i++) {
            files.add(new DataSetManifest.DayFile(
                    i, DataSet.fileName(units, i, date), "DAY" + i, Long.MAX_VALUE, 7, HASH));
        }
        return new DataSetManifest.Day(date, files);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "1, 3", "3, 0", "3, 2"})
    void shouldReadBackTheManifestThatItWrites(final int units, final int days) throws IOException {
        DataSetManifest manifest = manifest(units);
        for (int i = 0; i < days; i++) {
            manifest = manifest.with(day(units, DAY.plusDays(i)));
        }
        manifest.write(folder);
        assertThat(DataSetManifest.isIn(folder)).isTrue();
        assertThat(DataSetManifest.read(folder.resolve("manifest.json"))).isEqualTo(manifest);
        assertThat(Files.readString(folder.resolve("manifest.json"), StandardCharsets.US_ASCII))
                .startsWith("{\n  \"format_version\": \"2.0\",\n")
                .endsWith("}\n")
                .contains("\"run\": 18446744073709551615");
    }

    @Test
    void shouldReadBackThePlanOfARun() throws IOException {
        final RunPlan plan = new RunPlan(DAY, 0, 65_536, "lz4hc", List.of(Integer.MIN_VALUE, Integer.MAX_VALUE));
        final DataSetManifest manifest = manifest(2).with(plan).with(day(2, DAY));
        manifest.write(folder);

        final DataSetManifest read = DataSetManifest.read(folder.resolve("manifest.json"));

        assertThat(read).isEqualTo(manifest);
        assertThat(read.toJson()).isEqualTo(manifest.toJson());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> manifest(3).with(plan))
                .withMessageContaining("the plan has 2 opening prices for 3 instruments");
        Files.writeString(folder.resolve("manifest.json"), manifest.toJson().replace("\"days\": 0", "\"days\": -1"));
        assertThatThrownBy(() -> DataSetManifest.read(folder.resolve("manifest.json")))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("plan.days is -1, must be a whole number from 0");
    }

    @Test
    void shouldReadBackMetadataByteForByte() {
        final SessionMetadata metadata = manifest(2).sessionMetadata(DAY, 1, "SESSION  1");
        final byte[] json = metadata.toJson();
        final SessionMetadata read = SessionMetadata.parse(Path.of("tape"), 32, json);
        assertThat(read).isEqualTo(metadata);
        assertThat(read.toJson()).isEqualTo(json);
        assertThat(read.recipe().parameters().keySet()).containsExactly("p0", "base-L", "note");
    }

    @Test
    void shouldListTapesThatAreDoneAndThoseThatAreBegun() throws IOException {
        manifest(2).with(day(2, DAY)).write(folder);
        for (final String file : List.of("u00/2026-01-02", "u01/2026-01-02", "u01/2026-01-05", "u01/2026-13-05")) {
            Files.createDirectories(folder.resolve(file).getParent());
            Files.createFile(folder.resolve(file + ".qrsdp"));
        }
        Files.createFile(folder.resolve("u00/notes.txt"));

        final DataSet dataSet = DataSet.open(folder);

        assertThat(dataSet.tapes())
                .extracting(DataSet.Tape::date, DataSet.Tape::unit, DataSet.Tape::isDone)
                .containsExactly(tuple(DAY, 0, true), tuple(DAY, 1, true), tuple(DAY.plusDays(3), 1, false));
        assertThat(dataSet.tapes().get(1).path()).isEqualTo(folder.resolve("u01/2026-01-02.qrsdp"));
    }

    @Test
    void shouldPutTheTapesOfOneUnitBesideTheManifest() throws IOException {
        assertThat(DataSet.fileName(1, 0, DAY)).isEqualTo("2026-01-02.qrsdp");
        assertThat(DataSet.fileName(12, 11, DAY)).isEqualTo("u11/2026-01-02.qrsdp");
        manifest(1).write(folder);
        Files.createFile(folder.resolve("2026-01-02.qrsdp"));
        assertThat(DataSet.open(folder).tapes()).hasSize(1);
    }

    @Test
    void shouldRefuseAFolderWithoutAManifestAndTapesOutsideIt() throws IOException {
        assertThat(DataSetManifest.isIn(folder)).isFalse();
        assertThatThrownBy(() -> DataSet.open(folder)).isInstanceOf(NoSuchFileException.class);
        final Path run = Files.createDirectory(folder.resolve("run"));
        manifest(1).with(day(1, DAY)).write(run);
        Files.createSymbolicLink(run.resolve("2026-01-02.qrsdp"), Files.createFile(folder.resolve("elsewhere")));
        assertThatThrownBy(() -> DataSet.open(run))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("outside the folder of the run");
    }

    @Test
    void shouldRefuseDaysThatDoNotFit() {
        final DataSetManifest manifest = manifest(2).with(day(2, DAY));
        assertThatIllegalArgumentException().isThrownBy(() -> manifest.with(day(2, DAY)));
        assertThatIllegalArgumentException().isThrownBy(() -> manifest.with(day(1, DAY.plusDays(1))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DataSetManifest.DayFile(0, "../x", "A", 0, 0, HASH))
                .withMessageContaining("below the run directory");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DataSetManifest.DayFile(0, "x", "A", 0, 0, "0"))
                .withMessageContaining("64 lower-case hexadecimal digits");
    }

    @Test
    void shouldRefuseInstrumentsThatAreThereTwiceOrHaveNoSymbol() {
        final Instrument instrument = new Instrument(1, "A", 1, Map.of());
        final Recipe recipe = manifest(1).recipe();
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new SessionMetadata(DAY, ZoneId.of("UTC"), 0, "A", recipe, List.of(instrument, instrument)))
                .withMessageContaining("an id or a symbol twice");
        assertThatIllegalArgumentException().isThrownBy(() -> new Instrument(0, "A", 1, Map.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Instrument(1, "A B", 1, Map.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Instrument(1, "A", 0, Map.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Instrument(1, "A", 1, Map.of("a", "b\n")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SessionMetadata(DAY, ZoneId.of("UTC"), 0, "", recipe, List.of()));
    }

    @Test
    void shouldGiveAManifestOrAClearErrorForAnyBytes() throws IOException {
        final byte[] original = manifest(2)
                .with(new RunPlan(DAY, 5, 16_384, "lz4", List.of(10_000, 15_000)))
                .with(day(2, DAY))
                .toJson()
                .getBytes(StandardCharsets.US_ASCII);
        final Path path = folder.resolve("manifest.json");
        long refused = 0;
        for (int seed = 0; seed < MUTANTS; seed++) {
            Files.write(path, ByteMutator.mutate(original, seed, original.length));
            try {
                final DataSetManifest manifest = DataSetManifest.read(path);
                manifest.write(folder);
                assertThat(DataSetManifest.read(path)).isEqualTo(manifest);
            } catch (final CorruptDataException ex) {
                refused++;
                assertThat(ex).hasMessageContaining(path.toString());
            }
        }
        assertThat(refused).isPositive().isLessThan(MUTANTS);
    }
}
