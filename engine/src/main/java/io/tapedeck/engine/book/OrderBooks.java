package io.tapedeck.engine.book;

import static io.tapedeck.engine.book.BookOutcome.APPLIED;
import static io.tapedeck.engine.book.BookOutcome.DUPLICATE_ORDER;
import static io.tapedeck.engine.book.BookOutcome.OVER_QUANTITY;
import static io.tapedeck.engine.book.BookOutcome.UNKNOWN_ORDER;
import static io.tapedeck.engine.book.BookOutcome.WRONG_INSTRUMENT;
import static io.tapedeck.engine.book.BookOutcome.WRONG_QUANTITY;
import static io.tapedeck.engine.book.BookOutcome.WRONG_SIDE;
import static io.tapedeck.engine.book.NodeDescriptor.ID;
import static io.tapedeck.engine.book.NodeDescriptor.LADDER;
import static io.tapedeck.engine.book.NodeDescriptor.LEVEL;
import static io.tapedeck.engine.book.NodeDescriptor.NEXT;
import static io.tapedeck.engine.book.NodeDescriptor.ORDERS;
import static io.tapedeck.engine.book.NodeDescriptor.PREV;
import static io.tapedeck.engine.book.NodeDescriptor.QUANTITY;
import static io.tapedeck.engine.book.NodeDescriptor.SUM;

import java.util.Arrays;

/**
 * The order-level books of any number of instruments. Order ids are unique over all of them, because that is how feeds
 * name orders: only {@link #add} says where an order rests.
 *
 * <p>Ids are any 64 bits, 0 included. Prices are any int, in whatever unit the instrument has. Quantities are 1 to
 * 2^31 - 1. Every update returns a {@link BookOutcome}; bad input is counted and leaves the books as they were.
 *
 * <p>Memory: 16 KiB, 32 bytes for each order and each level, 32 to 64 bytes of id map for each live order, and from 400 bytes up for
 * each side of each instrument; nothing is ever given back but by {@link #clear()}ing and dropping the object. Updates
 * allocate only when one of these has to grow.
 *
 * <p><b>Note:</b> not thread safe; one thread makes all updates and all queries, those of the views and cursors
 * included.
 */
public final class OrderBooks {
    /** The largest instrument id; what is larger is {@link BookOutcome#WRONG_INSTRUMENT}. */
    public static final int MAX_INSTRUMENT_ID = (1 << 22) - 1;

    private final NodePool pool = new NodePool();
    private final OrderIdMap ids = new OrderIdMap(pool);
    private final EmptiedLevels emptied = new EmptiedLevels(pool);
    private final long[] outcomeCounts = new long[BookOutcome.KINDS];

    /** By instrument id times two plus side; null until the instrument is first named. */
    private Ladder[] ladders = new Ladder[16];

    private OrderBook[] books = new OrderBook[8];
    private int instrumentLimit;
    private int lastLadder;

    /**
     * A new order goes to the tail of the queue at its price.
     *
     * @param orderId      its id, any 64 bits.
     * @param instrumentId 0 to {@link #MAX_INSTRUMENT_ID}; small and dense is best, as it is an array index.
     * @param side         {@link Side#BID} or {@link Side#ASK}.
     * @param price        any int.
     * @param quantity     1 to 2^31 - 1.
     * @return {@link BookOutcome#APPLIED}, {@code DUPLICATE_ORDER}, {@code WRONG_QUANTITY}, {@code WRONG_SIDE} or
     *     {@code WRONG_INSTRUMENT}.
     */
    public int add(final long orderId, final int instrumentId, final int side, final int price, final int quantity) {
        if (quantity <= 0) {
            return count(WRONG_QUANTITY);
        }
        if ((side & ~1) != 0) {
            return count(WRONG_SIDE);
        }
        if ((instrumentId & ~MAX_INSTRUMENT_ID) != 0) {
            return count(WRONG_INSTRUMENT);
        }
        final int position = ids.find(orderId);
        if (position >= 0) {
            return count(DUPLICATE_ORDER);
        }
        final int ladder = instrumentId << 1 | side;
        if (ladder >= ladders.length || ladders[ladder] == null) {
            open(instrumentId);
        }
        enter(~position, orderId, ladder, price, quantity);
        lastLadder = ladder;
        return APPLIED;
    }

