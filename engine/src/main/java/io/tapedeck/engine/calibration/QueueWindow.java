package io.tapedeck.engine.calibration;

import io.tapedeck.engine.book.LevelCursor;
import io.tapedeck.engine.book.OrderBook;
import io.tapedeck.engine.book.Side;

/**
 * The queues of a book as the queue-reactive model sees them: so many levels per side from an {@link Anchor} outwards,
 * each a number of ticks wide, each with a size. A level of several ticks holds the prices that are nearer to the other
 * side than its own price, down to those of the level before: bids are rounded down to their level, asks up.
 *
 * <p><b>Note:</b> belongs to one thread. No allocation after construction.
 */
public final class QueueWindow {
    private static final long NO_REFERENCE = Long.MIN_VALUE;

    private final OrderBook book;
    private final Anchor anchor;
    private final int levelTicks;
    private final QueueUnit unit;
    private final int[][] sizes;
    private final long[] firstLevels = new long[2];
    private final LevelCursor cursor = new LevelCursor();
    private long spreadLevels;
    private long twiceReference = NO_REFERENCE;
    private boolean isAnchored;

    /**
     * A window over a book, in the state before {@link #refresh()}.
     *
     * @param book       to look at.
     * @param anchor     where levels are counted from.
     * @param levels     per side, 1 or more.
     * @param levelTicks width of a level in ticks of the instrument, 1 or more.
     * @param unit       of the sizes.
     * @throws IllegalArgumentException if there are no levels, or they have no width.
     */
    public QueueWindow(
            final OrderBook book, final Anchor anchor, final int levels, final int levelTicks, final QueueUnit unit) {
        if (levels < 1 || levelTicks < 1) {
            throw new IllegalArgumentException(
                    "a window has levels, and they have a width: levels=" + levels + ", levelTicks=" + levelTicks);
        }
        this.book = book;
        this.anchor = anchor;
        this.levelTicks = levelTicks;
        this.unit = unit;
        sizes = new int[2][levels];
    }

    /** Forgets where the reference price was; the book is a new session's. */
    void restart() {
        twiceReference = NO_REFERENCE;
        isAnchored = false;
    }

    /** Looks at the book as it is now. */
    void refresh() {
        isAnchored = book.bestQuantity(Side.BID) > 0 && book.bestQuantity(Side.ASK) > 0;
        if (!isAnchored) {
            return;
        }
        final long bid = levelOf(Side.BID, book.bestPrice(Side.BID));
        final long ask = levelOf(Side.ASK, book.bestPrice(Side.ASK));
        spreadLevels = ask - bid;
        isAnchored = spreadLevels > 0;
        if (!isAnchored) {
            return;
        }
        if (anchor == Anchor.BEST_QUOTE) {
            firstLevels[Side.BID] = bid;
            firstLevels[Side.ASK] = ask;
        } else {
            moveReference(bid + ask);
            firstLevels[Side.BID] = Math.floorDiv(twiceReference, 2);
            firstLevels[Side.ASK] = firstLevels[Side.BID] + 1;
        }
        measure(Side.BID);
        measure(Side.ASK);
    }

    /** The reference price lies between levels, so twice its level is odd; the middle's double is any number. */
    private void moveReference(final long twiceMiddle) {
        if ((twiceMiddle & 1) != 0) {
            twiceReference = twiceMiddle;
        } else {
            twiceReference = twiceReference > twiceMiddle ? twiceMiddle + 1 : twiceMiddle - 1;
        }
    }

    private void measure(final int side) {
        final int[] ofSide = sizes[side];
        boolean more = cursor.toBest(book, side);
        for (int level = 0; level < ofSide.length; level++) {
            long orders = 0;
            long shares = 0;
            while (more && level(side, cursor.price()) <= level) {
                orders += cursor.orderCount();
                shares += cursor.quantity();
                more = cursor.next();
            }
            ofSide[level] = orders == 0 ? 0 : unit.size(level, orders, shares);
        }
    }

    /** The number of the level that a price belongs to, counted upwards from price 0. */
    private long levelOf(final int side, final int price) {
        return side == Side.BID ? Math.floorDiv(price, levelTicks) : -Math.floorDiv(-(long) price, (long) levelTicks);
    }

    /**
     * Whether both sides have orders and do not cross: otherwise there is nothing to count levels from.
     *
     * @return true if sizes and levels mean something.
     */
    public boolean isAnchored() {
        return isAnchored;
    }

    /** Whether sizes count orders. */
    boolean isInOrders() {
        return unit.isOrders();
    }

    /**
     * Levels per side.
     *
     * @return 1 or more.
     */
    public int levels() {
        return sizes[0].length;
    }

    /**
     * The size of a queue.
     *
     * @param side  {@link Side#BID} or {@link Side#ASK}.
     * @param level 0 to {@link #levels()} - 1.
     * @return in the window's unit.
     */
    public int size(final int side, final int level) {
        return sizes[side][level];
    }

    /**
     * The level of a price.
     *
     * @param side  {@link Side#BID} or {@link Side#ASK}.
     * @param price of an order of that side, in ticks.
     * @return 0 for the innermost; negative for a price further in, {@link #levels()} or more for one behind the window.
     */
    public int level(final int side, final int price) {
        final long level = levelOf(side, price);
        final long outward = side == Side.BID ? firstLevels[side] - level : level - firstLevels[side];
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, outward));
    }

    /**
     * The distance of the best prices.
     *
     * @return in levels, 1 or more.
     */
    public int spreadLevels() {
        return (int) Math.min(Integer.MAX_VALUE, spreadLevels);
    }
}
