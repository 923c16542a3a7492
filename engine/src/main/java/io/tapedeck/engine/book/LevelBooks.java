package io.tapedeck.engine.book;

import static io.tapedeck.engine.book.NodeDescriptor.ORDERS;
import static io.tapedeck.engine.book.NodeDescriptor.SUM;

import java.util.Arrays;

/**
 * Books that know levels and no orders: what rests at each price, and how many orders that is. For data that says no more,
 * and for whoever needs no more. The views are those of {@link OrderBooks}, but for the queues, which are empty, and for
 * {@link OrderBook#hash()}, which is about orders.
 *
 * <p><b>Note:</b> not thread safe; one thread makes all updates and all queries. Allocates only to grow.
 */
public final class LevelBooks {
    private final NodePool pool = new NodePool();
    private final EmptiedLevels emptied = new EmptiedLevels(pool);
    private Ladder[] ladders = new Ladder[16];
    private OrderBook[] books = new OrderBook[8];

    /** Empty books. */
    public LevelBooks() {}

    /**
     * Changes a level by a difference. A level at which no order is left is gone.
     *
     * @param instrumentId 0 to {@link OrderBooks#MAX_INSTRUMENT_ID}.
     * @param side         {@link Side#BID} or {@link Side#ASK}.
     * @param price        any int.
     * @param quantity     what comes, or, below 0, goes.
     * @param orders       how many orders come, or, below 0, go.
     * @return {@link BookOutcome#APPLIED}; {@link BookOutcome#OVER_QUANTITY} if more was to go than there was, and the level
     *     is gone; {@link BookOutcome#WRONG_INSTRUMENT} or {@link BookOutcome#WRONG_SIDE}.
     */
    public int change(final int instrumentId, final int side, final int price, final long quantity, final int orders) {
        final int refusal = refusal(instrumentId, side);
        if (refusal != BookOutcome.APPLIED) {
            return refusal;
        }
        final Ladder ladder = ladder(instrumentId, side);
        final int level = ladder.findOrCreate(price);
        final int[] nodes = pool.nodes();
        final long newQuantity = NodeDescriptor.getLong(nodes, level + SUM) + quantity;
        final int newOrders = nodes[level + ORDERS] + orders;
        put(ladder, level, newQuantity, newOrders);
        return newQuantity < 0 || newOrders < 0 ? BookOutcome.OVER_QUANTITY : BookOutcome.APPLIED;
    }

    /**
     * Says what a level is now.
     *
     * @param instrumentId 0 to {@link OrderBooks#MAX_INSTRUMENT_ID}.
     * @param side         {@link Side#BID} or {@link Side#ASK}.
     * @param price        any int.
     * @param quantity     what rests there; 0 takes the level away.
     * @param orders       how many orders that is; 0 takes the level away.
     * @return {@link BookOutcome#APPLIED}, {@code WRONG_INSTRUMENT}, {@code WRONG_SIDE}, or {@code WRONG_QUANTITY} if one of
     *     the two is negative.
     */
    public int set(final int instrumentId, final int side, final int price, final long quantity, final int orders) {
        if (quantity < 0 || orders < 0) {
            return BookOutcome.WRONG_QUANTITY;
        }
        final int refusal = refusal(instrumentId, side);
        if (refusal == BookOutcome.APPLIED) {
            final Ladder ladder = ladder(instrumentId, side);
            put(ladder, ladder.findOrCreate(price), quantity, orders);
        }
        return refusal;
    }

    /** Forgets all levels, for a new day. */
    public void clear() {
        pool.clear();
        for (final Ladder ladder : ladders) {
            if (ladder != null) {
                ladder.clear();
            }
        }
    }

    /**
     * The book of an instrument, made when it is first asked for.
     *
     * @param instrumentId 0 to {@link OrderBooks#MAX_INSTRUMENT_ID}.
     * @return always the same view for the same id.
     * @throws IllegalArgumentException if the id is out of range.
     */
    public OrderBook book(final int instrumentId) {
        if (refusal(instrumentId, Side.BID) != BookOutcome.APPLIED) {
            throw new IllegalArgumentException(
                    "no such instrument: instrumentId=" + instrumentId + ", largest=" + OrderBooks.MAX_INSTRUMENT_ID);
        }
        ladder(instrumentId, Side.BID);
        return books[instrumentId];
    }

    private static int refusal(final int instrumentId, final int side) {
        if ((instrumentId & ~OrderBooks.MAX_INSTRUMENT_ID) != 0) {
            return BookOutcome.WRONG_INSTRUMENT;
        }
        return (side & ~1) == 0 ? BookOutcome.APPLIED : BookOutcome.WRONG_SIDE;
    }

    private void put(final Ladder ladder, final int level, final long quantity, final int orders) {
        if (quantity <= 0 || orders <= 0) {
            ladder.remove(level);
        } else {
            final int[] nodes = pool.nodes();
            NodeDescriptor.putLong(nodes, level + SUM, quantity);
            nodes[level + ORDERS] = orders;
        }
    }

    private Ladder ladder(final int instrumentId, final int side) {
        if (instrumentId >= books.length) {
            final int capacity = Math.max(instrumentId + 1, books.length + books.length / 2);
            books = Arrays.copyOf(books, capacity);
            ladders = Arrays.copyOf(ladders, 2 * capacity);
        }
        if (books[instrumentId] == null) {
            final Ladder bids = new Ladder(pool, Side.BID);
            final Ladder asks = new Ladder(pool, Side.ASK);
            ladders[instrumentId << 1 | Side.BID] = bids;
            ladders[instrumentId << 1 | Side.ASK] = asks;
            books[instrumentId] = new OrderBook(instrumentId, pool, emptied, bids, asks);
        }
        return ladders[instrumentId << 1 | side];
    }
}
