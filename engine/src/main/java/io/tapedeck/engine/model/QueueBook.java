package io.tapedeck.engine.model;

/**
 * The depths of a queue model as others may read them: a window of price levels per side, innermost first. Depths count
 * orders, whatever shares these have. The innermost level is the best price, or in a market around a reference price the
 * one next to it, which may be empty.
 *
 * <p><b>Note:</b> a live view; it belongs to the thread that steps the process.
 */
public interface QueueBook {
    /**
     * The width of the window.
     *
     * @return levels per side, at least 1.
     */
    int levels();

    /**
     * The price of a level.
     *
     * @param side  {@link io.tapedeck.codecs.qrsdp1.QueueSide#BID} or
     *              {@link io.tapedeck.codecs.qrsdp1.QueueSide#ASK}.
     * @param level 0 for the innermost, to {@link #levels()} - 1.
     * @return price in ticks.
     */
    int priceTicks(int side, int level);

    /**
     * The depth of a level.
     *
     * @param side  {@link io.tapedeck.codecs.qrsdp1.QueueSide#BID} or
     *              {@link io.tapedeck.codecs.qrsdp1.QueueSide#ASK}.
     * @param level 0 for the innermost, to {@link #levels()} - 1.
     * @return number of orders, 0 or more.
     */
    int depth(int side, int level);
}
