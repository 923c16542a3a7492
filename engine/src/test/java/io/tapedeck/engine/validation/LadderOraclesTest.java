package io.tapedeck.engine.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.engine.model.MarketModelParameters;
import io.tapedeck.engine.model.QueueReactiveCurves;
import io.tapedeck.engine.model.SimpleImbalanceParameters;
import io.tapedeck.engine.random.RandomSource;
import io.tapedeck.engine.session.SessionParameters;
import io.tapedeck.journal.manifest.Recipe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The oracles pass what the engine makes, and fail simulators that have one part wrong. The property
 * {@code tapedeck.oracleSeconds} makes the sessions longer.
 */
class LadderOraclesTest {
    private static final int SECONDS = Integer.getInteger("tapedeck.oracleSeconds", 1_800);

    @ParameterizedTest(name = "{0}, {1} levels, theta reinit {2}, seed {3}")
    @CsvSource({
        "simple, 5, 0, 1",
        "simple, 1, 0, 3",
        "simple, 5, 0.3, 4",
        "queue-reactive, 5, 0, 5",
        "queue-reactive, 3, 0.2, 7",
    })
    void shouldPassWhatTheEngineMakes(final String model, final int levels, final double thetaReinit, final long seed) {
        final OracleReport report = new Simulation(parameters(model, levels, thetaReinit), seed).judgeTwice(2);

        assertThat(names(report, Verdict.FAILS, Verdict.DOUBTFUL, Verdict.TOO_SHORT))
                .isEmpty();
        assertThat(names(report, Verdict.NOT_APPLICABLE))
                .containsExactly("excitation-balance", "rates-by-pace", "rates-by-factor", "invariant-law");
        assertThat(report.cells().size()).isGreaterThan(20);
        assertThat(report.fillShares().size()).isGreaterThan(4);
    }

    /** The recipe says less than what the simulator does, by 3 %. */
    @ParameterizedTest
    @CsvSource({"simple, model.cancel_rate", "queue-reactive, model.cancel_"})
    void shouldFailCancellationsThatAreThreePercentTooFrequent(final String model, final String changed) {
        final Simulation simulation = new Simulation(parameters(model, 5, 0), 11);

        final OracleReport report = simulation.judge(divided(simulation.recipe(), changed, 1.03), 3);

        assertThat(names(report, Verdict.FAILS)).contains("rates-by-type");
    }

    @ParameterizedTest
    @CsvSource({
        "simple, model.limit_rate, 1.03",
        "simple, model.level_decay, 1.1",
        "simple, model.imbalance_sensitivity, 1.1",
        "simple, model.spread_sensitivity, 1.1",
        "simple, spread_improve_coefficient, 1.1",
        "queue-reactive, model.limit_ask.2, 1.1",
        "queue-reactive, model.market_sell, 1.06",
    })
    void shouldFailTapeWhoseRecipeWasEdited(final String model, final String name, final double factor) {
        final Simulation simulation = new Simulation(parameters(model, 5, 0), 12);

        final OracleReport report = simulation.judge(divided(simulation.recipe(), name, factor), 2);

        assertThat(names(report, Verdict.FAILS)).as(report.results().toString()).isNotEmpty();
    }

    @Test
    void shouldFailDeletesThatPreferTheFrontOfTheQueue() {
        final OracleReport report = new Simulation(parameters("simple", 5, 0), 13)
                .orderRandom(TowardsZero::new)
                .judge(1);

        assertThat(names(report, Verdict.FAILS)).containsExactlyInAnyOrder("cancel-ranks", "lifetimes", "fill-chances");
    }

    /** Drawn from the flow's stream, the orders change what the flow draws next: the law stays, the path does not. */
    @Test
    void shouldTellFromThePathThatOrdersDrawFromTheFlow() {
        final SessionParameters parameters = parameters("queue-reactive", 5, 0);
        final List<String> right = new Simulation(parameters, 14).path(200);
        final List<String> sameWithOtherOrders =
                new Simulation(parameters, 14).orderRandom(TowardsZero::new).path(200);
        final List<String> wrong =
                new Simulation(parameters, 14).orderRandomFromFlow().path(200);

        assertThat(sameWithOtherOrders).isEqualTo(right);
        assertThat(wrong).isNotEqualTo(right);
    }

    @Test
    void shouldNameWhatTheRecipeLacks() {
        final Recipe recipe = new Simulation(parameters("simple", 5, 0), 1).recipe();
        final Map<String, String> texts = new LinkedHashMap<>(recipe.parameters());
        texts.remove("model.market_rate");

        assertThatThrownBy(() -> OracleSuite.of(withParameters(recipe, texts), Simulation.instruments()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("model.market_rate");
        assertThat(OracleSuite.isApplicable(new Recipe("itch50", "1", "aapl.itch50", Map.of(), Map.of())))
                .isFalse();
    }

    private static SessionParameters parameters(final String model, final int levels, final double thetaReinit) {
        final MarketModelParameters law =
                model.equals("simple") ? SimpleImbalanceParameters.DEFAULTS : QueueReactiveCurves.defaults(levels);
        return SessionParameters.builder()
                .model(law)
                .levelsPerSide(levels)
                .thetaReinit(thetaReinit)
                .sessionSeconds(SECONDS)
                .build();
    }

    static List<String> names(final OracleReport report, final Verdict... verdicts) {
        return report.results().stream()
                .filter(result -> List.of(verdicts).contains(result.verdict()))
                .map(OracleResult::name)
                .collect(Collectors.toList());
    }

    /** A recipe whose numbers of a name that begins like this are smaller. */
    private static Recipe divided(final Recipe recipe, final String prefix, final double factor) {
        final Map<String, String> texts = new LinkedHashMap<>(recipe.parameters());
        texts.replaceAll((name, text) -> name.startsWith(prefix)
                ? List.of(text.split(",")).stream()
                        .map(part -> Double.toString(Double.parseDouble(part) / factor))
                        .collect(Collectors.joining(","))
                : text);
        return withParameters(recipe, texts);
    }

    private static Recipe withParameters(final Recipe recipe, final Map<String, String> texts) {
        return new Recipe(recipe.generator(), recipe.generatorVersion(), recipe.model(), texts, recipe.seeds());
    }

    /** Squares of uniform numbers: too many small ones. */
    private static final class TowardsZero implements RandomSource {
        private final RandomSource random;

        TowardsZero(final RandomSource random) {
            this.random = random;
        }

        @Override
        public void seed(final long seed) {
            random.seed(seed);
        }

        @Override
        public long nextLong() {
            final long uniform = random.nextLong() >>> 1;
            return Math.multiplyHigh(uniform, uniform) << 2;
        }

        @Override
        public double nextDouble() {
            final double uniform = random.nextDouble();
            return uniform * uniform;
        }
    }
}
