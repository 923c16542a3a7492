package io.tapedeck.engine.validation;

import static io.tapedeck.engine.validation.LadderOraclesTest.names;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.engine.model.ActivityParameters;
import io.tapedeck.engine.model.ClockParameters;
import io.tapedeck.engine.model.EventClock;
import io.tapedeck.engine.model.FactorParameters;
import io.tapedeck.engine.model.HawkesParameters;
import io.tapedeck.engine.model.MarketProcess;
import io.tapedeck.engine.model.QueueReactiveCurves;
import io.tapedeck.engine.model.SimpleImbalanceParameters;
import io.tapedeck.engine.order.OrderSizeLaw;
import io.tapedeck.engine.random.Xoshiro256PlusPlus;
import io.tapedeck.engine.session.SessionParameters;
import io.tapedeck.journal.manifest.Recipe;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clocks with a memory, busy times, a factor, sizes: the oracles pass the right ones and fail the wrong ones. */
class ModulatedOraclesTest {
    /** About 12 events a second, so that one event excites the next ones much. */
    private static final SimpleImbalanceParameters QUIET =
            new SimpleImbalanceParameters(3.5, 0.1, 2.5, 1, 1, 0.5, 0.4, 0.5);

    private static final HawkesParameters HAWKES = new HawkesParameters(0.25, 5, 5);
    private static final ActivityParameters ACTIVITY = new ActivityParameters(0.8, 60, 3);
    private static final FactorParameters FACTOR = new FactorParameters(0.5, 0.1, 0.2);

    @ParameterizedTest(name = "{0}")
    @CsvSource({"hawkes, 21", "saturated, 22", "activity, 23", "factor, 24", "all, 25", "sizes, 26"})
    void shouldPassWhatTheEngineMakes(final String what, final long seed) {
        final OracleReport report = new Simulation(parameters(what), seed).judgeTwice(2);

        assertThat(names(report, Verdict.FAILS, Verdict.DOUBTFUL, Verdict.TOO_SHORT))
                .as(report.results().toString())
                .isEmpty();
        assertThat(names(report, Verdict.HOLDS).contains("rates-by-pace"))
                .isEqualTo(!what.equals("factor") && !what.equals("sizes"));
        assertThat(names(report, Verdict.HOLDS).contains("rates-by-factor"))
                .isEqualTo(what.equals("factor") || what.equals("all"));
    }

    @Test
    void shouldFailExcitationThatDoesNotDecayBetweenEvents() {
        final OracleReport report = new Simulation(parameters("hawkes"), 31)
                .clock(any -> new FrozenClock(HAWKES))
                .judge(2);

        assertThat(names(report, Verdict.FAILS)).contains("waiting-times-mean", "rates-by-pace");
        // The clock says nothing about which event comes next.
        assertThat(names(report, Verdict.HOLDS)).contains("type-shares", "cancel-ranks");
    }

    @ParameterizedTest
    @CsvSource({
        "hawkes, clock.hawkes.alpha, 1.15",
        "hawkes, clock.hawkes.beta, 1.15",
        "all, clock.activity.standard_deviation, 1.1",
        "all, factor.loading, -1",
    })
    void shouldFailTapeWhoseRecipeWasEdited(final String what, final String name, final double factor) {
        final Simulation simulation = new Simulation(parameters(what), 32);
        final Recipe recipe = simulation.recipe();
        final Map<String, String> texts = new LinkedHashMap<>(recipe.parameters());
        texts.computeIfPresent(name, (any, text) -> Double.toString(Double.parseDouble(text) * factor));

        final OracleReport report = simulation.judge(
                new Recipe(recipe.generator(), recipe.generatorVersion(), recipe.model(), texts, recipe.seeds()), 2);

        assertThat(names(report, Verdict.FAILS)).as(report.results().toString()).isNotEmpty();
    }

    @Test
    void shouldSayWhatCannotBeToldWhereEventsWithoutRecordExciteOthers() {
        final SessionParameters parameters = parameters("hawkes").toBuilder()
                .thetaReinit(0.5)
                .reinitDepthMean(2)
                .build();

        final OracleReport report = new Simulation(parameters, 33).judgeTwice(1);

        assertThat(names(report, Verdict.HOLDS))
                .containsExactly("live-orders", "possible-events", "type-shares", "cancel-ranks", "execution-turns");
        assertThat(names(report, Verdict.FAILS, Verdict.DOUBTFUL, Verdict.TOO_SHORT))
                .isEmpty();
    }

    private static SessionParameters parameters(final String what) {
        final SessionParameters.Builder builder =
                SessionParameters.builder().model(QUIET).sessionSeconds(3_600);
        switch (what) {
            case "hawkes":
                return builder.clock(new ClockParameters(HAWKES, ActivityParameters.NONE))
                        .build();
            case "saturated":
                return builder.clock(new ClockParameters(new HawkesParameters(0.6, 5, 3), ActivityParameters.NONE))
                        .build();
            case "activity":
                return builder.clock(new ClockParameters(HawkesParameters.NONE, ACTIVITY))
                        .build();
            case "factor":
                return builder.factor(FACTOR).build();
            case "sizes":
                return builder.model(QueueReactiveCurves.defaults(5))
                        .orderSizes(OrderSizeLaw.parse("lognormal:100,1"))
                        .sessionSeconds(900)
                        .build();
            default:
                return builder.clock(new ClockParameters(HAWKES, ACTIVITY))
                        .factor(FACTOR)
                        .orderSizes(OrderSizeLaw.parse("lognormal:100,1"))
                        .build();
        }
    }

    /** Draws every waiting time at the intensity just after the last event, as if it stayed. */
    private static final class FrozenClock implements EventClock {
        private final HawkesParameters hawkes;
        private final Xoshiro256PlusPlus random = new Xoshiro256PlusPlus(99);
        private double excitation;

        FrozenClock(final HawkesParameters hawkes) {
            this.hawkes = hawkes;
        }

        @Override
        public void open() {
            excitation = -hawkes.alpha();
        }

        @Override
        public double nextSeconds(final double nowSeconds, final MarketProcess process) {
            excitation += hawkes.alpha();
            final double rate = process.totalRate(nowSeconds) * (1 + Math.min(excitation, hawkes.cap()));
            final double wait = -Math.log(1 - random.nextDouble()) / rate;
            excitation *= Math.exp(-hawkes.betaPerSecond() * wait);
            return nowSeconds + wait;
        }
    }
}
