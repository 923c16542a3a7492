package io.tapedeck.journal.format2;

import java.util.Arrays;
import org.agrona.BitUtil;

/**
 * Which number an order of a chunk has: a map from any 64 bits to numbers from 0, with linear probing. The table has
 * nothing but numbers, so that it stays near, and so that to empty it costs next to nothing; the ids are elsewhere.
 */
final class OrderNumbers {
    /** Answer for an order that is not known. */
    static final int NONE = -1;

    private static final int BLOCK_SHIFT = 3;
    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    /** Of each entry the number plus one; 0 is free. */
    private final int[] entries;

    /** Of each number plus one the id. */
    private final long[] ids;

    private final int mask;
    private final int shift;

    /**
     * An empty map.
     *
     * @param mostOrders that will ever be in it.
     */
    OrderNumbers(final int mostOrders) {
        final int capacity = BitUtil.findNextPositivePowerOfTwo(2 * mostOrders);
        entries = new int[capacity];
        ids = new long[mostOrders + 1];
        mask = capacity - 1;
        shift = Long.SIZE - Integer.numberOfTrailingZeros(capacity);
    }

    void clear() {
        Arrays.fill(entries, 0);
    }

    int get(final long id) {
        return entries[find(id)] - 1;
    }

    /** Adds an order, or gives the one of that id another number, which no order had before. */
    void put(final long id, final int number) {
        entries[find(id)] = number + 1;
        ids[number + 1] = id;
    }

    /** The entry of an order, or the free one that would be its own. */
    private int find(final long id) {
        int at = place(id);
        while (entries[at] != 0 && ids[entries[at]] != id) {
            at = at + 1 & mask;
        }
        return at;
    }

    /** Eight ids that follow one another are neighbours; the eight after them are elsewhere, or searches would be long. */
    private int place(final long id) {
        final long block = (id >>> BLOCK_SHIFT) * MULTIPLIER >>> shift;
        return (int) ((block << BLOCK_SHIFT | id & (1 << BLOCK_SHIFT) - 1) & mask);
    }
}
