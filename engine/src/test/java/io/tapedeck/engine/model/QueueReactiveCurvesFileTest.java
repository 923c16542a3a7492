package io.tapedeck.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.testing.AllocationMeter;
import io.tapedeck.testing.ByteMutator;
import io.tapedeck.testing.TestData;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("campaign")
class QueueReactiveCurvesFileTest {
    private static final int MUTANTS = Integer.getInteger("tapedeck.mutants", 2_000);
    /** What the reader may take per byte of input and once: its own arrays and the JSON library's buffers. */
    private static final long MAX_HEAP_BYTES_PER_BYTE = 64;

    private static final long MAX_HEAP_BYTES = 1 << 20;

    private static final String SMALL = "{\n"
            + "  \"K\": 2,\n"
            + "  \"n_max\": 3,\n"
            + "  \"spread_sensitivity\": 0.25,\n"
            + "  \"imbalance_sensitivity\": 1,\n"
            + "  \"lambda_L_bid\": [\n    [1,2,3,4],\n    [0.5,0.25,1e-05,1.5e+06]\n  ],\n"
            + "  \"lambda_L_ask\": [\n    [1,2,3,4],\n    [0,0,0,0]\n  ],\n"
            + "  \"lambda_C_bid\": [\n    [0,2,3,4],\n    [0,1,2,3]\n  ],\n"
            + "  \"lambda_C_ask\": [\n    [0,2,3,4],\n    []\n  ],\n"
            + "  \"lambda_M_buy\": [0,8,8,8],\n"
            + "  \"lambda_M_sell\": [0,8,7.5,123456]\n"
            + "}\n";

    @TempDir
    private Path folder;

    @Test
    void shouldWriteWhatItReadWhenNumbersHaveSixDigits() {
        final QueueReactiveCurves curves = parse(SMALL);

        assertThat(curves.levels()).isEqualTo(2);
        assertThat(curves.maxQueue()).isEqualTo(3);
        assertThat(curves.spreadSensitivity()).isEqualTo(0.25);
        assertThat(curves.limitBid(1)).containsExactly(0.5, 0.25, 1e-5, 1.5e6);
        assertThat(curves.cancelAsk(1)).isEmpty();
        assertThat(curves.marketSell()).containsExactly(0, 8, 7.5, 123_456);
        assertThat(QueueReactiveCurvesFile.format(curves)).isEqualTo(SMALL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"curves-from-hlr-s42.json", "curves-from-multiday-k3.json"})
    void shouldWriteTheReferenceProgramsTextWhenCurvesAreItsOwn(final String name) throws IOException {
        final Path reference = TestData.reference(name);
        final Path copy = folder.resolve(name);
        QueueReactiveCurvesFile.save(copy, QueueReactiveCurvesFile.load(reference));

        assertThat(copy).hasSameTextualContentAs(reference);
    }

