package io.tapedeck.journal.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.journal.manifest.ReferenceManifest.Security;
import io.tapedeck.journal.manifest.ReferenceManifest.Session;
import io.tapedeck.testing.ByteMutator;
import io.tapedeck.testing.TestData;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("campaign")
class ReferenceManifestTest {
    private static final int MUTANTS = Integer.getInteger("tapedeck.mutants", 2_000);

    private static final String NAMELESS = """
            {
              "format_version": "1.0",
              "run_id": "run_42",
              "producer": "qrsdp",
              "base_seed": 42,
              "seed_strategy": "sequential",
              "session_seconds": 60,
              "tick_size": 100,
              "p0_ticks": 10000,
              "levels_per_side": 5,
              "initial_spread_ticks": 2,
              "initial_depth": 5,
              "sessions": [
                { "date": "2026-01-02", "seed": 42, "file": "2026-01-02.qrsdp" },
                { "date": "2026-01-05", "seed": 43, "file": "2026-01-05.qrsdp" }
              ]
            }
            """;

    private static final String NAMED = """
            {
              "format_version": "1.1",
              "run_id": "run_18446744073709551615",
              "producer": "qrsdp",
              "base_seed": 18446744073709551615,
              "seed_strategy": "sequential",
              "session_seconds": 60,
              "securities": [
                {
                  "symbol": "AAPL",
                  "p0_ticks": 10000,
                  "tick_size": 100,
                  "levels_per_side": 5,
                  "initial_spread_ticks": 2,
                  "initial_depth": 5,
                  "sessions": [
                    { "date": "2024-02-28", "seed": 18446744073709551615, "file": "AAPL/2024-02-28.qrsdp" }
                  ]
                },
                {
                  "symbol": "BRK.B",
                  "p0_ticks": -5,
                  "tick_size": 1,
                  "levels_per_side": 0,
                  "initial_spread_ticks": 0,
                  "initial_depth": 0,
                  "sessions": [
                    { "date": "2024-02-28", "seed": 1023, "file": "BRK.B/2024-02-28.qrsdp" }
                  ]
                }
              ]
            }
            """;

    @TempDir
    private Path folder;

    private static Security security(final String symbol, final int price, final Session... sessions) {
        return new Security(symbol, price, 100, 5, 2, 5, List.of(sessions));
    }

