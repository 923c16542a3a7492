package io.tapedeck.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tapedeck.engine.random.Xoshiro256PlusPlus;
import io.tapedeck.engine.statistics.Distributions;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InvariantLawTest {
    private static final double[] NONE = {0};

    @Test
    void shouldBePoissonWhenEveryOrderIsCancelledAtTheSameRate() {
        final InvariantLaw law = law(table(200, n -> 6), table(200, n -> 0.5 * n));

        double expected = Math.exp(-12);
        for (int size = 0; size < 40; size++) {
            assertThat(law.probability(size)).isCloseTo(expected, within(1e-13));
            expected *= 12.0 / (size + 1);
        }
        assertThat(law.mean()).isCloseTo(12, within(1e-12));
    }

    @Test
    void shouldBeGeometricBeyondTheTables() {
        final InvariantLaw law = law(new double[] {3}, new double[] {0, 4});

        for (int size = 0; size < 100; size++) {
            assertThat(law.probability(size)).isCloseTo(0.25 * Math.pow(0.75, size), within(1e-15));
        }
        assertThat(law.mean()).isCloseTo(3, within(1e-12));
        assertThat(law.maxSize()).isBetween(100, 200);
    }

    @Test
    void shouldEndWhereNothingArrives() {
        final InvariantLaw law = law(new double[] {1, 2, 0, 5}, new double[] {0, 1, 4, 0});

        assertThat(law.maxSize()).isEqualTo(2);
        assertThat(law.probability(1)).isCloseTo(0.4, within(1e-15));
        assertThat(law.probability(2)).isCloseTo(0.2, within(1e-15));
        assertThat(law.probability(3)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldBalanceEveryUpWithADownAndDrawAsItSays(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final double[] limit = table(30, n -> 1e-3 + random.nextDouble());
        final double[] cancel = table(30, n -> n == 0 ? 0 : 0.3 + 1.5 * random.nextDouble());
        limit[29] = Math.min(limit[29], cancel[29] * 0.9);
        final double[] market = table(20, n -> n == 0 ? 0 : random.nextDouble() / 10);
        final QueueCurves curves = new QueueCurves("queue", limit, cancel, market);
        final InvariantLaw law = curves.invariantLaw();

        double sum = 0;
        for (int size = 0; size <= law.maxSize(); size++) {
            final double up = law.probability(size) * curves.limit(size);
            final double down = law.probability(size + 1) * (curves.cancel(size + 1) + curves.market(size + 1));
            assertThat(down).isCloseTo(up, within(1e-14));
            sum += law.probability(size);
        }
        assertThat(sum).isCloseTo(1, within(1e-14));

        final int draws = 200_000;
        final long[] counts = new long[law.maxSize() + 1];
        final Xoshiro256PlusPlus source = new Xoshiro256PlusPlus(seed);
        for (int i = 0; i < draws; i++) {
            counts[law.draw(source)]++;
        }
        double chiSquare = 0;
        int cells = 0;
        for (int size = 0; size <= law.maxSize(); size++) {
            final double expected = draws * law.probability(size);
            if (expected >= 10) {
                chiSquare += (counts[size] - expected) * (counts[size] - expected) / expected;
                cells++;
            }
        }
        assertThat(cells).isGreaterThan(5);
        assertThat(Distributions.chiSquareAbove(chiSquare, cells - 1)).isGreaterThan(1e-3);
    }

    @Test
    void shouldRefuseCurvesWhoseQueueWouldBeHugeNowAndThen() {
        assertThatThrownBy(() -> law(new double[] {1, 1, 0.9999}, new double[] {0, 1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("queue, size 2: from here on so little more departs than arrives");
    }

    private static InvariantLaw law(final double[] limit, final double[] cancel) {
        return new QueueCurves("queue", limit, cancel, NONE).invariantLaw();
    }

    private static double[] table(final int length, final IntToDoubleFunction rate) {
        final double[] table = new double[length];
        Arrays.setAll(table, rate);
        return table;
    }
}
