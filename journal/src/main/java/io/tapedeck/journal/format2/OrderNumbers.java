package io.tapedeck.journal.format2;

import java.util.Arrays;
import org.agrona.BitUtil;

/**
 * Which number an order of a chunk has: a map from any 64 bits to numbers from 0, with linear probing. It is
 * emptied by counting on, because clearing it costs as much as filling it.
 */
final class OrderNumbers {
    /** Answer for an order that is not known. */
    static final int NONE = -1;

    private static final int BLOCK_SHIFT = 3;
    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    /** Of each entry the id, and then the round in which it was written above its number. */
    private final long[] entries;

    private final int mask;
    private final int shift;
    private long round;

    /**
     * An empty map.
     *
     * @param mostOrders that will ever be in it.
     */
    OrderNumbers(final int mostOrders) {
        final int capacity = BitUtil.findNextPositivePowerOfTwo(2 * mostOrders);
        entries = new long[2 * capacity];
        mask = capacity - 1;
        shift = Long.SIZE - Integer.numberOfTrailingZeros(capacity);
        round = 1;
    }

    void clear() {
        if (++round > Integer.MAX_VALUE) {
            Arrays.fill(entries, 0);
            round = 1;
        }
    }

    int get(final long id) {
        int at = place(id);
        while (entries[at + 1] >>> Integer.SIZE == round) {
            if (entries[at] == id) {
                return (int) entries[at + 1];
            }
            at = next(at);
        }
        return NONE;
    }

    /** Adds an order, or gives the one of that id another number. */
    void put(final long id, final int number) {
        int at = place(id);
        while (entries[at + 1] >>> Integer.SIZE == round && entries[at] != id) {
            at = next(at);
        }
        entries[at] = id;
        entries[at + 1] = round << Integer.SIZE | number;
    }

    /** Eight ids that follow one another are neighbours; the eight after them are elsewhere, or searches would be long. */
    private int place(final long id) {
        final long block = (id >>> BLOCK_SHIFT) * MULTIPLIER >>> shift;
        return (int) ((block << BLOCK_SHIFT | id & (1 << BLOCK_SHIFT) - 1) & mask) << 1;
    }

    private int next(final int at) {
        return at + 2 & 2 * mask + 1;
    }
}
