package io.tapedeck.engine.facts;

/**
 * What has been published about a fact.
 *
 * @param low    least value; -infinity where there is none.
 * @param high   greatest value; infinity where there is none.
 * @param source who found it, and for which market.
 */
public record ReferenceBand(double low, double high, String source) {
    /** Nothing to compare with. */
    public static final ReferenceBand NONE = new ReferenceBand(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, "");

    /**
     * Whether there is a band.
     *
     * @return false for {@link #NONE}.
     */
    public boolean isGiven() {
        return !source.isEmpty();
    }

    /**
     * Whether a value lies in the band.
     *
     * @param value any; NaN lies in none.
     * @return true from the least to the greatest value.
     */
    public boolean contains(final double value) {
        return value >= low && value <= high;
    }
}
