package io.tapedeck.engine.statistics;

/**
 * Numbers that a hypothesis says are uniform on [0, 1], counted in fine cells: a Kolmogorov-Smirnov test of any number of
 * observations in constant memory. The distance is taken at the cells' edges, where both functions are known exactly; it
 * can miss 2<sup>-16</sup> of the true one, so the test errs towards passing, and by far less than it can see.
 *
 * <p><b>Note:</b> belongs to one thread.
 */
public final class UniformSample {
    private static final int CELLS = 1 << 16;

    private final long[] counts = new long[CELLS];
    private long count;
    private double sum;

    /** A sample without observations. */
    public UniformSample() {}

    /**
     * The cumulated probability of an exponential number of mean 1; of a random number that has this law it is uniform.
     *
     * @param value 0 or more.
     * @return 0 to 1.
     */
    public static double exponential(final double value) {
        return -Math.expm1(-value);
    }

    /**
     * Takes an observation.
     *
     * @param value 0 to 1; what lies outside counts in the first or the last cell.
     */
    public void add(final double value) {
        final int cell = (int) (value * CELLS);
        counts[Math.max(0, Math.min(CELLS - 1, cell))]++;
        count++;
        sum += value;
    }

    /**
     * How many observations there are.
     *
     * @return 0 or more.
     */
    public long count() {
        return count;
    }

    /**
     * How far their mean lies from one half.
     *
     * @return in standard errors of a uniform sample; 0 without observations.
     */
    public double meanZ() {
        return count == 0 ? 0 : (sum / count - 0.5) * Math.sqrt(12.0 * count);
    }

    /**
     * How far the empirical distribution function strays from the diagonal.
     *
     * @return 0 to 1; 0 without observations.
     */
    public double distance() {
        double largest = 0;
        long below = 0;
        for (int cell = 0; cell < CELLS - 1; cell++) {
            below += counts[cell];
            largest = Math.max(largest, Math.abs((double) below / count - (cell + 1.0) / CELLS));
        }
        return count == 0 ? 0 : largest;
    }

    /**
     * The p-value of {@link #distance()}.
     *
     * @return 0 to 1; 1 without observations.
     */
    public double pValue() {
        return count == 0 ? 1 : Distributions.kolmogorovAbove(distance(), count);
    }

    /**
     * The empirical distribution function.
     *
     * @param points how many, at least 1 and a power of two up to 65,536.
     * @return the share of observations below 1/points, 2/points ... 1.
     */
    public double[] cumulated(final int points) {
        final double[] cumulated = new double[points];
        final int cellsPerPoint = CELLS / points;
        long below = 0;
        for (int cell = 0; cell < CELLS; cell++) {
            below += counts[cell];
            if ((cell + 1) % cellsPerPoint == 0) {
                cumulated[cell / cellsPerPoint] = (double) below / Math.max(1, count);
            }
        }
        return cumulated;
    }
}
