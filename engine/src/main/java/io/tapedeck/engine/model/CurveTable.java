package io.tapedeck.engine.model;

/** Curves of one kind, one per level, laid out in one array for the hot path. */
final class CurveTable {
    private final double[] rates;
    private final int lastColumn;
    private final int columns;

    /**
     * Lays curves side by side. Shorter ones go on with their last entry, empty ones with 0.
     *
     * @param curves one per level; not kept.
     */
    CurveTable(final double[]... curves) {
        int longest = 1;
        for (final double[] curve : curves) {
            longest = Math.max(longest, curve.length);
        }
        columns = longest;
        lastColumn = longest - 1;
        rates = new double[curves.length * columns];
        for (int level = 0; level < curves.length; level++) {
            final double[] curve = curves[level];
            for (int n = 0; n < columns && curve.length > 0; n++) {
                rates[level * columns + n] = curve[Math.min(n, curve.length - 1)];
            }
        }
    }

    /** The rate of a level, events per second, whose queue holds {@code depth} orders. */
    double rate(final int level, final int depth) {
        return rates[level * columns + Math.min(depth, lastColumn)];
    }
}
