package io.tapedeck.engine.model;

/**
 * One side of a {@link LadderBook}: the depths of the prices from the best outwards, one tick apart. They lie in a ring
 * whose head is the best level, so that a move of the best price moves no depths.
 */
final class LadderSide {
    static final int MAX_LEVELS = 64;
    private static final int RING_MASK = MAX_LEVELS - 1;

    private final int[] ring = new int[MAX_LEVELS];
    private final int levels;
    private final int refillDepth;
    private final int outwardTicks;
    private int head;
    private int bestTicks;
    private long totalDepth;

    /**
     * A side with all depths at their initial value.
     *
     * @param outwardTicks one tick away from the other side: -1 for bids, 1 for asks.
     * @param levels       1 to {@link #MAX_LEVELS}.
     * @param refillDepth  of every level at the start, and of a level that a shift brings into the window.
     */
    LadderSide(final int outwardTicks, final int levels, final int refillDepth) {
        this.outwardTicks = outwardTicks;
        this.levels = levels;
        this.refillDepth = refillDepth;
    }

    void seed(final int newBestTicks) {
        head = 0;
        bestTicks = newBestTicks;
        totalDepth = (long) levels * refillDepth;
        for (int level = 0; level < levels; level++) {
            ring[level] = refillDepth;
        }
    }

    int bestTicks() {
        return bestTicks;
    }

    int priceTicks(final int level) {
        return bestTicks + outwardTicks * level;
    }

    /** The level of a price; negative for a price inside the best, {@code levels} or more for one outside the window. */
    int level(final int priceTicks) {
        return (priceTicks - bestTicks) * outwardTicks;
    }

    int depth(final int level) {
        return ring[(head + level) & RING_MASK];
    }

    /** The sum over all levels: an exact integer, never a sum of rounded terms. */
    long totalDepth() {
        return totalDepth;
    }

    void add(final int level, final int quantity) {
        final int at = (head + level) & RING_MASK;
        ring[at] = Math.addExact(ring[at], quantity);
        totalDepth += quantity;
    }

    /** Takes what is there, at most {@code quantity}; an emptied best level shifts the side outwards. */
    void remove(final int level, final int quantity) {
        final int at = (head + level) & RING_MASK;
        final int depth = ring[at];
        final int removed = Math.min(depth, quantity);
        ring[at] = depth - removed;
        totalDepth -= removed;
        if (level == 0 && removed > 0 && removed == depth) {
            shift();
        }
    }

    /** A new best level one tick further in; the outermost level leaves the window, and its depth with it. */
    void improve(final int quantity) {
        totalDepth += quantity - depth(levels - 1);
        head = (head - 1) & RING_MASK;
        ring[head] = quantity;
        bestTicks -= outwardTicks;
    }

    void setDepth(final int level, final int depth) {
        final int at = (head + level) & RING_MASK;
        totalDepth += depth - ring[at];
        ring[at] = depth;
    }

    /**
     * Moves the best price outwards to the next level with orders. Every level that leaves is empty, and every level
     * that enters is not, so the walk is never longer than the window.
     */
    private void shift() {
        do {
            head = (head + 1) & RING_MASK;
            ring[(head + levels - 1) & RING_MASK] = refillDepth;
            totalDepth += refillDepth;
            bestTicks += outwardTicks;
        } while (ring[head] == 0);
    }
}
