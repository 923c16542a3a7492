package io.tapedeck.engine.validation;

import java.time.LocalDate;

/**
 * What moves a model's rates and is not in the book: how fast its clock goes, and a shift of its imbalance. Known again
 * from the recipe's seeds and from the times of the events.
 */
interface HiddenState {
    /** Rates are what the book says, all the time. */
    HiddenState NONE = new HiddenState() {};

    /** Starts a session at its open. */
    default void open(final LocalDate date) {}

    /** Until when, in nanoseconds since midnight, the shift and what the clock depends on besides the events stay. */
    default long changeNs(final long fromNs) {
        return Long.MAX_VALUE;
    }

    /** Added to the imbalance from this time on, until the next change. */
    default double imbalanceShift(final long fromNs) {
        return 0;
    }

    /** How fast the model's clock goes at this time. */
    default double pace(final long fromNs) {
        return 1;
    }

    /**
     * How far the model's clock goes, in seconds, between two times with neither an event nor a change between them; asked
     * once for each stretch, in their order.
     */
    default double operationalSeconds(final long fromNs, final long toNs) {
        return (toNs - fromNs) * 1e-9;
    }

    /** An event has happened. */
    default void onEvent(final long timeNs) {}

    /** By which part the excitation that events brought in differs from what decayed and what is left. */
    default double imbalanceOfExcitation() {
        return 0;
    }
}
