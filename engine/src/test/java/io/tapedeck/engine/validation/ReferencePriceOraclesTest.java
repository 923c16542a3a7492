package io.tapedeck.engine.validation;

import static io.tapedeck.engine.validation.LadderOraclesTest.names;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.engine.model.ReferencePriceCurvesFile;
import io.tapedeck.engine.session.SessionParameters;
import io.tapedeck.journal.manifest.Recipe;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The queues of France Telecom around a reference price that is nowhere on the tape. */
class ReferencePriceOraclesTest {
    @ParameterizedTest(name = "theta {0}, theta reinit {1}")
    @CsvSource({"0.7, 0.85, 41", "1, 0, 42", "0, 0, 43", "0.5, 1, 44"})
    void shouldPassWhatTheEngineMakes(final double theta, final double thetaReinit, final long seed) {
        final OracleReport report = new Simulation(parameters(theta, thetaReinit), seed).judgeTwice(1);

        assertThat(names(report, Verdict.FAILS, Verdict.DOUBTFUL, Verdict.TOO_SHORT))
                .as(report.results().toString())
                .isEmpty();
        assertThat(report.result("invariant-law").verdict())
                .isEqualTo(theta == 0 ? Verdict.HOLDS : Verdict.NOT_APPLICABLE);
    }

    @ParameterizedTest
    @CsvSource({
        "model.cancel_, 1.03, rates-by-type",
        "model.limit_bid.2, 1.1, rates-by-level",
        "model.market_ask.0, 1.2, rates-by-level",
        "model.theta, 1.3, rates-by-level",
        "model.theta_reinit, 1.1, rates-by-level",
    })
    void shouldFailTapeWhoseRecipeWasEdited(final String prefix, final double factor, final String oracle) {
        final Simulation simulation = new Simulation(parameters(0.7, 0.85), 45);
        final Recipe recipe = simulation.recipe();
        final Map<String, String> texts = new LinkedHashMap<>(recipe.parameters());
        texts.replaceAll((name, text) -> (prefix.endsWith("_") ? name.startsWith(prefix) : name.equals(prefix))
                ? Arrays.stream(text.split(","))
                        .map(part -> Double.toString(Double.parseDouble(part) / factor))
                        .collect(Collectors.joining(","))
                : text);

        final OracleReport report = simulation.judge(
                new Recipe(recipe.generator(), recipe.generatorVersion(), recipe.model(), texts, recipe.seeds()), 3);

        assertThat(names(report, Verdict.FAILS)).contains(oracle);
    }

    private static SessionParameters parameters(final double theta, final double thetaReinit) {
        return SessionParameters.builder()
                .model(ReferencePriceCurvesFile.franceTelecom().withMoves(theta, thetaReinit))
                .sessionSeconds(23_400)
                .build();
    }
}
