package io.tapedeck.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.testing.AllocationMeter;
import io.tapedeck.testing.ByteMutator;
import io.tapedeck.testing.TestData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("campaign")
class ReferencePriceCurvesFileTest {
    private static final int MUTANTS = Integer.getInteger("tapedeck.mutants", 2_000);
    private static final long MAX_HEAP_BYTES_PER_BYTE = 64;
    /** Four queues have a law and two tables each, of the most sizes that a law may have. */
    private static final long MAX_HEAP_BYTES = (1 << 20) + 4 * 4 * Double.BYTES * InvariantLaw.MAX_SIZE;

    private static final String SMALL = "{\n"
            + "  \"source\": \"made up\",\n"
            + "  \"anchor\": \"reference-price\",\n"
            + "  \"K\": 2,\n"
            + "  \"n_max\": 3,\n"
            + "  \"average_event_sizes\": [100, 250.5],\n"
            + "  \"theta\": 0.5,\n"
            + "  \"theta_reinit\": 0.25,\n"
            + "  \"lambda_L_bid\": [[1,2,3,1],[0.5,0.25]],\n"
            + "  \"lambda_L_ask\": [[4,2,3,1],[0.75,0]],\n"
            + "  \"lambda_C_bid\": [[0,2,3,4],[0,1,2,3]],\n"
            + "  \"lambda_C_ask\": [[0,2,3,5],[0,1,2]],\n"
            + "  \"lambda_M_buy\": [[0,6],[0,0.125]],\n"
            + "  \"lambda_M_sell\": [[0,7],[0]],\n"
            + "  \"estimate\": {\"counts\": [1, [2, {}]]}\n"
            + "}\n";

    @TempDir
    private Path folder;

    @Test
    void shouldReadEveryNumber() throws IOException {
        final Path path = folder.resolve("curves.json");
        Files.writeString(path, SMALL);
        final ReferencePriceParameters parameters = ReferencePriceCurvesFile.load(path);

        assertThat(parameters.levels()).isEqualTo(2);
        assertThat(parameters.averageEventSizes()).containsExactly(100.0, 250.5);
        assertThat(parameters.theta()).isEqualTo(0.5);
        assertThat(parameters.thetaReinit()).isEqualTo(0.25);
        assertThat(parameters.bid().get(0).limit(0)).isEqualTo(1);
        assertThat(parameters.ask().get(0).limit(0)).isEqualTo(4);
        assertThat(parameters.bid().get(1).limit(7)).isEqualTo(0.25);
        assertThat(parameters.bid().get(0).cancel(3)).isEqualTo(4);
        assertThat(parameters.ask().get(0).cancel(3)).isEqualTo(5);
        assertThat(parameters.ask().get(0).market(2)).isEqualTo(6);
        assertThat(parameters.bid().get(0).market(2)).isEqualTo(7);
        assertThat(parameters.ask().get(1).market(1)).isEqualTo(0.125);
        assertThat(parameters.bid().get(1).market(1)).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"reference-price\"|\"best-quote\"|Say --anchor best-quote",
                "\"reference-price\"|\"mid\"|key anchor: must be",
                "\"theta\": 0.5,||key theta is missing",
                "\"theta\": 0.5|\"theta\": 1.5|theta must lie between 0 and 1: theta=1.5",
                "100, 250.5|100|must have as many levels",
                "100, 250.5|100, 0|the average event size of level 1 must be above 0",
                "[1,2,3,1]|[1,-2,3,1]|key lambda_L_bid: level 0: queue size 1: must lie between 0.0 and 1.0E9, found -2",
                "[1,2,3,1]|[1,2,3,1e999]|key lambda_L_bid: level 0: queue size 3: must lie between",
                "[1,2,3,1]|[1,2,3,11]|key lambda_L_bid: bid level 0, size 3: the tables end here and go on like this",
                "[1,2,3,1]|[0,2,3,1]|key lambda_L_bid: bid level 0, size 0: nothing ever happens at this size",
                "[0.5,0.25]|[0.5,3]|key lambda_L_bid: bid level 1, size 3: the tables end here",
                "[0.75,0]|[]|key lambda_L_ask: ask level 1, additions: a table has 1 to 16384 entries",
                "[0,1,2,3]|[0,0,2,3]|key lambda_L_bid: bid level 1, size 1: the queue gets to this size and never back",
                "[0,1,2,3]|[1,1,2,3]|key lambda_L_bid: bid level 1, size 0: nothing can depart from an empty queue",
                "[0,6],[0,0.125]|[0,6]|key lambda_M_buy: must have an array of rates for each of K=2 levels, found 1",
                "[[0,6],[0,0.125]]|[0,6]|key lambda_M_buy: must have an array of rates for each of K=2 levels, found 1",
                "\"K\": 2|\"K\": 65|K must be 64 at most, found 65",
            })
    void shouldNameLevelAndSizeWhenTheFileIsWrong(final String right, final String wrong, final String message) {
        final String json =
                SMALL.replaceFirst(Pattern.quote(right), Matcher.quoteReplacement(wrong == null ? "" : wrong));
        assertThatThrownBy(() -> parse(json))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageStartingWith("curves.json: at offset ")
                .hasMessageContaining(message);
    }

    @Test
    void shouldSayWhereTheTableIsThatMakesAQueueGrow() {
        final String json = SMALL.replace("[0.5,0.25]", "[0.5,3]");
        assertThatThrownBy(() -> parse(json))
                .isInstanceOfSatisfying(
                        CorruptDataException.class,
                        ex -> assertThat(ex.offset()).isEqualTo(json.indexOf("[0.5,3]")));
    }

    @Test
    void shouldShipTheNumbersThatWerePublished() throws IOException {
        final ReferencePriceParameters shipped = ReferencePriceCurvesFile.franceTelecom();

        assertThat(shipped.averageEventSizes()).containsExactly(836.0, 1068.0, 1069.0);
        assertThat(shipped.theta()).isEqualTo(0.7);
        assertThat(shipped.thetaReinit()).isEqualTo(0.85);
        int rows = 0;
        for (final String line : Files.readAllLines(TestData.reference("hlr-france-telecom.csv"))) {
            if (Character.isDigit(line.charAt(0))) {
                final String[] row = line.split(",");
                final int level = Integer.parseInt(row[0]) - 1;
                final int size = Integer.parseInt(row[1]);
                for (final QueueCurves curves : new QueueCurves[] {
                    shipped.bid().get(level), shipped.ask().get(level)
                }) {
                    assertThat(curves.limit(size)).isEqualTo(Double.parseDouble(row[2]));
                    assertThat(curves.cancel(size)).isEqualTo(Double.parseDouble(row[3]));
                    assertThat(curves.market(size)).isEqualTo(size == 0 ? 0 : Double.parseDouble(row[4]));
                }
                rows++;
            }
        }
        assertThat(rows).isEqualTo(153);
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
            final ReferencePriceParameters parameters = ReferencePriceCurvesFile.parse("mutant", json);
            assertThat(parameters.ask()).hasSameSizeAs(parameters.bid()).hasSameSizeAs(parameters.averageEventSizes());
            return true;
        } catch (final CorruptDataException ex) {
            assertThat(ex).hasMessageContaining("mutant");
            return false;
        }
    }

    private static ReferencePriceParameters parse(final String json) {
        return ReferencePriceCurvesFile.parse("curves.json", json.getBytes(StandardCharsets.UTF_8));
    }
}
