package io.tapedeck.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.engine.random.Mt19937_64;
import io.tapedeck.engine.random.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoissonDrawTest {
    /** Chi-square with 9 degrees of freedom: one in a thousand is larger. */
    private static final double CHI_SQUARE_9_AT_1E3 = 27.88;

    @ParameterizedTest
    @CsvSource({"0.5, 1", "3, 2", "4.5, 3"})
    void shouldFollowThePoissonLawWhenDrawnOften(final double mean, final long seed) {
        final int draws = 100_000;
        final int cells = 10;
        final int[] counts = new int[cells];
        final RandomSource random = new Mt19937_64(seed);
        for (int i = 0; i < draws; i++) {
            counts[Math.min(PoissonDraw.draw(random, mean), cells - 1)]++;
        }
        double chiSquare = 0;
        double probability = Math.exp(-mean);
        double rest = 1;
        for (int k = 0; k < cells; k++) {
            final double expected = draws * (k == cells - 1 ? rest : probability);
            chiSquare += (counts[k] - expected) * (counts[k] - expected) / expected;
            rest -= probability;
            probability *= mean / (k + 1);
        }

        assertThat(chiSquare).isLessThan(CHI_SQUARE_9_AT_1E3);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-9, 0.3, 6, 100, 700})
    void shouldEndWhenTheNumberIsTheLargest(final double mean) {
        assertThat(PoissonDraw.draw(constant(1 - 0x1.0p-53), mean)).isBetween(0, 10_000);
    }

    @Test
    void shouldTakeTheMedianWhenTheNumberIsZero() {
        assertThat(PoissonDraw.draw(constant(0), 6))
                .isEqualTo(PoissonDraw.draw(constant(0.5), 6))
                .isEqualTo(6);
    }

    private static RandomSource constant(final double value) {
        return new RandomSource() {
            @Override
            public void seed(final long seed) {
                throw new UnsupportedOperationException();
            }

            @Override
            public long nextLong() {
                throw new UnsupportedOperationException();
            }

            @Override
            public double nextDouble() {
                return value;
            }
        };
    }
}
