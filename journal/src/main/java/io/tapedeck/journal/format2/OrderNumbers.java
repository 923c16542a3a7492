package io.tapedeck.journal.format2;

import java.util.Arrays;
import org.agrona.BitUtil;

/**
 * Which number an order of a chunk has: a map from any 64 bits to numbers from 0, with linear probing. It is emptied by
 * counting on, because clearing it costs as much as filling it.
 */
final class OrderNumbers {
    /** Answer for an order that is not known. */
    static final int NONE = -1;

    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    private final long[] ids;
    /** The round in which an entry was written, above its number. */
    private final long[] numbers;

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
        ids = new long[capacity];
        numbers = new long[capacity];
        mask = capacity - 1;
        shift = Long.SIZE - Integer.numberOfTrailingZeros(capacity);
        round = 1;
    }

    void clear() {
        if (++round > Integer.MAX_VALUE) {
            Arrays.fill(numbers, 0);
            round = 1;
        }
    }

    int get(final long id) {
        int at = place(id);
        while (numbers[at] >>> Integer.SIZE == round) {
            if (ids[at] == id) {
                return (int) numbers[at];
            }
            at = at + 1 & mask;
        }
        return NONE;
    }

    /** Adds an order, or gives the one of that id another number. */
    void put(final long id, final int number) {
        int at = place(id);
        while (numbers[at] >>> Integer.SIZE == round && ids[at] != id) {
            at = at + 1 & mask;
        }
        ids[at] = id;
        numbers[at] = round << Integer.SIZE | number;
    }

    private int place(final long id) {
        return (int) (id * MULTIPLIER >>> shift);
    }
}
