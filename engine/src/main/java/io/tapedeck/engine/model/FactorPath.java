package io.tapedeck.engine.model;

/**
 * A day's path of the market factor, sampled on a grid of {@link #CELLS_PER_SECOND} points a second and constant in between.
 * Immutable; all symbols and threads share one.
 *
 * <p>The grid is a power of two so that times compare with its points without rounding.
 */
public final class FactorPath {
    /** Points of the grid in a second. */
    public static final int CELLS_PER_SECOND = 8;

    /** The path of no factor. */
    public static final FactorPath ZERO = constant(0);

    private final double[] values;

    /**
     * A path.
     *
     * @param values from the open on, at least one; the last one stays for ever. Not copied: nobody else may keep it.
     */
    FactorPath(final double[] values) {
        this.values = values;
    }

    /**
     * A path that does not move.
     *
     * @param value of the factor at all times.
     * @return a new path.
     */
    public static FactorPath constant(final double value) {
        return new FactorPath(new double[] {value});
    }

    /**
     * The factor at a time.
     *
     * @param nowSeconds since the open, 0 or more.
     * @return its value at the last point of the grid that is not later.
     */
    public double at(final double nowSeconds) {
        return values[Math.min((int) (nowSeconds * CELLS_PER_SECOND), values.length - 1)];
    }
}
