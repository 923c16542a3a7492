package io.tapedeck.engine.calibration;

/** Where the levels of a {@link QueueWindow} are counted from. */
public enum Anchor {
    /** Each side's best price is its level 0: the book of the queue-reactive model whose best queues are never empty. */
    BEST_QUOTE,

    /**
     * A reference price between two levels: level 0 of either side is the one next to it, and may be empty. It is the
     * middle of the best prices where their distance is odd, and otherwise half a level beside it, on the side where it
     * was before. Source: Huang, Lehalle and Rosenbaum, section 2.2.
     */
    REFERENCE_PRICE
}
