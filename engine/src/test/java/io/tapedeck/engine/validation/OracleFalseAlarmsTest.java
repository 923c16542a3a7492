package io.tapedeck.engine.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.engine.model.ActivityParameters;
import io.tapedeck.engine.model.ClockParameters;
import io.tapedeck.engine.model.HawkesParameters;
import io.tapedeck.engine.model.QueueReactiveCurves;
import io.tapedeck.engine.model.ReferencePriceCurvesFile;
import io.tapedeck.engine.model.SimpleImbalanceParameters;
import io.tapedeck.engine.session.SessionParameters;
import io.tapedeck.engine.statistics.Distributions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whether p-values are what they say: over many honest tapes one in a hundred is below 1 %. The property
 * {@code tapedeck.oracleRuns} sets how many tapes there are of each model.
 */
@Tag("campaign")
class OracleFalseAlarmsTest {
    private static final int RUNS = Integer.getInteger("tapedeck.oracleRuns", 15);
    private static final double LEVEL = 0.01;

    @ParameterizedTest(name = "{0}")
    @CsvSource({"simple, 1000", "queue-reactive, 2000", "hawkes, 3000", "reference-price, 4000"})
    void shouldDoubtHonestTapesAsSeldomAsThePValueSays(final String model, final long firstSeed) {
        final Map<String, int[]> alarms = new LinkedHashMap<>();
        for (int run = 0; run < RUNS; run++) {
            for (final OracleResult result :
                    new Simulation(parameters(model), firstSeed + run).judge(1).results()) {
                assertThat(result.verdict()).as(result.toString()).isNotEqualTo(Verdict.FAILS);
                if (!Double.isNaN(result.pValue())) {
                    final int[] counts = alarms.computeIfAbsent(result.name(), any -> new int[2]);
                    counts[0]++;
                    counts[1] += result.pValue() < LEVEL ? 1 : 0;
                }
            }
        }
        assertThat(alarms).hasSizeGreaterThan(10);
        alarms.forEach((name, counts) -> assertThat(Distributions.poissonBeyond(counts[1], LEVEL * counts[0]))
                .as("%s: %d of %d p-values below %s", name, counts[1], counts[0], LEVEL)
                .satisfiesAnyOf(
                        pValue -> assertThat(pValue).isGreaterThan(1e-4),
                        pValue -> assertThat(counts[1]).isLessThan((int) Math.ceil(LEVEL * counts[0]))));
    }

    private static SessionParameters parameters(final String model) {
        final SessionParameters.Builder builder = SessionParameters.builder();
        switch (model) {
            case "simple":
                return builder.model(SimpleImbalanceParameters.DEFAULTS)
                        .sessionSeconds(300)
                        .build();
            case "queue-reactive":
                return builder.model(QueueReactiveCurves.defaults(5))
                        .sessionSeconds(300)
                        .build();
            case "hawkes":
                return builder.model(new SimpleImbalanceParameters(3.5, 0.1, 2.5, 1, 1, 0.5, 0.4, 0.5))
                        .sessionSeconds(900)
                        .clock(new ClockParameters(
                                new HawkesParameters(0.25, 5, 5), new ActivityParameters(0.8, 60, 3)))
                        .build();
            default:
                return builder.model(ReferencePriceCurvesFile.franceTelecom())
                        .sessionSeconds(3_600)
                        .build();
        }
    }
}
