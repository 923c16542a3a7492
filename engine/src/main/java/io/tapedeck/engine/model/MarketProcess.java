package io.tapedeck.engine.model;

/**
 * A market as a random process that moves in steps: a state, the total rate at which it is left, and a draw of the step
 * that is taken. The process does not know when its steps happen; that is the {@link EventClock}'s.
 *
 * <p>The getters describe the last step and stay valid until the next.
 *
 * <p><b>Note:</b> belongs to one thread. No allocation after construction.
 */
public interface MarketProcess {
    /** The ask's best price rose by the step. */
    int FLAG_ASK_ROSE = 1;

    /** The bid's best price fell by the step. */
    int FLAG_BID_FELL = 2;

    /** The book was redrawn after the step. */
    int FLAG_REINITIALISED = 4;

    /** The window moved with its reference price, and any of its levels may have another depth than before the step. */
    int FLAG_RECENTRED = 8;

    /**
     * Puts the process into its opening state. Random sources are not touched: whoever owns them seeds them.
     *
     * @param openingPriceTicks between the best prices.
     */
    void open(int openingPriceTicks);

    /**
     * The rate at which the present state is left. A clock asks at least once before every step, and again when time
     * passes a point at which the law changes.
     *
     * @param nowSeconds since the open.
     * @return events per second; not finite when the state is left in no sensible way.
     */
    double totalRate(double nowSeconds);

    /** Draws what happens next in the state that {@link #totalRate} saw last, and moves on. */
    void step();

    /**
     * What happened.
     *
     * @return one of {@link io.tapedeck.codecs.qrsdp1.QueueEventType}.
     */
    int type();

    /**
     * Whose queue it happened to.
     *
     * @return {@link io.tapedeck.codecs.qrsdp1.QueueSide#BID} or {@link io.tapedeck.codecs.qrsdp1.QueueSide#ASK}; of an
     *         execution the resting side.
     */
    int side();

    /**
     * Where it happened.
     *
     * @return price in ticks.
     */
    int priceTicks();

    /**
     * How much it was about.
     *
     * @return orders, at least 1.
     */
    int quantity();

    /**
     * What it did to the best prices.
     *
     * @return a set of {@link #FLAG_ASK_ROSE}, {@link #FLAG_BID_FELL}, {@link #FLAG_REINITIALISED} and
     *     {@link #FLAG_RECENTRED}.
     */
    int flags();

    /**
     * How many steps since the open changed a best price, improvements among them.
     *
     * @return 0 or more.
     */
    long moveCount();

    /**
     * The middle of the best prices now; after the last step of a session, its close.
     *
     * @return price in ticks, truncated toward zero.
     */
    int midTicks();

    /**
     * The state.
     *
     * @return a live view of the depths.
     */
    QueueBook book();
}
