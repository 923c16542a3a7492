package io.tapedeck.engine.replay.feature;

import io.tapedeck.engine.book.OrderBook;

/**
 * A number that follows from a book and the events that made it. One object serves one instrument.
 *
 * <p>Some are about the moment of a row, others about the events since the row before. <b>Note:</b> called by one thread;
 * no allocation.
 */
public interface Feature {
    /** The value of what is not there. */
    double MISSING = Double.NaN;

    /**
     * Sees an event after the book has taken it in.
     *
     * @param event of the instrument.
     * @param book  of the instrument, as it is now.
     */
    default void onEvent(final BookEvent event, final OrderBook book) {}

    /**
     * What goes into a row.
     *
     * @param book of the instrument, as it is now.
     * @return the value, or {@link #MISSING}.
     */
    double value(OrderBook book);

    /** A row was written: what counts from row to row begins anew. */
    default void onRow() {}

    /** A session begins: nothing is known. */
    default void onSession() {}
}
