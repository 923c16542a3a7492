package io.tapedeck.engine.model;

import io.tapedeck.engine.random.PortableMath;
import io.tapedeck.engine.random.RandomSource;
import java.util.Arrays;

/**
 * The law of a queue's size that its own rates leave as it is: of a birth-and-death chain
 *
 * <pre>
 *   pi(n) = pi(0) rho(0) ... rho(n - 1),   rho(n) = limit(n) / (cancel(n + 1) + market(n + 1))
 * </pre>
 *
 * (Huang, Lehalle and Rosenbaum 2015, section 2.3). Beyond the tables it is geometric; what has a chance below
 * 2<sup>-60</sup> of the likeliest size is left out. Immutable.
 */
public final class InvariantLaw {
    /** The largest queue that may have a chance. */
    public static final int MAX_SIZE = 1 << 14;

    private static final double NEGLIGIBLE_LN = -60 * 0.6931471805599453;

    private final double[] cumulated;
    private final double mean;

    InvariantLaw(final String name, final QueueCurves curves) {
        final double[] lnWeights = lnWeights(name, curves);
        double likeliest = Double.NEGATIVE_INFINITY;
        for (final double ln : lnWeights) {
            likeliest = Math.max(likeliest, ln);
        }
        cumulated = new double[lnWeights.length];
        double sum = 0;
        double weighted = 0;
        for (int size = 0; size < cumulated.length; size++) {
            final double weight = PortableMath.exp(lnWeights[size] - likeliest);
            sum += weight;
            weighted += size * weight;
            cumulated[size] = sum;
        }
        for (int size = 0; size < cumulated.length; size++) {
            cumulated[size] /= sum;
        }
        mean = weighted / sum;
    }

    /**
     * One draw, by inversion.
     *
     * @param random gives one number.
     * @return a queue's size, orders, 0 to {@link #maxSize()}.
     */
    public int draw(final RandomSource random) {
        final int at = Arrays.binarySearch(cumulated, random.nextDouble());
        return at >= 0 ? Math.min(at + 1, maxSize()) : Math.min(~at, maxSize());
    }

    /**
     * The chance of a size.
     *
     * @param size of the queue, 0 or more.
     * @return 0 to 1.
     */
    public double probability(final int size) {
        if (size > maxSize()) {
            return 0;
        }
        return size == 0 ? cumulated[0] : cumulated[size] - cumulated[size - 1];
    }

    /**
     * The largest size that is drawn.
     *
     * @return orders, to {@link #MAX_SIZE}.
     */
    public int maxSize() {
        return cumulated.length - 1;
    }

    /**
     * The mean size.
     *
     * @return orders.
     */
    public double mean() {
        return mean;
    }

    private static double[] lnWeights(final String name, final QueueCurves curves) {
        final int tail = curves.tableLength();
        double[] ln = new double[tail + 1];
        double likeliest = 0;
        int size = 0;
        while (curves.limit(size) > 0 && (size < tail || ln[size] > likeliest + NEGLIGIBLE_LN)) {
            if (size == MAX_SIZE) {
                throw new IllegalArgumentException(name + ", size " + (tail - 1)
                        + ": from here on so little more departs than arrives that queues of " + MAX_SIZE
                        + " orders would not be rare; fewer must arrive or more depart");
            }
            if (size + 1 == ln.length) {
                ln = Arrays.copyOf(ln, 2 * ln.length);
            }
            final double rho = curves.limit(size) / (curves.cancel(size + 1) + curves.market(size + 1));
            ln[size + 1] = ln[size] + PortableMath.ln(rho);
            size++;
            likeliest = Math.max(likeliest, ln[size]);
        }
        return Arrays.copyOf(ln, size + 1);
    }
}
