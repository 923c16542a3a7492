package io.tapedeck.engine.statistics;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.PoissonDistribution;

/** Tail probabilities and quantiles of the laws that test statistics have. */
public final class Distributions {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    /** Below it the Kolmogorov law's upper tail is 1 to the last bit. */
    private static final double SMALLEST_KOLMOGOROV = 0.18;

    private static final int MAX_TERMS = 100;

    private Distributions() {}

    /**
     * The chance of a standard normal number above {@code z}.
     *
     * @param z any number.
     * @return 0 to 1; exact in relative terms far into the tail.
     */
    public static double normalAbove(final double z) {
        return NORMAL.survivalProbability(z);
    }

    /**
     * The chance of a standard normal number further from 0 than {@code z}.
     *
     * @param z of either sign.
     * @return 0 to 1: the two-sided p-value of a z-score.
     */
    public static double normalBeyond(final double z) {
        return Math.min(1, 2 * NORMAL.survivalProbability(Math.abs(z)));
    }

    /**
     * The number below which a standard normal number lies with a given chance.
     *
     * @param probability 0 to 1.
     * @return the quantile; infinite at 0 and 1.
     */
    public static double normalQuantile(final double probability) {
        return NORMAL.inverseCumulativeProbability(probability);
    }

    /**
     * The chance of a chi-square number above {@code value}.
     *
     * @param value   0 or more.
     * @param degrees of freedom, above 0.
     * @return 0 to 1: the p-value of the statistic.
     */
    public static double chiSquareAbove(final double value, final double degrees) {
        return ChiSquaredDistribution.of(degrees).survivalProbability(value);
    }

    /**
     * The number below which a chi-square number lies with a given chance.
     *
     * @param probability 0 to 1.
     * @param degrees     of freedom, above 0.
     * @return the quantile; infinite at 1.
     */
    public static double chiSquareQuantile(final double probability, final double degrees) {
        return ChiSquaredDistribution.of(degrees).inverseCumulativeProbability(probability);
    }

    /**
     * The chance of a Poisson count as far out as one that was seen: twice the smaller of its two tails.
     *
     * @param count what was seen, 0 or more.
     * @param mean  of the law, above 0.
     * @return 0 to 1: the two-sided p-value.
     */
    public static double poissonBeyond(final long count, final double mean) {
        final PoissonDistribution law = PoissonDistribution.of(mean);
        final int seen = (int) Math.min(count, Integer.MAX_VALUE);
        return Math.min(1, 2 * Math.min(law.cumulativeProbability(seen), law.survivalProbability(seen - 1)));
    }

    /**
     * The chance that an empirical distribution function strays further from the true, continuous one than seen. The
     * limit law, with the correction for a finite sample by M. A. Stephens, JRSS B 32 (1970), 115-122; from 20
     * observations on it is right to a few percent of itself.
     *
     * @param distance largest vertical distance of the two functions, 0 to 1.
     * @param count    of observations, at least 1.
     * @return 0 to 1: the p-value of the Kolmogorov-Smirnov test.
     */
    public static double kolmogorovAbove(final double distance, final long count) {
        final double root = Math.sqrt(count);
        final double scaled = (root + 0.12 + 0.11 / root) * distance;
        if (scaled < SMALLEST_KOLMOGOROV) {
            return 1;
        }
        double sum = 0;
        double sign = 1;
        for (int k = 1; k <= MAX_TERMS; k++) {
            final double term = Math.exp(-2.0 * k * k * scaled * scaled);
            sum += sign * term;
            if (term < 1e-17 * Math.abs(sum)) {
                break;
            }
            sign = -sign;
        }
        return Math.max(0, Math.min(1, 2 * sum));
    }

    /**
     * The p-value of the smallest of several independent p-values: the chance that at least one of so many is as small.
     *
     * @param smallest 0 to 1.
     * @param count    how many there were, at least 1.
     * @return 0 to 1 (the rule of Sidak).
     */
    public static double smallestOf(final double smallest, final long count) {
        return smallest >= 1 ? 1 : -Math.expm1(count * Math.log1p(-smallest));
    }
}
