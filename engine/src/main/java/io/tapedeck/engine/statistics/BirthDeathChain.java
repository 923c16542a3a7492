package io.tapedeck.engine.statistics;

/**
 * A random walk on 0, 1, 2 ... n that goes up and down by one at rates that depend on where it is: its invariant law, and
 * the test of whether the time that a path has spent in each state agrees with it.
 *
 * <p>Let Q be the generator, P the matrix whose rows are the invariant law p, and D = (P - Q)<sup>-1</sup> - P the
 * deviation matrix. Over a long time T the shares of time spent in the states are normal around p with covariance S / T,
 * where S = diag(p) D + (diag(p) D)'. Neighbouring states are pooled until each cell has a mass, one cell is dropped because
 * the shares add up to 1, and T d' S<sup>-1</sup> d of the remaining deviations d is chi-square. That takes account of how
 * slowly the walk forgets, which a test on samples of the path does not.
 */
public final class BirthDeathChain {
    private static final double LEAST_CELL_MASS = 0.02;
    private static final double NEGLIGIBLE_MASS = 1e-13;

    private final double[] births;
    private final double[] deaths;
    private final double[] law;

    /**
     * A chain. States that the walk practically never sees, at the far end, are cut off.
     *
     * @param births rates upwards from each state, per second; not negative. The last is not used: the walk ends there.
     * @param deaths rates downwards, as many; positive from state 1 on. The first is not used.
     * @throws IllegalArgumentException if the rates are of different number, or none.
     */
    public BirthDeathChain(final double[] births, final double[] deaths) {
        if (births.length != deaths.length || births.length == 0) {
            throw new IllegalArgumentException("a chain has as many births as deaths and one state at least: births="
                    + births.length + ", deaths=" + deaths.length);
        }
        final double[] weights = new double[births.length];
        weights[0] = 1;
        double total = 1;
        int states = 1;
        for (int n = 1; n < births.length; n++) {
            weights[n] = weights[n - 1] * births[n - 1] / deaths[n];
            total += weights[n];
            states = weights[n] > NEGLIGIBLE_MASS * total ? n + 1 : states;
        }
        this.births = births.clone();
        this.deaths = deaths.clone();
        law = new double[states];
        double kept = 0;
        for (int n = 0; n < states; n++) {
            kept += weights[n];
        }
        for (int n = 0; n < states; n++) {
            law[n] = weights[n] / kept;
        }
    }

    /**
     * The invariant law.
     *
     * @return a copy; the probability of 0, 1, 2 ...
     */
    public double[] law() {
        return law.clone();
    }

    /**
     * Tests the time that a path has spent in each state.
     *
     * @param seconds by state, from 0; what lies beyond the law's last state counts there.
     * @return the test.
     * @throws IllegalArgumentException if the law has less than two cells, so that there is nothing to test.
     */
    public Test test(final double[] seconds) {
        final int[] cells = cells();
        final int count = cells[law.length - 1] + 1;
        if (count < 2) {
            throw new IllegalArgumentException("the law has nearly all its mass in one state; nothing to test");
        }
        double total = 0;
        final double[] deviations = new double[count - 1];
        for (int n = 0; n < seconds.length; n++) {
            total += seconds[n];
        }
        for (int n = 0; n < seconds.length; n++) {
            final int cell = cells[Math.min(n, law.length - 1)];
            if (cell < count - 1) {
                deviations[cell] += seconds[n] / total;
            }
        }
        for (int n = 0; n < law.length; n++) {
            if (cells[n] < count - 1) {
                deviations[cells[n]] -= law[n];
            }
        }
        final double wald = total * new LinearSystem(covariance(cells, count - 1)).quadraticForm(deviations);
        return new Test(wald, count - 1, Distributions.chiSquareAbove(wald, count - 1.0));
    }

    /**
     * The outcome of a test.
     *
     * @param wald    the statistic.
     * @param degrees of freedom.
     * @param pValue  chance of a larger one.
     */
    public record Test(double wald, int degrees, double pValue) {}

    /** The cell of each state: neighbours together until they weigh enough; what is left at the end joins the last. */
    private int[] cells() {
        final int[] cells = new int[law.length];
        int cell = 0;
        double mass = 0;
        double left = 1;
        for (int n = 0; n < law.length; n++) {
            cells[n] = cell;
            mass += law[n];
            left -= law[n];
            if (mass >= LEAST_CELL_MASS && left >= LEAST_CELL_MASS) {
                cell++;
                mass = 0;
            }
        }
        return cells;
    }

    private double[][] covariance(final int[] cells, final int count) {
        final int size = law.length;
        final double[][] matrix = new double[size][size];
        for (int n = 0; n < size; n++) {
            final double up = n + 1 < size ? births[n] : 0;
            final double down = n > 0 ? deaths[n] : 0;
            for (int m = 0; m < size; m++) {
                matrix[n][m] = law[m];
            }
            matrix[n][n] += up + down;
            if (n + 1 < size) {
                matrix[n][n + 1] -= up;
            }
            if (n > 0) {
                matrix[n][n - 1] -= down;
            }
        }
        final double[][] deviation = new LinearSystem(matrix).inverse();
        final double[][] covariance = new double[count][count];
        for (int n = 0; n < size; n++) {
            for (int m = 0; m < size; m++) {
                if (cells[n] < count && cells[m] < count) {
                    covariance[cells[n]][cells[m]] +=
                            law[n] * (deviation[n][m] - law[m]) + law[m] * (deviation[m][n] - law[n]);
                }
            }
        }
        return covariance;
    }
}
