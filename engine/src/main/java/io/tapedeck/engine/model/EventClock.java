package io.tapedeck.engine.model;

/**
 * Says when a {@link MarketProcess} takes its next step. A clock may have a memory of the steps before, and may ask the
 * process for its rate at several times on the way.
 *
 * <p><b>Note:</b> belongs to one thread. No allocation after construction.
 */
public interface EventClock {
    /** Forgets everything: a new session starts at time 0. */
    void open();

    /**
     * The time of the next step.
     *
     * @param nowSeconds time of the last step since the open, or 0.
     * @param process    is asked for its rate, and left in the state to step from.
     * @return seconds since the open, not before {@code nowSeconds}.
     */
    double nextSeconds(double nowSeconds, MarketProcess process);
}
