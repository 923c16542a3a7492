package io.tapedeck.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tapedeck.engine.random.RandomStreams;
import io.tapedeck.engine.statistics.Autocorrelation;
import io.tapedeck.engine.statistics.Moments;
import org.junit.jupiter.api.Test;

class MarketFactorTest {
    private static final int SECONDS = 23_400;
    private static final FactorParameters PARAMETERS = new FactorParameters(1, 0.1, 0.2);

    @Test
    void shouldHaveVarianceAndCorrelationOfAnOrnsteinUhlenbeckProcess() {
        final Moments moments = new Moments();
        final Autocorrelation correlation = new Autocorrelation(1, 8, 80);
        final MarketFactor factor = new MarketFactor(PARAMETERS, new RandomStreams(1), SECONDS);
        final int days = 10;
        for (int day = 0; day < days; day++) {
            final FactorPath path = factor.path(20_000 + day);
            for (int i = 0; i < SECONDS * FactorPath.CELLS_PER_SECOND; i++) {
                final double value = path.at((double) i / FactorPath.CELLS_PER_SECOND);
                moments.add(value);
                correlation.add(value);
            }
            correlation.gap();
        }

        final double relaxations = 0.1 * SECONDS * days;
        assertThat(moments.mean()).isCloseTo(0, within(4 * 0.2 * Math.sqrt(2 / relaxations)));
        assertThat(moments.variance()).isCloseTo(0.04, within(4 * 0.04 * Math.sqrt(2 / relaxations)));
        assertThat(correlation.at(0)).isCloseTo(Math.exp(-0.1 / 8), within(1e-3));
        assertThat(correlation.at(1)).isCloseTo(Math.exp(-0.1), within(4 * Math.sqrt(2 / relaxations)));
        assertThat(correlation.at(2)).isCloseTo(Math.exp(-1), within(4 * Math.sqrt(2 / relaxations)));
    }

    @Test
    void shouldGiveEverybodyThePathOfTheDay() {
        final MarketFactor factor = new MarketFactor(PARAMETERS, new RandomStreams(7), 60);
        final FactorPath path = factor.path(20_455);

        assertThat(factor.path(20_455)).isSameAs(path);
        assertThat(factor.path(20_456).at(3)).isNotEqualTo(path.at(3));
        // Asked for again after another day: the same numbers.
        assertThat(factor.path(20_455).at(59.99)).isEqualTo(path.at(59.99));
        assertThat(new MarketFactor(PARAMETERS, new RandomStreams(8), 60)
                        .path(20_455)
                        .at(3))
                .isNotEqualTo(path.at(3));
    }

    @Test
    void shouldBeConstantWithinACellAndBeyondItsEnd() {
        final FactorPath path = new MarketFactor(PARAMETERS, new RandomStreams(7), 60).path(20_455);

        assertThat(path.at(0.125)).isNotEqualTo(path.at(0));
        assertThat(path.at(Math.nextDown(0.125))).isEqualTo(path.at(0));
        assertThat(path.at(60)).isEqualTo(path.at(1e9));
    }

    @Test
    void shouldBeZeroWhenNothingIsLoaded() {
        final FactorPath path = new MarketFactor(FactorParameters.NONE, new RandomStreams(7), 60).path(20_455);

        assertThat(path).isSameAs(FactorPath.ZERO);
        assertThat(path.at(17)).isZero();
    }

    @Test
    void shouldKnowTheVarianceOfItsIntegral() {
        // s2 = 2 k sd2 = 0.008; over long horizons the variance grows by s2 / k2 a second, over short ones by sd2 h2.
        assertThat(PARAMETERS.integralVariance(1e6) / 1e6).isCloseTo(0.8, within(1e-5));
        assertThat(PARAMETERS.integralVariance(1e-3)).isCloseTo(0.04e-6, within(1e-11));
    }
}
