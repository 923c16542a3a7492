package io.tapedeck.engine.random;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.engine.statistics.Autocorrelation;
import io.tapedeck.engine.statistics.Distributions;
import io.tapedeck.engine.statistics.Moments;
import io.tapedeck.engine.statistics.UniformSample;
import org.junit.jupiter.api.Test;

class NormalDrawTest {
    @Test
    void shouldDrawTheNormalLaw() {
        final RandomSource random = new Xoshiro256PlusPlus(1);
        final UniformSample uniform = new UniformSample();
        final Moments moments = new Moments();
        final Autocorrelation correlation = new Autocorrelation(1);
        final int draws = 400_000;
        for (int i = 0; i < draws; i++) {
            final double draw = NormalDraw.draw(random);
            uniform.add(Distributions.normalAbove(draw));
            moments.add(draw);
            correlation.add(draw);
        }

        final double root = Math.sqrt(draws);
        assertThat(uniform.pValue()).isGreaterThan(1e-3);
        assertThat(moments.mean() * root).isBetween(-3.29, 3.29);
        assertThat((moments.variance() - 1) * root / Math.sqrt(2)).isBetween(-3.29, 3.29);
        assertThat(moments.excessKurtosis() * root / Math.sqrt(24)).isBetween(-3.29, 3.29);
        assertThat(correlation.zScore(0)).isBetween(-3.29, 3.29);
    }

    /** The law's definition, done again with the uniforms in the open. */
    @Test
    void shouldBeAPointOfTheDiscStretchedToARayleighLength() {
        final RandomSource uniforms = new Xoshiro256PlusPlus(7);
        final RandomSource random = new Xoshiro256PlusPlus(7);
        for (int i = 0; i < 1_000; i++) {
            double x;
            double square;
            do {
                x = 2 * uniforms.nextDouble() - 1;
                square = x * x + Math.pow(2 * uniforms.nextDouble() - 1, 2);
            } while (square >= 1);
            assertThat(NormalDraw.draw(random)).isEqualTo(x * Math.sqrt(-2 * PortableMath.ln(square) / square));
        }
    }
}
