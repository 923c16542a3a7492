package io.tapedeck.engine.book;

import static io.tapedeck.engine.book.NodeDescriptor.BETTER;
import static io.tapedeck.engine.book.NodeDescriptor.NEXT;
import static io.tapedeck.engine.book.NodeDescriptor.NONE;
import static io.tapedeck.engine.book.NodeDescriptor.ORDERS;
import static io.tapedeck.engine.book.NodeDescriptor.PREV;
import static io.tapedeck.engine.book.NodeDescriptor.PRICE;
import static io.tapedeck.engine.book.NodeDescriptor.SUM;
import static io.tapedeck.engine.book.NodeDescriptor.WORSE;

import java.util.Arrays;
import org.agrona.BitUtil;

/**
 * The levels of one side of one book, and for a while those that are empty again ({@link EmptiedLevels}). They are linked from the best outwards, so the best level and every walk
 * cost nothing; what a ladder is for is to find a level by price, and the neighbour of a new one.
 *
 * <p><b>Rank.</b> {@code rank = price} on the ask side and {@code ~price} on the bid side: on both, a smaller rank is a
 * better price, and every int is a rank.
 *
 * <p><b>Window.</b> An array from rank to level around the touch, with one bit per occupied slot to find neighbours by.
 * Its slots are {@code step} ranks apart: real prices come in cents while their unit is 1/10,000, and without the step
 * 99 of 100 slots would lie fallow. A price that the window does not reach, or that is off its grid, lives in
 * {@link FarLevels}: slower and just as right. When that has happened often enough to pay for it, the window is laid out
 * anew: around the best price of the moment, on the grid of the levels nearest to it, larger if there are more of them.
 * So it follows the market, and where it lies never changes an answer.
 */
final class Ladder {
    private static final int INITIAL_SLOTS = 64;
    private static final int MAX_SLOTS = 1 << 16;
    private static final int SLOTS_PER_LEVEL = 4;

    /** Levels next to the touch that decide the grid. */
    private static final int GRID_SAMPLE = 64;

    private static final int MAX_STEP = 1 << 15;

    /** The product of a distance inside the window (below 2^31) and a reciprocal (at most 2^32 / step) fits a long. */
    private static final int RECIPROCAL_BITS = 32;

    private final NodePool pool;
    private final int rankMask;
    private final FarLevels far = new FarLevels();

    /** A node that is the better neighbour of the best level, so that the best level is linked like any other. */
    private int head;

    private int levelCount;

    private int[] window = new int[INITIAL_SLOTS];

    /** A bit per slot, and a word of zeros, so that one can ask what comes before the end of the window. */
    private long[] occupied = new long[INITIAL_SLOTS / Long.SIZE + 1];

    private long baseRank;
    private long span;
    private long step;
    private long reciprocal;

    /** Look-ups that missed the window since it was laid out. */
    private int misses;

    Ladder(final NodePool pool, final int side) {
        this.pool = pool;
        this.rankMask = side == Side.BID ? -1 : 0;
        createHead();
    }

    /** The best level or NONE. */
    int best() {
        return pool.nodes()[head + WORSE];
    }

    int levelCount() {
        return levelCount;
    }

    /** The level of a price, or NONE. */
    int find(final int price) {
        final int rank = price ^ rankMask;
        final int slot = slotOf(rank);
        return slot >= 0 ? window[slot] : far.find(rank);
    }

    /** The level of a price; a new one, still without orders, if there was none. */
    int findOrCreate(final int price) {
        final int rank = price ^ rankMask;
        final int slot = slotOf(rank);
        if (slot >= 0) {
            final int level = window[slot];
            return level != NONE ? level : createInWindow(rank, slot);
        }
        return findOrCreateOutside(rank);
    }

    /** Takes out a level that has no orders. */
    void remove(final int level) {
        final int[] nodes = pool.nodes();
        final int rank = nodes[level + PRICE] ^ rankMask;
        final int slot = slotOf(rank);
        if (slot >= 0) {
            window[slot] = NONE;
            occupied[slot >> 6] &= ~(1L << slot);
        } else {
            far.remove(rank);
        }
        final int better = nodes[level + BETTER];
        final int worse = nodes[level + WORSE];
        nodes[worse + BETTER] = better;
        nodes[better + WORSE] = worse;
        levelCount--;
        pool.release(level);
    }

    /** Starts anew in a pool that was just cleared. */
    void clear() {
        clearWindow();
        far.clear();
        levelCount = 0;
        createHead();
    }

    private void createHead() {
        head = pool.allocate();
        pool.nodes()[head + WORSE] = NONE;
    }

    private int slotOf(final int rank) {
        final long distance = rank - baseRank;
        if (distance < 0 || distance >= span) {
            return -1;
        }
        final long slot = (distance * reciprocal) >>> RECIPROCAL_BITS;
        return slot * step == distance ? (int) slot : -1;
    }

