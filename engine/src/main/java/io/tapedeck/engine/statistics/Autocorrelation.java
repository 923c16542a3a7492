package io.tapedeck.engine.statistics;

/**
 * The correlation of a series with itself at chosen lags, in memory for the longest lag only. A {@link #gap() gap} starts
 * a new stretch: no pair spans it, as between two days.
 *
 * <p><b>Note:</b> belongs to one thread. Adding does not allocate.
 */
public final class Autocorrelation {
    private final int[] lags;
    private final double[] window;
    private final long[] pairs;
    private final double[] products;
    private final double[] earlier;
    private final double[] later;
    private long count;
    private double sum;
    private double sumOfSquares;
    private long stretch;

    /**
     * A series without values.
     *
     * @param lags each at least 1; copied.
     */
    public Autocorrelation(final int... lags) {
        this.lags = lags.clone();
        int longest = 1;
        for (final int lag : lags) {
            if (lag < 1) {
                throw new IllegalArgumentException("a lag is at least 1: lag=" + lag);
            }
            longest = Math.max(longest, lag);
        }
        window = new double[longest + 1];
        pairs = new long[lags.length];
        products = new double[lags.length];
        earlier = new double[lags.length];
        later = new double[lags.length];
    }

    /**
     * Takes the next value.
     *
     * @param value finite.
     */
    public void add(final double value) {
        final int at = (int) (stretch % window.length);
        window[at] = value;
        for (int i = 0; i < lags.length && lags[i] <= stretch; i++) {
            final int behind = at - lags[i];
            final double before = window[behind < 0 ? behind + window.length : behind];
            pairs[i]++;
            products[i] += before * value;
            earlier[i] += before;
            later[i] += value;
        }
        stretch++;
        count++;
        sum += value;
        sumOfSquares += value * value;
    }

    /** What comes next has nothing to do with what was before. */
    public void gap() {
        stretch = 0;
    }

    /**
     * How many values.
     *
     * @return 0 or more.
     */
    public long count() {
        return count;
    }

    /**
     * The lags.
     *
     * @return a copy, as they were given.
     */
    public int[] lags() {
        return lags.clone();
    }

    /**
     * How many pairs a lag has.
     *
     * @param index of the lag.
     * @return 0 or more.
     */
    public long pairs(final int index) {
        return pairs[index];
    }

    /**
     * The autocorrelation at a lag: covariance of the pairs over the variance of all values.
     *
     * @param index of the lag.
     * @return -1 to 1, about; NaN where the values do not vary or there is no pair.
     */
    public double at(final int index) {
        final double mean = sum / count;
        final double variance = sumOfSquares / count - mean * mean;
        final double covariance =
                products[index] / pairs[index] - mean * (earlier[index] + later[index]) / pairs[index] + mean * mean;
        return variance > 0 ? covariance / variance : Double.NaN;
    }

    /**
     * The autocorrelation in standard errors of a series of independent values.
     *
     * @param index of the lag.
     * @return {@code at * sqrt(pairs)}.
     */
    public double zScore(final int index) {
        return at(index) * Math.sqrt(pairs[index]);
    }
}
