package io.tapedeck.engine.statistics;

/**
 * Counts of positive numbers in cells of equal ratio, a hundredth of a decade each, from 1e-12 to 1e12: quantiles and tails
 * of a stream in constant memory, each value known to 1.2 %. Values that are not positive are counted apart.
 *
 * <p><b>Note:</b> belongs to one thread. Adding does not allocate.
 */
public final class LogHistogram {
    private static final int CELLS_PER_DECADE = 100;
    private static final int LOWEST_DECADE = -12;
    private static final int DECADES = 24;

    private final long[] counts = new long[DECADES * CELLS_PER_DECADE];
    private long count;
    private long notPositive;

    /** A histogram of nothing yet. */
    public LogHistogram() {}

    /**
     * Takes a number.
     *
     * @param value any; beyond the range it counts in the first or the last cell.
     */
    public void add(final double value) {
        if (value > 0) {
            final int cell = (int) Math.floor((Math.log10(value) - LOWEST_DECADE) * CELLS_PER_DECADE);
            counts[Math.max(0, Math.min(counts.length - 1, cell))]++;
            count++;
        } else {
            notPositive++;
        }
    }

    /**
     * How many positive numbers.
     *
     * @return 0 or more.
     */
    public long count() {
        return count;
    }

    /**
     * How many numbers were 0 or less.
     *
     * @return 0 or more.
     */
    public long notPositiveCount() {
        return notPositive;
    }

    /**
     * How many cells.
     *
     * @return the same for every histogram.
     */
    public int cells() {
        return counts.length;
    }

    /**
     * The numbers in a cell.
     *
     * @param cell 0 to {@link #cells()} - 1.
     * @return 0 or more.
     */
    public long count(final int cell) {
        return counts[cell];
    }

    /**
     * Where a cell begins.
     *
     * @param cell 0 to {@link #cells()}.
     * @return its least value.
     */
    public double from(final int cell) {
        return Math.pow(10, (double) cell / CELLS_PER_DECADE + LOWEST_DECADE);
    }

    /**
     * The geometric middle of a cell.
     *
     * @param cell 0 to {@link #cells()} - 1.
     * @return what stands for the values in it.
     */
    public double middle(final int cell) {
        return Math.pow(10, (cell + 0.5) / CELLS_PER_DECADE + LOWEST_DECADE);
    }

    /**
     * A quantile of the positive numbers.
     *
     * @param probability 0 to 1.
     * @return the middle of the cell in which it lies; NaN without numbers.
     */
    public double quantile(final double probability) {
        if (count == 0) {
            return Double.NaN;
        }
        final double rank = probability * count;
        long below = 0;
        int last = 0;
        for (int cell = 0; cell < counts.length; cell++) {
            if (counts[cell] > 0) {
                below += counts[cell];
                last = cell;
                if (below >= rank) {
                    break;
                }
            }
        }
        return middle(last);
    }

    /**
     * A quantile of numbers that are whole, as sizes are.
     *
     * @param probability 0 to 1.
     * @return the least whole number of the cell in which it lies; NaN without numbers.
     */
    public double wholeQuantile(final double probability) {
        return Math.ceil(quantile(probability) / Math.pow(10, 0.5 / CELLS_PER_DECADE) - 1e-9);
    }

    /**
     * The exponent a of a tail that falls as {@code x^-a}, by B. M. Hill, Annals of Statistics 3 (1975), 1163-1174: one
     * over the mean logarithm of the largest values' ratio to the threshold.
     *
     * @param share of the positive numbers that are the tail, 0 to 1; the cell that it ends in counts as a whole.
     * @return positive; NaN where the tail has no width.
     */
    public double hillExponent(final double share) {
        final double wanted = share * count;
        long above = 0;
        double logs = 0;
        for (int cell = counts.length - 1; cell >= 0; cell--) {
            above += counts[cell];
            logs += counts[cell] * Math.log(middle(cell));
            if (above > 0 && above >= wanted) {
                final double mean = logs / above - Math.log(from(cell));
                final boolean hasWidth = counts[cell] < above;
                return hasWidth ? 1 / mean : Double.NaN;
            }
        }
        return Double.NaN;
    }
}
