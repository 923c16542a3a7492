package io.tapedeck.engine.model;

import io.tapedeck.codecs.qrsdp1.QueueEventType;
import io.tapedeck.codecs.qrsdp1.QueueSide;

/**
 * The book of the reference model: per side a window of price levels, one tick apart, that starts at the best price.
 * Only counts are kept, no queue of orders.
 *
 * <ul>
 *   <li>An order between the best prices becomes the new best level; the outermost level of its side is forgotten.
 *   <li>When the best level empties, the side shifts outwards; the level that enters the window has the initial depth.
 *   <li>The other side never moves with it, so the spread may be any number of ticks from 1.
 * </ul>
 *
 * What is forgotten and what is refilled is never reported as an event.
 *
 * <p><b>Note:</b> belongs to one thread. No allocation after construction.
 */
public final class LadderBook implements QueueBook {
    /** The widest window, in levels per side. */
    public static final int MAX_LEVELS = LadderSide.MAX_LEVELS;

    private static final int DEFAULT_SPREAD_TICKS = 2;
    private static final int DEFAULT_DEPTH = 50;

    private final int levels;
    private final int initialSpreadTicks;
    private final LadderSide bid;
    private final LadderSide ask;

    /**
     * A book that {@link #open(int)} fills.
     *
     * @param levels             per side; below 1 is taken as 1, above {@link #MAX_LEVELS} as that.
     * @param initialSpreadTicks at the open, 1 or more; 0 means 2.
     * @param initialDepth       of every level at the open and of every level that enters later, 1 or more; 0 means 50.
     */
    public LadderBook(final int levels, final int initialSpreadTicks, final int initialDepth) {
        if (initialSpreadTicks < 0 || initialDepth < 0) {
            throw new IllegalArgumentException("a book needs a spread and a depth of 0 or more: initialSpreadTicks="
                    + initialSpreadTicks + ", initialDepth=" + initialDepth);
        }
        this.levels = Math.max(1, Math.min(levels, MAX_LEVELS));
        this.initialSpreadTicks = initialSpreadTicks == 0 ? DEFAULT_SPREAD_TICKS : initialSpreadTicks;
        final int refillDepth = initialDepth == 0 ? DEFAULT_DEPTH : initialDepth;
        bid = new LadderSide(-1, this.levels, refillDepth);
        ask = new LadderSide(1, this.levels, refillDepth);
    }

    /**
     * Seeds the book afresh. Of an odd spread the ask gets the larger half.
     *
     * @param openingPriceTicks between the best prices.
     */
    public void open(final int openingPriceTicks) {
        final int half = initialSpreadTicks / 2;
        bid.seed(openingPriceTicks - half);
        ask.seed(openingPriceTicks + (initialSpreadTicks - half));
    }

    /**
     * Applies one event of the model or of a recorded stream. A price outside the window changes nothing, and neither
     * does an execution against an empty level.
     *
     * @param type       one of {@link QueueEventType}.
     * @param priceTicks of the level; an execution takes the best level of the resting side whatever it says.
     * @param quantity   1 or more; an execution takes one unit whatever it says.
     * @throws IllegalArgumentException for an order inside the spread that is more than one tick better than the best:
     *                                  the levels of a ladder have no gaps.
     */
    public void apply(final int type, final int priceTicks, final int quantity) {
        final LadderSide side = side(QueueEventType.restingSide(type));
        if (type >= QueueEventType.EXECUTE_BUY) {
            side.remove(0, 1);
            return;
        }
        final int level = side.level(priceTicks);
        if (type >= QueueEventType.CANCEL_BID) {
            if (level >= 0 && level < levels) {
                side.remove(level, quantity);
            }
        } else if (level >= 0) {
            if (level < levels) {
                side.add(level, quantity);
            }
        } else if (priceTicks > bid.bestTicks() && priceTicks < ask.bestTicks()) {
            improve(side, level, quantity);
        }
    }

    @Override
    public int levels() {
        return levels;
    }

    @Override
    public int priceTicks(final int side, final int level) {
        return side(side).priceTicks(level);
    }

    @Override
    public int depth(final int side, final int level) {
        return side(side).depth(level);
    }

    /**
     * The best bid.
     *
     * @return price in ticks; its level may be empty after a redraw of the book.
     */
    public int bestBidTicks() {
        return bid.bestTicks();
    }

    /**
     * The best ask.
     *
     * @return price in ticks; its level may be empty after a redraw of the book.
     */
    public int bestAskTicks() {
        return ask.bestTicks();
    }

    /**
     * The distance of the best prices.
     *
     * @return ticks, at least 1.
     */
    public int spreadTicks() {
        return ask.bestTicks() - bid.bestTicks();
    }

    /**
     * The middle of the best prices.
     *
     * @return price in ticks, truncated toward zero.
     */
    public int midTicks() {
        return (int) (((long) bid.bestTicks() + ask.bestTicks()) / 2);
    }

    /**
     * The depth of a whole side.
     *
     * @param side {@link QueueSide#BID} or {@link QueueSide#ASK}.
     * @return sum over all its levels, exact.
     */
    public long totalDepth(final int side) {
        return side(side).totalDepth();
    }

    /**
     * Replaces the depth of a level, without any of an event's consequences: an emptied best level stays the best.
     *
     * @param side  {@link QueueSide#BID} or {@link QueueSide#ASK}.
     * @param level 0 to {@link #levels()} - 1.
     * @param depth the new depth, 0 or more.
     */
    public void setDepth(final int side, final int level, final int depth) {
        side(side).setDepth(level, depth);
    }

    private void improve(final LadderSide side, final int level, final int quantity) {
        if (level != -1) {
            throw new IllegalArgumentException("an order may improve the best price by one tick only: best="
                    + side.bestTicks() + ", priceTicks=" + side.priceTicks(level));
        }
        side.improve(quantity);
    }

    private LadderSide side(final int side) {
        return side == QueueSide.BID ? bid : ask;
    }
}
