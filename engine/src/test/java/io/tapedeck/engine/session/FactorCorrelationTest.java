package io.tapedeck.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tapedeck.engine.model.ActivityParameters;
import io.tapedeck.engine.model.ClockParameters;
import io.tapedeck.engine.model.FactorParameters;
import io.tapedeck.engine.model.HawkesParameters;
import io.tapedeck.engine.model.PriceResponse;
import io.tapedeck.engine.model.QueueReactiveCurves;
import io.tapedeck.engine.random.RandomStreams;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The correlation of two symbols beside the formula. More days, {@code -Dtapedeck.marketDays}, make the standard errors
 * smaller, which are about 0.012 at the longest horizon.
 */
@Tag("campaign")
class FactorCorrelationTest {
    private static final int DAYS = Integer.getInteger("tapedeck.marketDays", 12);
    private static final int[] HORIZONS = {1, 10, 60, 300};
    /** Of the default model, measured by another program: drift per shift, and variances of returns at the horizons. */
    private static final double DRIFT = -8.71;

    private static final double[] VARIANCES = {4.18, 41, 243, 1_208};

    @Test
    void shouldCorrelateAsTheFormulaSaysAtEveryHorizon() {
        final FactorParameters factor = new FactorParameters(0.5, 0.1, 0.2);
        final SessionParameters parameters =
                SessionParameters.builder().factor(factor).build();

        final double[] correlations = correlations(parameters, DAYS);

        for (int h = 0; h < HORIZONS.length; h++) {
            final double theory =
                    new PriceResponse(DRIFT, HORIZONS[h], VARIANCES[h]).correlation(factor, ActivityParameters.NONE);
            assertThat(correlations[h]).as("over %s s", HORIZONS[h]).isCloseTo(theory, within(0.03));
        }
        assertThat(correlations[HORIZONS.length]).as("clamped share").isLessThan(0.02);
    }

    @Test
    void shouldNotCorrelateWithoutALoading() {
        final int days = 2;
        final double[] correlations = correlations(SessionParameters.DEFAULTS, days);

        // At the first horizon the windows that overlap are the same as those side by side.
        final double windows = 23_400.0 * days;
        assertThat(Math.abs(atanh(correlations[0])) * Math.sqrt(windows - 3)).isLessThan(3.29);
        assertThat(Math.abs(atanh(correlations[1])) * Math.sqrt(windows / 10 - 3))
                .isLessThan(3.29);
        assertThat(Math.abs(atanh(correlations[2])) * Math.sqrt(windows / 60 - 3))
                .isLessThan(3.29);
        assertThat(Math.abs(atanh(correlations[3])) * Math.sqrt(windows / 300 - 3))
                .isLessThan(3.29);
    }

    /** The pilot's answer, the inversion, and the effect of activities of their own, all the way. */
    @Test
    void shouldReachATargetWhenTheLoadingIsInvertedFromIt() {
        final double target = 0.4;
        final SessionParameters parameters = SessionParameters.builder()
                .clock(new ClockParameters(HawkesParameters.NONE, ActivityParameters.DEFAULTS))
                .build();
        final FactorParameters factor = MarketPilot.response(parameters, 60)
                .withCorrelation(target, FactorParameters.NONE, ActivityParameters.DEFAULTS);

        final double[] correlations =
                correlations(parameters.toBuilder().factor(factor).build(), DAYS / 2);

        assertThat(correlations[2]).isCloseTo(target, within(0.04));
    }

    @Test
    void shouldFindOutByPilotWhatTheModelDoes() {
        final PriceResponse response = MarketPilot.response(SessionParameters.DEFAULTS, 60);

        assertThat(response.driftPerShift()).isCloseTo(DRIFT, within(0.04 * 8.71));
        assertThat(response.returnVariance()).isCloseTo(243, within(0.08 * 243));
        assertThat(MarketPilot.eventRate(SessionParameters.DEFAULTS)).isCloseTo(72.2, within(1.0));
    }

    @Test
    void shouldInvertWhatItComputes() {
        final PriceResponse response = new PriceResponse(DRIFT, 60, 243);
        for (final ActivityParameters activity :
                new ActivityParameters[] {ActivityParameters.NONE, ActivityParameters.DEFAULTS}) {
            final FactorParameters factor = response.withCorrelation(0.45, FactorParameters.NONE, activity);
            assertThat(response.correlation(factor, activity)).isCloseTo(0.45, within(1e-12));
        }
        assertThat(response.correlation(new FactorParameters(0.5, 0.1, 0.2), ActivityParameters.NONE))
                .isCloseTo(0.757, within(5e-4));
        assertThat(response.withCorrelation(0, FactorParameters.NONE, ActivityParameters.NONE)
                        .isActive())
                .isFalse();
        assertThatThrownBy(() -> response.withCorrelation(0.9, FactorParameters.NONE, ActivityParameters.DEFAULTS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("correlation below 0.");
        assertThatThrownBy(() -> response.withCorrelation(1, FactorParameters.NONE, ActivityParameters.NONE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseCurvesThatFollowNoFactor() {
        final QueueReactiveCurves defaults = QueueReactiveCurves.defaults(1);
        final QueueReactiveCurves deaf = new QueueReactiveCurves(
                1,
                100,
                0.3,
                0,
                new double[][] {defaults.limitBid(0)},
                new double[][] {defaults.limitAsk(0)},
                new double[][] {defaults.cancelBid(0)},
                new double[][] {defaults.cancelAsk(0)},
                defaults.marketBuy(),
                defaults.marketSell());
        final SessionParameters parameters =
                SessionParameters.builder().model(deaf).build();

        assertThatThrownBy(() -> MarketPilot.response(parameters, 60))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("imbalance_sensitivity is 0.0 do not follow a market factor");
    }

    private static double atanh(final double r) {
        return 0.5 * Math.log((1 + r) / (1 - r));
    }

    /** By horizon, of returns whose mean is 0; and the share of seconds at which the imbalance is at its bounds. */
    private static double[] correlations(final SessionParameters parameters, final int days) {
        final RandomStreams run = new RandomStreams(42);
        final SimulatedMids first = new SimulatedMids(parameters, run, 1);
        final SimulatedMids second = new SimulatedMids(parameters, run, 2);
        final double[][] sums = new double[HORIZONS.length][3];
        for (int day = 0; day < days; day++) {
            final int[] x = first.day(20_000 + day);
            final int[] y = second.day(20_000 + day);
            for (int h = 0; h < HORIZONS.length; h++) {
                final int horizon = HORIZONS[h];
                for (int at = horizon; at < x.length; at++) {
                    final double dx = x[at] - x[at - horizon];
                    final double dy = y[at] - y[at - horizon];
                    sums[h][0] += dx * dx;
                    sums[h][1] += dy * dy;
                    sums[h][2] += dx * dy;
                }
            }
        }
        final double[] correlations = new double[HORIZONS.length + 1];
        for (int h = 0; h < HORIZONS.length; h++) {
            correlations[h] = sums[h][2] / Math.sqrt(sums[h][0] * sums[h][1]);
        }
        correlations[HORIZONS.length] =
                (first.clampedCount() + second.clampedCount()) / (2.0 * days * (parameters.sessionSeconds() + 1));
        return correlations;
    }
}