    private ReferenceManifest read(final String text) throws IOException {
        return ReferenceManifest.read(
                Files.write(folder.resolve("manifest.json"), text.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run-hlr-fallback-s5",
                "run-hlr-s42",
                "run-hlrcurves-s100",
                "run-multiday-s42",
                "run-multisec-s42",
                "run-simple-nospread-s7",
                "run-simple-s1",
                "run-simple-s42"
            })
    void shouldWriteTheSeedProgramsManifestsByteForByte(final String run) throws IOException {
        final Path original = TestData.reference(run + "/manifest.json");

        ReferenceManifest.read(original).write(folder);

        assertThat(folder.resolve("manifest.json")).hasSameBinaryContentAs(original);
    }

    @Test
    void shouldWriteAManifestOfOneNamelessSecurity() {
        final ReferenceManifest manifest = ReferenceManifest.of(
                42,
                60,
                List.of(security(
                        null,
                        10_000,
                        new Session("2026-01-02", 42, "2026-01-02.qrsdp"),
                        new Session("2026-01-05", 43, "2026-01-05.qrsdp"))));

        assertThat(manifest.formatVersion()).isEqualTo("1.0");
        assertThat(manifest.toJson()).isEqualTo(NAMELESS);
    }

    @Test
    void shouldWriteAManifestOfNamedSecurities() throws IOException {
        final ReferenceManifest manifest = ReferenceManifest.of(
                -1,
                60,
                List.of(
                        security("AAPL", 10_000, new Session("2024-02-28", -1, "AAPL/2024-02-28.qrsdp")),
                        new Security(
                                "BRK.B",
                                -5,
                                1,
                                0,
                                0,
                                0,
                                List.of(new Session("2024-02-28", 1023, "BRK.B/2024-02-28.qrsdp")))));

        assertThat(manifest.formatVersion()).isEqualTo("1.1");
        assertThat(manifest.toJson()).isEqualTo(NAMED);
        assertThat(read(NAMED)).isEqualTo(manifest);
    }

    @Test
    void shouldReadBackARunWithoutSessions() throws IOException {
        final ReferenceManifest manifest = ReferenceManifest.of(1, 0, List.of(security("A", 1)));

        assertThat(read(manifest.toJson())).isEqualTo(manifest);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"1.0\" | \"2.0\" | format_version is \"2.0\", must be \"1.0\" or \"1.1\"",
                "\"1.0\" | 1.0 | format_version must be a string",
                "\"run_42\" | \"a b\" | run_id is \"a b\", is refused",
                "\"run_id\" | \"run\" | \"run_id\" is missing",
                "\"producer\": | \"extra\": 1, \"producer\": | extra is 1, is a key that the layout does not know",
                "\"producer\": | \"run_id\": \"run_42\", \"producer\": | Duplicate",
                "\"base_seed\": 42 | \"base_seed\": -1 | base_seed is -1, must be a whole number from 0 to 1844",
                "\"base_seed\": 42 | \"base_seed\": 18446744073709551616 | base_seed is 18446744073709551616, must be",
                "\"base_seed\": 42 | \"base_seed\": 4.5 | base_seed must be a whole number",
                "\"base_seed\": 42 | \"base_seed\": \"42\" | base_seed is \"42\", must be a whole number",
                "\"base_seed\": 42 | \"base_seed\": null | base_seed must be a whole number",
                "sequential | random | seed_strategy is \"random\", must be \"sequential\"",
                "\"session_seconds\": 60 | \"session_seconds\": -1 | session_seconds is -1, must be",
                "\"tick_size\": 100 | \"tick_size\": 0 | tick_size is 0, must be a whole number from 1",
                "\"p0_ticks\": 10000 | \"p0_ticks\": 2147483648 | p0_ticks is 2147483648, must be",
                "\"levels_per_side\": 5 | \"levels_per_side\": true | levels_per_side must be",
                "\"sessions\": [ | \"sessions\": [ 1, | sessions[0] is 1, must be an object",
                "\"date\": \"2026-01-05\" | \"date\": \"5 January\" | sessions[1].date is \"5 January\", is refused",
                "\"seed\": 43 | \"sead\": 43 | sessions[1] key \"seed\" is missing",
                "\"2026-01-05.qrsdp\" | \"../2026-01-05.qrsdp\" | sessions[1].file is \"../2026-01-05.qrsdp\", is refused",
                "\"2026-01-05.qrsdp\" | \"/etc/passwd\" | must be a path below the run directory",
                "\"2026-01-05.qrsdp\" | \"a/../../b\" | must be a path below the run directory",
                "\"2026-01-05.qrsdp\" | \"a//b\" | must be a path below the run directory",
                "\"2026-01-05.qrsdp\" | \"a\\\\b\" | must be a path below the run directory",
                "\"2026-01-05.qrsdp\" | \"./b\" | must be a path below the run directory",
                "\"2026-01-05.qrsdp\" | \"\" | must be a path below the run directory",
                "\"2026-01-05.qrsdp\" | \"a\\u0000b\" | must be a path below the run directory"
            })
    void shouldRefuseManifestsThatAreNotOfTheLayout(final String text, final String other, final String message) {
        assertThat(NAMELESS).contains(text);
        assertThatThrownBy(() -> read(NAMELESS.replace(text, other)))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining(folder.resolve("manifest.json") + ": at offset ")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"AAPL\" | \"../up\" | securities[0].symbol is \"../up\", is refused",
                "\"AAPL\" | \"..\" | securities[0].symbol is \"..\", is refused",
                "\"AAPL\" | \"BRK.B\" | securities[1].symbol is \"BRK.B\", is there twice",
                "\"AAPL\" | 5 | securities[0].symbol is 5, must be a string",
                "\"securities\": [ | \"securities\": 1, \"x\": [ | is a key that the layout does not know",
                "\"1.1\" | \"1.0\" | is missing"
            })
    void shouldRefuseSecuritiesThatAreNotOfTheLayout(final String text, final String other, final String message) {
        assertThat(NAMED).contains(text);
        assertThatThrownBy(() -> read(NAMED.replace(text, other)))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "1", "{", "{}x", "nonsense", "{\"format_version\": \"1.0\"}"})
    void shouldRefuseWhatIsNoManifestAtAll(final String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(CorruptDataException.class);
    }

    @Test
    void shouldSayWhereInTheTextTheFaultIs() {
        final String text = NAMELESS.replace("\"tick_size\": 100", "\"tick_size\": 0");

        assertThatThrownBy(() -> read(text))
                .isInstanceOfSatisfying(
                        CorruptDataException.class,
                        ex -> assertThat(ex.offset())
                                .isEqualTo(text.indexOf("\"tick_size\": 0") + "\"tick_size\": ".length()));
    }

    @Test
    void shouldRefuseEndlessManifestsUnread() throws IOException {
        final Path path = folder.resolve("manifest.json");
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(1L << 40);
        }

        assertThatThrownBy(() -> ReferenceManifest.read(path))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("1099511627776 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {NAMELESS, NAMED})
    void shouldGiveAManifestOrAClearErrorForAnyBytes(final String text) throws IOException {
        final byte[] original = text.getBytes(StandardCharsets.US_ASCII);
        final Path path = folder.resolve("manifest.json");
        int refused = 0;
        for (int seed = 0; seed < MUTANTS / 2; seed++) {
            final byte[] mutant = ByteMutator.mutate(original, seed, original.length);
            Files.write(path, mutant);
            try {
                final ReferenceManifest manifest = ReferenceManifest.read(path);
                assertThat(read(manifest.toJson())).isEqualTo(manifest);
            } catch (final CorruptDataException ex) {
                refused++;
                assertThat(ex).hasMessageContaining(path.toString());
            }
        }
        assertThat(refused).isBetween(1, MUTANTS / 2 - 1);
    }

    @Test
    void shouldRefuseValuesThatCannotBeWritten() {
        assertThatThrownBy(() -> ReferenceManifest.of(1, 1, List.of())).hasMessageContaining("securities is empty");
        assertThatThrownBy(() -> ReferenceManifest.of(1, 1, List.of(security("A", 1), security(null, 1))))
                .hasMessageContaining("one of 2 securities has no symbol");
        assertThatThrownBy(() -> ReferenceManifest.of(1, -1, List.of(security("A", 1))))
                .hasMessageContaining("sessionSeconds is -1");
        assertThatThrownBy(() -> security("a\"b", 1)).hasMessageContaining("symbol is");
        assertThatThrownBy(() -> new Session("2026-1-2", 1, "a")).hasMessageContaining("date is");
        assertThatThrownBy(() -> new Session("2026-01-02", 1, "../a")).hasMessageContaining("file is");
        assertThatThrownBy(() -> new Security("A", 1, 0, 1, 1, 1, List.of())).hasMessageContaining("tickSize is 0");
    }
}
