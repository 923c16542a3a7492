package io.tapedeck.engine.random;

/**
 * Draws of the standard normal law by the polar method: a point of the unit disc gives its direction's cosine and, by the
 * logarithm of its squared distance, a Rayleigh length. Logarithm and root have the same bits everywhere, so have the draws.
 *
 * <p>Source: G. Marsaglia and T. Bray, <i>A convenient method for generating normal variables</i>, SIAM Review 6 (1964).
 */
public final class NormalDraw {
    private NormalDraw() {}

    /**
     * One draw.
     *
     * @param random gives an even number of uniforms, 2.55 on average.
     * @return any number; mean 0, variance 1.
     */
    public static double draw(final RandomSource random) {
        double x;
        double square;
        do {
            x = 2 * random.nextDouble() - 1;
            final double y = 2 * random.nextDouble() - 1;
            square = x * x + y * y;
        } while (square >= 1 || square == 0);
        return x * Math.sqrt(-2 * PortableMath.ln(square) / square);
    }
}
