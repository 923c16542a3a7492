package io.tapedeck.engine.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tapedeck.engine.random.Xoshiro256PlusPlus;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against printed tables, closed forms, and plain arithmetic on whole samples. */
class StatisticsTest {
    @ParameterizedTest
    @CsvSource({"0, 1", "1.959963984540054, 0.05", "-3.290526731491896, 0.001", "4.891638475698, 1e-6"})
    void shouldGiveTwoSidedTailOfNormalLaw(final double z, final double expected) {
        assertThat(Distributions.normalBeyond(z)).isCloseTo(expected, within(1e-9 * expected));
        assertThat(Distributions.normalAbove(Distributions.normalQuantile(1 - expected / 2)))
                .isCloseTo(expected / 2, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"3.841458820694124, 1, 0.05", "20.515005652432873, 5, 0.001", "18.307038053275146, 10, 0.05"})
    void shouldGiveTailOfChiSquareLaw(final double value, final int degrees, final double expected) {
        assertThat(Distributions.chiSquareAbove(value, degrees)).isCloseTo(expected, within(1e-12));
        assertThat(Distributions.chiSquareQuantile(1 - expected, degrees)).isCloseTo(value, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"1.3581, 0.05", "1.6276, 0.01", "1.9495, 0.001", "0.8276, 0.5"})
    void shouldGiveTailOfKolmogorovLaw(final double scaled, final double expected) {
        final long count = 100_000_000L;
        assertThat(Distributions.kolmogorovAbove(scaled / Math.sqrt(count), count))
                .isCloseTo(expected, within(2e-3 * expected));
    }

    @Test
    void shouldGiveTableValueForSmallSample() {
        // Exact critical value of the two-sided test for 40 observations at 1 %, as tables print it.
        assertThat(Distributions.kolmogorovAbove(0.2521, 40)).isCloseTo(0.01, within(5e-4));
    }

    @Test
    void shouldCombineSmallestOfManyPValues() {
        assertThat(Distributions.smallestOf(0.001, 10)).isCloseTo(1 - Math.pow(0.999, 10), within(1e-15));
        assertThat(Distributions.smallestOf(1e-12, 1000)).isCloseTo(1e-9, within(1e-15));
        assertThat(Distributions.smallestOf(1, 3)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void shouldComputeMomentsLikeSumsOverWholeSample(final int seed) {
        final double[] values = exponentials(seed, 5_000);
        final Moments moments = new Moments();
        double mean = 0;
        for (final double value : values) {
            moments.add(1e6 + value);
            mean += value / values.length;
        }
        final double[] central = new double[5];
        for (final double value : values) {
            for (int k = 2; k < 5; k++) {
                central[k] += Math.pow(value - mean, k) / values.length;
            }
        }
        assertThat(moments.mean() - 1e6).isCloseTo(mean, within(1e-6));
        assertThat(moments.variance())
                .isCloseTo(central[2] * values.length / (values.length - 1.0), within(1e-6 * central[2]));
        assertThat(moments.skewness()).isCloseTo(central[3] / Math.pow(central[2], 1.5), within(1e-5));
        assertThat(moments.excessKurtosis()).isCloseTo(central[4] / (central[2] * central[2]) - 3, within(1e-4));
    }

    @Test
    void shouldFindCorrelationOfAutoregressionAndNoneAcrossGaps() {
        final Xoshiro256PlusPlus random = new Xoshiro256PlusPlus(0);
        random.seed(11);
        final Autocorrelation stretches = new Autocorrelation(1, 2, 5);
        final Autocorrelation pairsOnly = new Autocorrelation(1);
        double x = 0;
        for (int i = 0; i < 200_000; i++) {
            x = 0.6 * x + Distributions.normalQuantile(random.nextDouble() * 0.999998 + 1e-6);
            stretches.add(x);
            if (i % 1_000 == 0) {
                stretches.gap();
            }
            pairsOnly.gap();
            pairsOnly.add(x);
        }
        assertThat(stretches.at(0)).isCloseTo(0.6, within(0.01));
        assertThat(stretches.at(1)).isCloseTo(0.36, within(0.012));
        assertThat(stretches.at(2)).isCloseTo(0.07776, within(0.015));
        assertThat(pairsOnly.pairs(0)).isZero();
    }

    @Test
    void shouldPassExponentialSampleAndFailOneThatIsThreePercentLonger() {
        final UniformSample right = new UniformSample();
        final UniformSample wrong = new UniformSample();
        for (final double value : exponentials(5, 100_000)) {
            right.add(UniformSample.exponential(value));
            wrong.add(UniformSample.exponential(1.03 * value));
        }
        assertThat(right.pValue()).isGreaterThan(1e-3);
        assertThat(wrong.pValue()).isLessThan(1e-6);
        assertThat(wrong.meanZ()).isGreaterThan(5);
        assertThat(right.cumulated(4)[1]).isCloseTo(0.5, within(0.01));
    }

    @Test
    void shouldMeasureDistanceLikeSortedSample() {
        final double[] values = exponentials(8, 3_000);
        final UniformSample sample = new UniformSample();
        for (int i = 0; i < values.length; i++) {
            values[i] = UniformSample.exponential(values[i]);
            sample.add(values[i]);
        }
        java.util.Arrays.sort(values);
        double expected = 0;
        for (int i = 0; i < values.length; i++) {
            expected = Math.max(
                    expected, Math.max((i + 1.0) / values.length - values[i], values[i] - (double) i / values.length));
        }
        assertThat(sample.distance()).isCloseTo(expected, within(1e-4));
    }

    @Test
    void shouldSolveSystemsThatNeedPivoting() {
        final double[][] matrix = {{0, 2, 1}, {1, 1, 1}, {4, -1, 3}};
        final double[] x = new LinearSystem(matrix).solve(new double[] {7, 6, 11});
        assertThat(x).containsExactly(new double[] {1, 2, 3}, within(1e-12));
        final double[][] inverse = new LinearSystem(matrix).inverse();
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                double sum = 0;
                for (int k = 0; k < 3; k++) {
                    sum += matrix[row][k] * inverse[k][column];
                }
                assertThat(sum).isCloseTo(row == column ? 1 : 0, within(1e-12));
            }
        }
    }

