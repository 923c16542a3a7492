package io.tapedeck.engine.book;

import static io.tapedeck.engine.book.NodeDescriptor.ID;
import static io.tapedeck.engine.book.NodeDescriptor.LADDER;
import static io.tapedeck.engine.book.NodeDescriptor.LEVEL;
import static io.tapedeck.engine.book.NodeDescriptor.NEXT;
import static io.tapedeck.engine.book.NodeDescriptor.NONE;
import static io.tapedeck.engine.book.NodeDescriptor.PREV;
import static io.tapedeck.engine.book.NodeDescriptor.PRICE;
import static io.tapedeck.engine.book.NodeDescriptor.QUANTITY;

/**
 * Stands on one live order, found by id or at the front of a queue, and walks towards the tail. Reusable, for any book.
 *
 * <p><b>Note:</b> good until the next update of the book set; after one, or when no order was found, only the methods
 * that place it anew may be called.
 */
public final class OrderCursor {
    private NodePool pool;
    private int order;

    /** A cursor that stands nowhere yet. */
    public OrderCursor() {}

    /**
     * Goes to an order.
     *
     * @param books   to look into.
     * @param orderId any 64 bits.
     * @return false if no live order has the id.
     */
    public boolean toOrder(final OrderBooks books, final long orderId) {
        pool = books.pool();
        order = books.nodeOf(orderId);
        return order != NONE;
    }

    /**
     * Goes to the oldest order of a level, the one that trades next.
     *
     * @param level a cursor that stands on a level.
     */
    public void toFront(final LevelCursor level) {
        pool = level.pool();
        order = pool.nodes()[level.level() + NEXT];
    }

    /**
     * Goes to the next younger order of the same level.
     *
     * @return false if there is none; the cursor then stands nowhere.
     */
    public boolean next() {
        final int[] nodes = pool.nodes();
        final int next = nodes[order + NEXT];
        order = next == nodes[order + LEVEL] ? NONE : next;
        return order != NONE;
    }

    /**
     * The order's id.
     *
     * @return any 64 bits.
     */
    public long orderId() {
        return NodeDescriptor.getLong(pool.nodes(), order + ID);
    }

    /**
     * The order's instrument.
     *
     * @return the id it was added with.
     */
    public int instrumentId() {
        return pool.nodes()[order + LADDER] >> 1;
    }

    /**
     * The order's side.
     *
     * @return {@link Side#BID} or {@link Side#ASK}.
     */
    public int side() {
        return pool.nodes()[order + LADDER] & 1;
    }

    /**
     * The order's price.
     *
     * @return in the instrument's unit.
     */
    public int price() {
        final int[] nodes = pool.nodes();
        return nodes[nodes[order + LEVEL] + PRICE];
    }

    /**
     * What the order has left.
     *
     * @return 1 to 2^31 - 1.
     */
    public int quantity() {
        return pool.nodes()[order + QUANTITY];
    }

    /**
     * Queue position by orders; takes time in proportion to it.
     *
     * @return how many orders of the same level are older, 0 for the front.
     */
    public int ordersAhead() {
        final int[] nodes = pool.nodes();
        final int level = nodes[order + LEVEL];
        int orders = 0;
        for (int ahead = nodes[order + PREV]; ahead != level; ahead = nodes[ahead + PREV]) {
            orders++;
        }
        return orders;
    }

    /**
     * Queue position by quantity; takes time in proportion to {@link #ordersAhead()}.
     *
     * @return what the older orders of the same level have left, 0 for the front.
     */
    public long quantityAhead() {
        final int[] nodes = pool.nodes();
        final int level = nodes[order + LEVEL];
        long quantity = 0;
        for (int ahead = nodes[order + PREV]; ahead != level; ahead = nodes[ahead + PREV]) {
            quantity += nodes[ahead + QUANTITY];
        }
        return quantity;
    }
}
