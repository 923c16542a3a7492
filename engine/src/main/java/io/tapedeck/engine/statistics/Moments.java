package io.tapedeck.engine.statistics;

/**
 * Mean, variance, skewness and kurtosis of a stream of numbers, by central moments that are updated one number at a time
 * (P. Pebay, Sandia report 2008-6212), so that a mean far from 0 costs no digits.
 *
 * <p><b>Note:</b> belongs to one thread. Does not allocate.
 */
public final class Moments {
    private long count;
    private double mean;
    private double second;
    private double third;
    private double fourth;

    /** Moments of nothing yet. */
    public Moments() {}

    /**
     * Takes a number.
     *
     * @param value finite.
     */
    public void add(final double value) {
        final double before = count;
        count++;
        final double delta = value - mean;
        final double step = delta / count;
        final double stepSquared = step * step;
        final double product = delta * step * before;
        mean += step;
        fourth += product * stepSquared * ((double) count * count - 3.0 * count + 3)
                + 6 * stepSquared * second
                - 4 * step * third;
        third += product * step * (count - 2.0) - 3 * step * second;
        second += product;
    }

    /**
     * How many numbers.
     *
     * @return 0 or more.
     */
    public long count() {
        return count;
    }

    /**
     * Their mean.
     *
     * @return 0 of none.
     */
    public double mean() {
        return mean;
    }

    /**
     * Their variance, by the count less one.
     *
     * @return NaN below two numbers.
     */
    public double variance() {
        return count < 2 ? Double.NaN : second / (count - 1);
    }

    /**
     * The square root of the variance.
     *
     * @return NaN below two numbers.
     */
    public double standardDeviation() {
        return Math.sqrt(variance());
    }

    /**
     * Their skewness, third central moment over the 3/2th power of the second.
     *
     * @return NaN where all numbers are equal.
     */
    public double skewness() {
        return Math.sqrt(count) * third / Math.pow(second, 1.5);
    }

    /**
     * Their kurtosis above that of a normal law.
     *
     * @return fourth central moment over the square of the second, less 3; NaN where all numbers are equal.
     */
    public double excessKurtosis() {
        return count * fourth / (second * second) - 3;
    }
}
