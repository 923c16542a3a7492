package io.tapedeck.engine.random;

/**
 * What a random stream decides. Each purpose has a stream of its own, so that switching one feature on or off never
 * shifts the draws of another.
 */
public enum StreamPurpose {
    /** When events happen. */
    CLOCK(1),

    /** Which type of event, and at which level. */
    FLOW(2),

    /** Which order of a queue is cancelled. */
    ORDERS(3),

    /** Whether a price move redraws the book, and to which depths. */
    REINITIALISATION(4),

    /** How many shares an order has. */
    ORDER_SIZES(5),

    /** How busy the market is. */
    ACTIVITY(6),

    /** Where the whole market leans: one stream a day for all symbols. */
    MARKET_FACTOR(7),

    /** Whether a reference price follows the quotes, and what comes into view when it does. */
    REFERENCE_PRICE(8);

    private final int id;

    StreamPurpose(final int id) {
        this.id = id;
    }

    /**
     * The number that stands for the purpose in the hash of a stream's name. It is part of what a seed means, so it
     * never changes.
     *
     * @return 1 or more.
     */
    int id() {
        return id;
    }
}
