package io.tapedeck.engine.model;

import io.tapedeck.engine.random.PortableMath;
import io.tapedeck.engine.random.RandomSource;

/** Draws of the Poisson law by inversion: the smallest k whose cumulated probability reaches a uniform number. */
final class PoissonDraw {
    /** Above this mean the probability of 0, from which all others follow, is no longer a normal number. */
    static final double MAX_MEAN = 700;

    private static final double UNIFORM_INSTEAD_OF_ZERO = 0.5;

    private PoissonDraw() {}

    /**
     * One draw.
     *
     * @param random gives one number.
     * @param mean   above 0, to {@link #MAX_MEAN}.
     * @return 0 or more.
     */
    static int draw(final RandomSource random, final double mean) {
        final double drawn = random.nextDouble();
        final double u = drawn > 0 ? drawn : UNIFORM_INSTEAD_OF_ZERO;
        double probability = PortableMath.exp(-mean);
        double sum = probability;
        int k = 0;
        // Rounding can leave the sum below the largest uniforms for ever; a vanished term ends that.
        while (u > sum && probability > 0) {
            k++;
            probability *= mean / k;
            sum += probability;
        }
        return k;
    }
}
