package io.tapedeck.engine.model;

import io.tapedeck.codecs.qrsdp1.QueueSide;
import java.util.Arrays;

/**
 * The book of the reference-price model: K queues on either side of a reference price that lies half-way between two
 * ticks. Level i of the bid is i + 1/2 ticks below it, level i of the ask as far above. Any queue may be empty, also the
 * innermost.
 *
 * <pre>
 *   price     ...  b-2   b-1    b  |  b+1   b+2   b+3  ...        the reference price is b + 1/2
 *   bid level       2     1     0  |
 *   ask level                      |   0     1     2
 * </pre>
 *
 * <p><b>Note:</b> belongs to one thread. No allocation after construction.
 */
final class ReferencePriceBook implements QueueBook {
    private final int levels;
    /** Bid queues from the reference price outwards, then those of the ask. */
    private final int[] depths;

    private int innermostBidTicks;

    ReferencePriceBook(final int levels) {
        this.levels = levels;
        depths = new int[2 * levels];
    }

    /** Empties the book and puts the reference price half a tick above a price. */
    void open(final int newInnermostBidTicks) {
        innermostBidTicks = newInnermostBidTicks;
        Arrays.fill(depths, 0);
    }

    /** Moves the reference price; what the levels hold stays with their numbers and is the caller's to put right. */
    void moveReferencePrice(final int ticks) {
        innermostBidTicks += ticks;
    }

    int innermostBidTicks() {
        return innermostBidTicks;
    }

    @Override
    public int levels() {
        return levels;
    }

    @Override
    public int priceTicks(final int side, final int level) {
        return side == QueueSide.BID ? innermostBidTicks - level : innermostBidTicks + 1 + level;
    }

    @Override
    public int depth(final int side, final int level) {
        return depths[side * levels + level];
    }

    void setDepth(final int side, final int level, final int depth) {
        depths[side * levels + level] = depth;
    }

    /** The first level that holds an order, or {@link #levels()}: beyond the last one some are taken to be. */
    int bestLevel(final int side) {
        final int first = side * levels;
        int level = 0;
        while (level < levels && depths[first + level] == 0) {
            level++;
        }
        return level;
    }
}