    private int createInWindow(final int rank, final int slot) {
        final int better = isBest(rank) ? head : worstOf(betterInWindow(slot), far.betterThan(rank));
        final int level = create(rank, better);
        window[slot] = level;
        occupied[slot >> 6] |= 1L << slot;
        return level;
    }

    private int findOrCreateOutside(final int rank) {
        misses++;
        if (levelCount == 0 || misses > 8 + Math.max(window.length, levelCount) / 16) {
            layOut(rank);
            final int slot = slotOf(rank);
            if (slot >= 0) {
                return window[slot] != NONE ? window[slot] : createInWindow(rank, slot);
            }
        }
        final int known = far.find(rank);
        if (known != NONE) {
            return known;
        }
        final int better = isBest(rank) ? head : worstOf(betterInWindow(slotsBetterThan(rank)), far.betterThan(rank));
        final int level = create(rank, better);
        far.insert(rank, level);
        return level;
    }

    private boolean isBest(final int rank) {
        return levelCount == 0 || rank < rankOf(best());
    }

    private int rankOf(final int level) {
        return pool.nodes()[level + PRICE] ^ rankMask;
    }

    private int worstOf(final int first, final int second) {
        if (first == NONE || second == NONE) {
            return first | second;
        }
        return rankOf(first) > rankOf(second) ? first : second;
    }

    /** How many slots of the window have a rank below the given one. */
    private int slotsBetterThan(final int rank) {
        final long distance = rank - baseRank;
        return distance <= 0 ? 0 : (int) Math.min(window.length, (distance + step - 1) / step);
    }

    /** The level in the last occupied slot before a slot, or NONE. */
    private int betterInWindow(final int slot) {
        int word = slot >> 6;
        long bits = occupied[word] & ((1L << slot) - 1);
        while (bits == 0) {
            if (--word < 0) {
                return NONE;
            }
            bits = occupied[word];
        }
        return window[(word << 6) + 63 - Long.numberOfLeadingZeros(bits)];
    }

    private int create(final int rank, final int better) {
        final int level = pool.allocate();
        final int[] nodes = pool.nodes();
        final int worse = nodes[better + WORSE];
        nodes[level + PREV] = level;
        nodes[level + NEXT] = level;
        nodes[level + PRICE] = rank ^ rankMask;
        nodes[level + BETTER] = better;
        nodes[level + WORSE] = worse;
        nodes[level + ORDERS] = 0;
        NodeDescriptor.putLong(nodes, level + SUM, 0);
        nodes[worse + BETTER] = level;
        nodes[better + WORSE] = level;
        levelCount++;
        return level;
    }

    private void layOut(final int wantedRank) {
        clearWindow();
        far.clear();
        misses = 0;
        if (window.length < MAX_SLOTS && (long) SLOTS_PER_LEVEL * levelCount > window.length) {
            final int wanted = SLOTS_PER_LEVEL * Math.min(levelCount, MAX_SLOTS / SLOTS_PER_LEVEL);
            final int slots = BitUtil.findNextPositivePowerOfTwo(wanted);
            window = new int[slots];
            occupied = new long[slots / Long.SIZE + 1];
        }
        step = gridStep();
        reciprocal = ((1L << RECIPROCAL_BITS) + step - 1) / step;
        span = window.length * step;
        // A quarter of the window is left for prices better than the best of now.
        baseRank = (isBest(wantedRank) ? wantedRank : rankOf(best())) - span / 4;
        final int[] nodes = pool.nodes();
        for (int level = best(); level != NONE; level = nodes[level + WORSE]) {
            final int rank = nodes[level + PRICE] ^ rankMask;
            final int slot = slotOf(rank);
            if (slot >= 0) {
                window[slot] = level;
                occupied[slot >> 6] |= 1L << slot;
            } else {
                far.insert(rank, level);
            }
        }
    }

    private void clearWindow() {
        if (levelCount != far.size()) {
            Arrays.fill(window, NONE);
            Arrays.fill(occupied, 0);
        }
    }

    /** The greatest step that has all levels next to the touch on one grid. */
    private long gridStep() {
        if (levelCount == 0) {
            return 1;
        }
        final int[] nodes = pool.nodes();
        final long bestRank = rankOf(best());
        long divisor = 0;
        int level = nodes[best() + WORSE];
        for (int i = 0; i < GRID_SAMPLE && level != NONE; i++) {
            divisor = greatestCommonDivisor((nodes[level + PRICE] ^ rankMask) - bestRank, divisor);
            level = nodes[level + WORSE];
        }
        return divisor == 0 || divisor > MAX_STEP ? 1 : divisor;
    }

    private static long greatestCommonDivisor(final long first, final long second) {
        long a = first;
        long b = second;
        while (b != 0) {
            final long rest = a % b;
            a = b;
            b = rest;
        }
        return a;
    }
}