    @Test
    void shouldTakeDefaultsWhenSensitivitiesAreAbsent() {
        final QueueReactiveCurves curves = parse(SMALL.replaceAll("  \"[a-z]+_sensitivity\": [0-9.]+,\n", ""));

        assertThat(curves.spreadSensitivity()).isEqualTo(0.3);
        assertThat(curves.imbalanceSensitivity()).isEqualTo(1.0);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "0.1, 0.1",
        "0.0001, 0.0001",
        "0.00001, 1e-05",
        "123456, 123456",
        "999999.5, 1e+06",
        "1234565, 1.23456e+06",
        "1234575, 1.23458e+06",
        "0.000123456789, 0.000123457",
        "6.02214076e23, 6.02214e+23",
        "1e100, 1e+100",
        "2.5e-310, 2.5e-310",
        "-0.75, -0.75",
        "100, 100",
        "0.30000000000000004, 0.3"
    })
    void shouldWriteNumbersAsCDoes(final double value, final String text) {
        assertThat(QueueReactiveCurvesFile.format(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"K\": 2|\"K\": 2.5|key K: must be an integer",
                "\"K\": 2|\"K\": 0|key K: must lie between 1 and 1024, found 0",
                "\"K\": 2|\"K\": 99999999999999999999|key K: must lie between",
                "\"K\": 2,||key K is missing",
                "lambda_M_buy|lambda_M_bid|key lambda_M_bid: files of curves have no such key",
                "[0.5,0.25|[0.5,null|key lambda_L_bid: level 1: queue size 1: must be a number, found null",
                "[0,8,7.5|[0,\"8\",7.5|key lambda_M_sell: queue size 1: must be a number, found 8",
                "[0,8,8,8]|8|key lambda_M_buy: must be an array of rates by queue size, found 8",
                "[0,0,0,0]|0|key lambda_L_ask: level 1: must be an array of rates by queue size, found 0",
                "0.25,|1e999,|key spread_sensitivity: must be a finite number, found 1e999",
                "\"n_max\"|\"K\"|Duplicate field 'K'",
                "123456]|123456|not JSON",
                "123456]|123456]} {|something follows the closing brace",
                "{|[|the file must hold one JSON object",
            })
    void shouldNameKeyAndLevelWhenTheFileIsWrong(final String right, final String wrong, final String message) {
        final String json =
                SMALL.replaceFirst(Pattern.quote(right), Matcher.quoteReplacement(wrong == null ? "" : wrong));
        assertThatThrownBy(() -> parse(json))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageStartingWith("curves.json: at offset ")
                .hasMessageContaining(message)
                .hasMessageContaining("Correct the file");
    }

    /** Both tables of a kind grow with the queue, and the departures more so. */
    private static final String ERGODIC = SMALL.replace("[1,2,3,4]", "[1,2,1.5,0.5]")
            .replace("[0.5,0.25,1e-05,1.5e+06]", "[0.5,0.25,1e-05]")
            .replace("[0,0,0,0]", "[0,0,3,0]")
            .replace("[]", "[0,0,2,1]");

    @Test
    void shouldTakeCurvesWhenEveryQueueFindsItsWayBack() {
        assertThat(QueueReactiveCurvesFile.parseErgodic("curves.json", ERGODIC.getBytes(StandardCharsets.UTF_8))
                        .limitAsk(1))
                .containsExactly(0, 0, 3, 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1,2,1.5,0.5]|[1,2,-1.5,0.5]|key lambda_L_bid: level 0: queue size 2: must lie between 0.0 and 1.0E9",
                "[1,2,1.5,0.5]|[1,2,1.5,123461]|key lambda_L_bid: level 0, size 3: the tables end here and go on",
                "[0,1,2,3]|[0,1,2,0]|key lambda_L_bid: level 1, size 3: the queue gets to this size and never back",
                "[0,8,8,8]|[0,8,8,0]|",
                "[0,1,2,3]|[0,1,0,3]|key lambda_L_bid: level 1, size 2: the queue gets to this size and never back below it",
                "[0,0,2,1]|[0,0,2,0]|key lambda_L_ask: level 1, size 3: the queue gets to this size and never back below it",
                "[0,0,3,0]|[0,0,0,0]|",
                "[0,0,2,1]|[0,0,0,0]|key lambda_L_ask: level 1, size 3: the queue gets to this size and never back",
                "[0,8,8,8]|[[0,8,8,8]]|key lambda_M_buy: must be one array of rates by queue size",
                "\"K\"|\"anchor\": \"reference-price\", \"K\"|key average_event_sizes is missing",
                "\"K\"|\"theta\": 1, \"theta_reinit\": 1, \"average_event_sizes\": [1],"
                        + " \"anchor\": \"reference-price\", \"K\"|Say --anchor reference-price",
            })
    void shouldNameLevelAndSizeWhenAQueueWouldNotFindItsWayBack(
            final String right, final String wrong, final String message) {
        final byte[] json = ERGODIC.replaceFirst(Pattern.quote(right), Matcher.quoteReplacement(wrong))
                .getBytes(StandardCharsets.UTF_8);
        if (message == null) {
            QueueReactiveCurvesFile.parseErgodic("curves.json", json);
        } else {
            assertThatThrownBy(() -> QueueReactiveCurvesFile.parseErgodic("curves.json", json))
                    .isInstanceOf(CorruptDataException.class)
                    .hasMessageStartingWith("curves.json: at offset ")
                    .hasMessageContaining(message);
        }
    }

    @Test
    void shouldRefuseAFileThatIsTooLong() throws IOException {
        final Path path = folder.resolve("long.json");
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(CurvesReader.MAX_FILE_BYTES + 1L);
        }
        assertThatThrownBy(() -> QueueReactiveCurvesFile.load(path))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("long.json")
                .hasMessageContaining("16777217 bytes");
        assertThatThrownBy(() -> QueueReactiveCurvesFile.load(folder.resolve("absent.json")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("absent.json");
    }

    @Test
    void shouldRefuseOrReadWhenBytesAreMutants() {
        final byte[] original = SMALL.getBytes(StandardCharsets.UTF_8);
        // What the JVM takes for the classes that it loads is not the text's.
        isReadable(original);
        int refused = 0;
        for (int seed = 0; seed < MUTANTS; seed++) {
            final byte[] mutant = ByteMutator.mutate(original, seed, 64);
            final boolean[] isRefused = new boolean[1];
            final long allocatedBytes = AllocationMeter.allocatedBytes(() -> isRefused[0] = !isReadable(mutant));
            refused += isRefused[0] ? 1 : 0;
            assertThat(allocatedBytes).isLessThan(MAX_HEAP_BYTES + MAX_HEAP_BYTES_PER_BYTE * mutant.length);
        }

        assertThat(refused).isBetween(MUTANTS / 2, MUTANTS - 1);
    }

    @FuzzTest(maxDuration = "5m")
    void shouldRefuseOrReadWhenBytesAreFuzzed(final byte[] json) {
        isReadable(json);
    }

    private static boolean isReadable(final byte[] json) {
        try {
            final QueueReactiveCurves curves = QueueReactiveCurvesFile.parse("mutant", json);
            final String text = QueueReactiveCurvesFile.format(curves);
            assertThat(QueueReactiveCurvesFile.format(parse(text))).isEqualTo(text);
            return true;
        } catch (final CorruptDataException ex) {
            assertThat(ex).hasMessageContaining("mutant").hasMessageContaining("Correct the file");
            return false;
        }
    }

    private static QueueReactiveCurves parse(final String json) {
        return QueueReactiveCurvesFile.parse("curves.json", json.getBytes(StandardCharsets.UTF_8));
    }
}
