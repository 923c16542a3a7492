package io.tapedeck.engine.book;

import static io.tapedeck.engine.book.NodeDescriptor.ID;
import static io.tapedeck.engine.book.NodeDescriptor.NEXT;
import static io.tapedeck.engine.book.NodeDescriptor.NONE;
import static io.tapedeck.engine.book.NodeDescriptor.ORDERS;
import static io.tapedeck.engine.book.NodeDescriptor.PRICE;
import static io.tapedeck.engine.book.NodeDescriptor.QUANTITY;
import static io.tapedeck.engine.book.NodeDescriptor.SUM;
import static io.tapedeck.engine.book.NodeDescriptor.WORSE;

/**
 * What one instrument's book looks like now. A live view: it changes with every update of its {@link OrderBooks}, and
 * belongs to the same thread. Walks over levels are {@link LevelCursor}'s, walks over orders {@link OrderCursor}'s.
 */
public final class OrderBook {
    private static final long GOLDEN_RATIO = 0x9E37_79B9_7F4A_7C15L;

    private final int instrumentId;
    private final NodePool pool;
    private final EmptiedLevels emptied;
    private final Ladder bids;
    private final Ladder asks;

    OrderBook(
            final int instrumentId,
            final NodePool pool,
            final EmptiedLevels emptied,
            final Ladder bids,
            final Ladder asks) {
        this.instrumentId = instrumentId;
        this.pool = pool;
        this.emptied = emptied;
        this.bids = bids;
        this.asks = asks;
    }

    /**
     * Whose book this is.
     *
     * @return the id that {@link OrderBooks#add} was given.
     */
    public int instrumentId() {
        return instrumentId;
    }

    /**
     * The best price of a side.
     *
     * @param side {@link Side#BID} or {@link Side#ASK}.
     * @return the highest bid or the lowest offer; 0 if the side is empty, which only {@link #bestQuantity} tells from a
     *     price of 0.
     */
    public int bestPrice(final int side) {
        final int level = ladder(side).best();
        return level == NONE ? 0 : pool.nodes()[level + PRICE];
    }

    /**
     * What rests at the best price of a side.
     *
     * @param side {@link Side#BID} or {@link Side#ASK}.
     * @return sum over the orders; 0 if the side is empty, and then only.
     */
    public long bestQuantity(final int side) {
        final int level = ladder(side).best();
        return level == NONE ? 0 : NodeDescriptor.getLong(pool.nodes(), level + SUM);
    }

    /**
     * How many orders rest at the best price of a side.
     *
     * @param side {@link Side#BID} or {@link Side#ASK}.
     * @return 0 if the side is empty.
     */
    public int bestOrderCount(final int side) {
        final int level = ladder(side).best();
        return level == NONE ? 0 : pool.nodes()[level + ORDERS];
    }

    /**
     * How many prices of a side have orders.
     *
     * @param side {@link Side#BID} or {@link Side#ASK}.
     * @return 0 if the side is empty.
     */
    public int levelCount(final int side) {
        return ladder(side).levelCount();
    }

    /**
     * A fingerprint of both sides, in the order of the queues, that any other implementation can compute. It depends on
     * nothing but sides, prices, ids and quantities, so equal books of different instruments have equal hashes.
     *
     * <p>All arithmetic is on 64 bits and wraps. Let
     *
     * <pre>
     *   absorb(h, w):  z = (h xor w) + 0x9E3779B97F4A7C15
     *                  z = (z xor (z &gt;&gt;&gt; 30)) * 0xBF58476D1CE4E5B9
     *                  z = (z xor (z &gt;&gt;&gt; 27)) * 0x94D049BB133111EB
     *                  return z xor (z &gt;&gt;&gt; 31)
     * </pre>
     *
     * <p>Start with h = 0. For the bid side, then for the ask side: for each level from the best price outwards, for each
     * of its orders from the oldest to the youngest, {@code h = absorb(h, id)} and then
     * {@code h = absorb(h, price * 2^32 + quantity)}, the price as a signed number. After the last order of a side, even
     * if it has none, {@code h = absorb(h, number of orders of the side)}. The mixing steps are those of the SplitMix64
     * generator (Steele, Lea and Flood, 2014).
     *
     * @return the hash; of an empty book too.
     */
    public long hash() {
        return hash(1);
    }

    /**
     * The fingerprint that the book would have with prices in a smaller unit. Books that count in ticks are compared so
     * with books made from a feed, which count in 1/10,000.
     *
     * @param unitsPerPrice how many of the smaller unit one unit of this book's prices is, for example its tick size in
     *                      1/10,000; at least 1.
     * @return {@link #hash()} of a book whose prices are multiplied by that number.
     * @throws IllegalArgumentException if the number is not positive.
     */
    public long hash(final int unitsPerPrice) {
        if (unitsPerPrice < 1) {
            throw new IllegalArgumentException("unitsPerPrice must be at least 1: unitsPerPrice=" + unitsPerPrice);
        }
        return absorbSide(absorbSide(0, ladder(Side.BID), unitsPerPrice), ladder(Side.ASK), unitsPerPrice);
    }

    /** The levels of a side, as they are asked for: those that are there, and no others. */
    Ladder ladder(final int side) {
        emptied.takeOut();
        return side == Side.BID ? bids : asks;
    }

    NodePool pool() {
        return pool;
    }

    private long absorbSide(final long start, final Ladder ladder, final int unitsPerPrice) {
        final int[] nodes = pool.nodes();
        long hash = start;
        long orders = 0;
        for (int level = ladder.best(); level != NONE; level = nodes[level + WORSE]) {
            final long price = (long) nodes[level + PRICE] * unitsPerPrice << 32;
            for (int order = nodes[level + NEXT]; order != level; order = nodes[order + NEXT]) {
                hash = absorb(hash, NodeDescriptor.getLong(nodes, order + ID));
                hash = absorb(hash, price + nodes[order + QUANTITY]);
            }
            orders += nodes[level + ORDERS];
        }
        return absorb(hash, orders);
    }

    private static long absorb(final long hash, final long word) {
        long z = (hash ^ word) + GOLDEN_RATIO;
        z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return z ^ (z >>> 31);
    }
}