    /**
     * An order loses part of its quantity and keeps its place; at zero it is gone. A cancellation.
     *
     * @param orderId  of a live order.
     * @param quantity to take off, 1 to 2^31 - 1.
     * @return {@link BookOutcome#APPLIED}, {@code OVER_QUANTITY}, {@code UNKNOWN_ORDER} or {@code WRONG_QUANTITY}.
     */
    public int reduce(final long orderId, final int quantity) {
        if (quantity <= 0) {
            return count(WRONG_QUANTITY);
        }
        final int position = ids.find(orderId);
        if (position < 0) {
            return count(UNKNOWN_ORDER);
        }
        final int order = ids.nodeAt(position);
        final int[] nodes = pool.nodes();
        final int left = nodes[order + QUANTITY] - quantity;
        if (left > 0) {
            final int level = nodes[order + LEVEL];
            nodes[order + QUANTITY] = left;
            addToSum(nodes, level, -quantity);
            lastLadder = nodes[order + LADDER];
            return APPLIED;
        }
        takeOut(position, order);
        return left == 0 ? APPLIED : count(OVER_QUANTITY);
    }

    /**
     * An order trades. To the book this is a {@link #reduce}; it is by id and not by queue, because real data does not
     * always trade the oldest order first.
     *
     * @param orderId  of a live order.
     * @param quantity traded, 1 to 2^31 - 1.
     * @return as {@link #reduce}.
     */
    public int execute(final long orderId, final int quantity) {
        return reduce(orderId, quantity);
    }

    /**
     * An order is gone.
     *
     * @param orderId of a live order.
     * @return {@link BookOutcome#APPLIED} or {@code UNKNOWN_ORDER}.
     */
    public int delete(final long orderId) {
        final int position = ids.find(orderId);
        if (position < 0) {
            return count(UNKNOWN_ORDER);
        }
        takeOut(position, ids.nodeAt(position));
        return APPLIED;
    }

    /**
     * An order is gone and another takes over its instrument and side, at the tail of the queue of the new price, be it
     * the old one.
     *
     * @param orderId    of a live order.
     * @param newOrderId of the order that takes over; may be the same.
     * @param price      of the new order, any int.
     * @param quantity   of the new order, 1 to 2^31 - 1.
     * @return {@link BookOutcome#APPLIED}, {@code UNKNOWN_ORDER}, {@code DUPLICATE_ORDER} or {@code WRONG_QUANTITY}.
     */
    public int replace(final long orderId, final long newOrderId, final int price, final int quantity) {
        if (quantity <= 0) {
            return count(WRONG_QUANTITY);
        }
        final int position = ids.find(orderId);
        if (position < 0) {
            return count(UNKNOWN_ORDER);
        }
        if (newOrderId != orderId && ids.find(newOrderId) >= 0) {
            return count(DUPLICATE_ORDER);
        }
        takeOut(position, ids.nodeAt(position));
        enter(~ids.find(newOrderId), newOrderId, lastLadder, price, quantity);
        return APPLIED;
    }

