package io.tapedeck.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tapedeck.engine.random.Xoshiro256PlusPlus;
import io.tapedeck.engine.statistics.Autocorrelation;
import io.tapedeck.engine.statistics.Moments;
import org.junit.jupiter.api.Test;

class ActivityTest {
    private static final int SECONDS = 400_000;

    @Test
    void shouldVaryAsTheoryOfTheLogarithmSays() {
        final ActivityParameters parameters = new ActivityParameters(0.8, 20, 1);
        final Activity activity = new Activity(parameters, new Xoshiro256PlusPlus(1), SECONDS);
        activity.open();
        final Moments logarithms = new Moments();
        final Moments multipliers = new Moments();
        final Autocorrelation correlation = new Autocorrelation(1, 20, 60);
        for (int second = 0; second < SECONDS; second++) {
            final double multiplier = activity.multiplier(second);
            multipliers.add(multiplier);
            logarithms.add(Math.log(multiplier));
            correlation.add(Math.log(multiplier));
        }

        // A mean over T of what forgets in tau has variance 2 tau / T; squares forget twice as fast.
        final double error = Math.sqrt(2 * 20.0 / SECONDS);
        assertThat(logarithms.mean()).isCloseTo(-0.32, within(4 * 0.8 * error));
        assertThat(logarithms.variance()).isCloseTo(0.64, within(4 * 0.64 * error * Math.sqrt(2)));
        assertThat(multipliers.mean()).isCloseTo(1, within(4 * Math.sqrt(Math.exp(0.64) - 1) * error));
        assertThat(correlation.at(0)).isCloseTo(Math.exp(-1 / 20.0), within(4 * error));
        assertThat(correlation.at(1)).isCloseTo(Math.exp(-1), within(4 * error));
        assertThat(correlation.at(2)).isCloseTo(Math.exp(-3), within(4 * error));
    }

    @Test
    void shouldStartFromTheStationaryLaw() {
        final Activity activity = new Activity(new ActivityParameters(1, 1e6, 1), new Xoshiro256PlusPlus(2), SECONDS);
        final Moments starts = new Moments();
        for (int i = 0; i < 10_000; i++) {
            activity.open();
            starts.add(Math.log(activity.multiplier(0)));
        }

        assertThat(starts.mean()).isCloseTo(-0.5, within(4 / 100.0));
        assertThat(starts.variance()).isCloseTo(1, within(4 * Math.sqrt(2) / 100.0));
    }

    @Test
    void shouldHaveAProfileOfMeanOne() {
        final ActivityParameters parameters = new ActivityParameters(0, 300, 3);
        final Activity activity = new Activity(parameters, new Xoshiro256PlusPlus(1), 23_400);
        activity.open();
        final Moments profile = new Moments();
        final Moments squares = new Moments();
        for (int second = 0; second < 23_400; second++) {
            final double multiplier = activity.multiplier(second);
            profile.add(multiplier);
            squares.add(multiplier * multiplier);
        }

        assertThat(profile.mean()).isCloseTo(1, within(1e-8));
        assertThat(squares.mean()).isCloseTo(parameters.meanSquareProfile(), within(1e-6));
        assertThat(parameters.profile(0)).isEqualTo(parameters.profile(1)).isCloseTo(1.8, within(1e-12));
        assertThat(parameters.profile(0) / parameters.profile(0.5)).isCloseTo(3, within(1e-12));
    }

    @Test
    void shouldRefuseWhatIsOutOfRange() {
        assertThatThrownBy(() -> new ActivityParameters(-0.1, 300, 1)).hasMessageContaining("standardDeviation=-0.1");
        assertThatThrownBy(() -> new ActivityParameters(0.8, 0.5, 1)).hasMessageContaining("tauSeconds=0.5");
        assertThatThrownBy(() -> new ActivityParameters(0.8, 300, 0)).hasMessageContaining("intradayRatio=0.0");
        assertThatThrownBy(() -> new HawkesParameters(Double.NaN, 2, 5)).hasMessageContaining("alpha=NaN");
        assertThatThrownBy(() -> new HawkesParameters(0.1, 0, 5)).hasMessageContaining("betaPerSecond=0.0");
        assertThatThrownBy(() -> new FactorParameters(1, 0, 1)).hasMessageContaining("meanReversionPerSecond=0.0");
        assertThatThrownBy(() -> new FactorParameters(101, 0.1, 1)).hasMessageContaining("loading=101.0");
    }
}
