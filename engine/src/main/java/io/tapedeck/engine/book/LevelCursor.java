package io.tapedeck.engine.book;

import static io.tapedeck.engine.book.NodeDescriptor.NONE;
import static io.tapedeck.engine.book.NodeDescriptor.ORDERS;
import static io.tapedeck.engine.book.NodeDescriptor.PRICE;
import static io.tapedeck.engine.book.NodeDescriptor.SUM;
import static io.tapedeck.engine.book.NodeDescriptor.WORSE;

/**
 * Stands on one level of a book and walks outwards. Reusable, for any book:
 *
 * <pre>
 *   for (boolean more = cursor.toBest(book, Side.BID); more; more = cursor.next()) {
 *       show(cursor.price(), cursor.quantity());
 *   }
 * </pre>
 *
 * <p><b>Note:</b> good until the next update of the book set; after one, or when no level was found, only the methods
 * that place it anew may be called.
 */
public final class LevelCursor {
    private NodePool pool;
    private int level;

    /** A cursor that stands nowhere yet. */
    public LevelCursor() {}

    /**
     * Goes to the best level of a side.
     *
     * @param book to look into.
     * @param side {@link Side#BID} or {@link Side#ASK}.
     * @return false if the side is empty.
     */
    public boolean toBest(final OrderBook book, final int side) {
        return place(book, book.ladder(side).best());
    }

    /**
     * Goes to the n-th non-empty level of a side, in time proportional to n.
     *
     * @param book to look into.
     * @param side {@link Side#BID} or {@link Side#ASK}.
     * @param n    0 for the best.
     * @return false if the side has no more than n levels.
     * @throws IllegalArgumentException if n is negative.
     */
    public boolean toLevel(final OrderBook book, final int side, final int n) {
        if (n < 0) {
            throw new IllegalArgumentException("levels count from 0: n=" + n);
        }
        boolean found = n < book.levelCount(side) && toBest(book, side);
        for (int i = 0; found && i < n; i++) {
            found = next();
        }
        return found;
    }

    /**
     * Goes to the level of a price.
     *
     * @param book  to look into.
     * @param side  {@link Side#BID} or {@link Side#ASK}.
     * @param price any int.
     * @return false if nothing rests there.
     */
    public boolean toPrice(final OrderBook book, final int side, final int price) {
        return place(book, book.ladder(side).find(price));
    }

    /**
     * Goes one level outwards.
     *
     * @return false if there is none; the cursor then stands nowhere.
     */
    public boolean next() {
        level = pool.nodes()[level + WORSE];
        return level != NONE;
    }

    /**
     * The level's price.
     *
     * @return in the instrument's unit.
     */
    public int price() {
        return pool.nodes()[level + PRICE];
    }

    /**
     * What rests at the level.
     *
     * @return sum over its orders, at least 1.
     */
    public long quantity() {
        return NodeDescriptor.getLong(pool.nodes(), level + SUM);
    }

    /**
     * How many orders rest at the level.
     *
     * @return at least 1.
     */
    public int orderCount() {
        return pool.nodes()[level + ORDERS];
    }

    NodePool pool() {
        return pool;
    }

    int level() {
        return level;
    }

    private boolean place(final OrderBook book, final int found) {
        pool = book.pool();
        level = found;
        return found != NONE;
    }
}