    /** Forgets all orders, for a new day; instruments, views and counts stay, and so does the memory. */
    public void clear() {
        ids.clear();
        emptied.clear();
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
     * @param instrumentId 0 to {@link #MAX_INSTRUMENT_ID}.
     * @return always the same view for the same id.
     * @throws IllegalArgumentException if the id is out of range.
     */
    public OrderBook book(final int instrumentId) {
        if ((instrumentId & ~MAX_INSTRUMENT_ID) != 0) {
            throw new IllegalArgumentException(
                    "no such instrument: instrumentId=" + instrumentId + ", largest=" + MAX_INSTRUMENT_ID);
        }
        if (instrumentId >= books.length || books[instrumentId] == null) {
            open(instrumentId);
        }
        return books[instrumentId];
    }

    /**
     * Upper end of the instruments named so far, to go through them all.
     *
     * @return one more than the largest instrument id that was added to or asked for.
     */
    public int instrumentLimit() {
        return instrumentLimit;
    }

    /**
     * Whether there is a book; unlike {@link #book}, asking makes none.
     *
     * @param instrumentId any int.
     * @return true if the instrument was added to or asked for.
     */
    public boolean hasBook(final int instrumentId) {
        return instrumentId >= 0 && instrumentId < instrumentLimit && books[instrumentId] != null;
    }

    /**
     * Which book the last update changed. Updates other than {@link #add} name only an order, and a message that names
     * an instrument as well might name the wrong one.
     *
     * @return instrument id of the last update that was {@link BookOutcome#APPLIED} or {@code OVER_QUANTITY}; 0 if there
     *     was none.
     */
    public int lastInstrumentId() {
        return lastLadder >> 1;
    }

    /**
     * How many orders are live.
     *
     * @return in all books.
     */
    public int orderCount() {
        return ids.size();
    }

    /**
     * How often updates had an outcome that was not {@link BookOutcome#APPLIED}.
     *
     * @param outcome one of the negative constants of {@link BookOutcome}.
     * @return since the book set was made.
     * @throws IllegalArgumentException if it is none of them; what is applied is not counted.
     */
    public long outcomeCount(final int outcome) {
        if (outcome >= APPLIED || outcome <= -BookOutcome.KINDS) {
            throw new IllegalArgumentException("not a counted outcome: outcome=" + outcome);
        }
        return outcomeCounts[-outcome];
    }

    int nodeOf(final long orderId) {
        final int position = ids.find(orderId);
        return position >= 0 ? ids.nodeAt(position) : NodeDescriptor.NONE;
    }

    NodePool pool() {
        return pool;
    }

    private int count(final int outcome) {
        outcomeCounts[-outcome]++;
        return outcome;
    }

    private void open(final int instrumentId) {
        if (instrumentId >= books.length) {
            final int capacity = Math.max(instrumentId + 1, books.length + books.length / 2);
            books = Arrays.copyOf(books, capacity);
            ladders = Arrays.copyOf(ladders, 2 * capacity);
        }
        final Ladder bids = new Ladder(pool, Side.BID);
        final Ladder asks = new Ladder(pool, Side.ASK);
        ladders[instrumentId << 1 | Side.BID] = bids;
        ladders[instrumentId << 1 | Side.ASK] = asks;
        instrumentLimit = Math.max(instrumentLimit, instrumentId + 1);
        emptied.ladders(ladders);
        books[instrumentId] = new OrderBook(instrumentId, pool, emptied, bids, asks);
    }

    private void enter(final int position, final long orderId, final int ladder, final int price, final int quantity) {
        final int level = ladders[ladder].findOrCreate(price);
        final int order = pool.allocate();
        final int[] nodes = pool.nodes();
        final int last = nodes[level + PREV];
        nodes[order + PREV] = last;
        nodes[order + NEXT] = level;
        nodes[order + QUANTITY] = quantity;
        nodes[order + LEVEL] = level;
        nodes[order + LADDER] = ladder;
        NodeDescriptor.putLong(nodes, order + ID, orderId);
        nodes[last + NEXT] = order;
        nodes[level + PREV] = order;
        nodes[level + ORDERS]++;
        addToSum(nodes, level, quantity);
        ids.insertAt(position, order);
    }

    private void takeOut(final int position, final int order) {
        final int[] nodes = pool.nodes();
        final int prev = nodes[order + PREV];
        final int next = nodes[order + NEXT];
        nodes[prev + NEXT] = next;
        nodes[next + PREV] = prev;
        final int level = nodes[order + LEVEL];
        final int ladder = nodes[order + LADDER];
        addToSum(nodes, level, -nodes[order + QUANTITY]);
        final int orders = nodes[level + ORDERS] - 1;
        nodes[level + ORDERS] = orders;
        ids.removeAt(position);
        pool.release(order);
        lastLadder = ladder;
        if (!emptied.note(level, ladder, orders)) {
            emptied.takeOut();
        }
    }

    private static void addToSum(final int[] nodes, final int level, final int quantity) {
        NodeDescriptor.putLong(nodes, level + SUM, NodeDescriptor.getLong(nodes, level + SUM) + quantity);
    }
}
