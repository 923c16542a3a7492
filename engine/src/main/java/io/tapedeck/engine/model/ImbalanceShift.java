package io.tapedeck.engine.model;

/**
 * How far a market leans with all others: the loading times the {@link FactorPath} of the day. A model adds it to the
 * imbalance that it sees, so a positive shift is as if bids outweighed asks.
 *
 * <p><b>Note:</b> belongs to one thread, the market's. The path may be shared.
 */
public final class ImbalanceShift {
    private final double loading;
    private FactorPath path = FactorPath.ZERO;

    /**
     * A shift that is 0 until {@link #open}.
     *
     * @param loading how strongly the factor moves this market; 0 for not at all.
     */
    public ImbalanceShift(final double loading) {
        this.loading = loading;
    }

    /**
     * Starts a session.
     *
     * @param dayPath the factor's path of the day.
     */
    public void open(final FactorPath dayPath) {
        path = dayPath;
    }

    /**
     * Whether the market can ever lean.
     *
     * @return false if the shift is 0 at all times.
     */
    public boolean isActive() {
        return loading != 0;
    }

    /**
     * The shift at a time.
     *
     * @param nowSeconds since the open.
     * @return to be added to an imbalance of -1 to 1; constant within each cell of the path's grid.
     */
    public double at(final double nowSeconds) {
        return loading * path.at(nowSeconds);
    }
}