    @Test
    void shouldKnowThatCancellationsInProportionMakePoissonLaw() {
        final double[] births = new double[80];
        final double[] deaths = new double[80];
        for (int n = 0; n < 80; n++) {
            births[n] = 10;
            deaths[n] = 2.0 * n;
        }
        final double[] law = new BirthDeathChain(births, deaths).law();
        double probability = Math.exp(-5);
        for (int n = 0; n < 20; n++) {
            assertThat(law[n]).isCloseTo(probability, within(1e-12));
            probability *= 5.0 / (n + 1);
        }
    }

    @ParameterizedTest
    @CsvSource({"1.0, true", "1.15, false"})
    void shouldTellPathFromThatOfOtherRates(final double cancelFactor, final boolean isRight) {
        final double[] births = new double[60];
        final double[] deaths = new double[60];
        for (int n = 0; n < 60; n++) {
            births[n] = 15 / (1 + 0.12 * n);
            deaths[n] = 8 + 0.3 * n / (1 + 0.02 * n);
        }
        final BirthDeathChain chain = new BirthDeathChain(births, deaths);
        int rejected = 0;
        for (int seed = 1; seed <= 20; seed++) {
            rejected +=
                    chain.test(walk(births, deaths, cancelFactor, seed, 3_600)).pValue() < 0.01 ? 1 : 0;
        }
        if (isRight) {
            assertThat(rejected).isLessThanOrEqualTo(2);
        } else {
            assertThat(rejected).isEqualTo(20);
        }
    }

    @Test
    void shouldFindExponentOfParetoTail() {
        final Xoshiro256PlusPlus random = new Xoshiro256PlusPlus(0);
        random.seed(3);
        final LogHistogram histogram = new LogHistogram();
        for (int i = 0; i < 200_000; i++) {
            histogram.add(Math.pow(1 - random.nextDouble(), -1 / 3.0));
        }
        histogram.add(0);
        assertThat(histogram.hillExponent(0.05)).isCloseTo(3, within(0.15));
        assertThat(histogram.quantile(0.5)).isCloseTo(Math.pow(2, 1 / 3.0), within(0.03));
        assertThat(histogram.notPositiveCount()).isEqualTo(1);
        assertThat(histogram.count()).isEqualTo(200_000);
    }

    private static double[] exponentials(final int seed, final int count) {
        final Xoshiro256PlusPlus random = new Xoshiro256PlusPlus(0);
        random.seed(seed);
        final double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = -Math.log(1 - random.nextDouble());
        }
        return values;
    }

    private static double[] walk(
            final double[] births, final double[] deaths, final double factor, final int seed, final double seconds) {
        final RandomGenerator random = new java.util.SplittableRandom(seed);
        final double[] spent = new double[births.length];
        int n = 10;
        double now = 0;
        while (now < seconds) {
            final double down = n == 0 ? 0 : factor * deaths[n];
            final double rate = births[n] + down;
            final double wait = -Math.log(1 - random.nextDouble()) / rate;
            spent[n] += Math.min(wait, seconds - now);
            now += wait;
            n += random.nextDouble() * rate < births[n] ? 1 : -1;
        }
        return spent;
    }
}
