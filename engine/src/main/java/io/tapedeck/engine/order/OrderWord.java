package io.tapedeck.engine.order;

/**
 * An order in one word, so that a queue is one array.
 *
 * <pre>
 *   63                                    24 23                    0
 *  +----------------------------------------+-----------------------+
 *  | number within the instrument, from 1   | shares left, from 1   |
 *  +----------------------------------------+-----------------------+
 * </pre>
 */
final class OrderWord {
    static final int MAX_SHARES = (1 << 24) - 1;
    private static final int SHARES_BITS = 24;

    private OrderWord() {}

    static long of(final long number, final int shares) {
        return number << SHARES_BITS | shares;
    }

    static long number(final long word) {
        return word >>> SHARES_BITS;
    }

    static int shares(final long word) {
        return (int) word & MAX_SHARES;
    }

    /** The order with fewer shares left. */
    static long less(final long word, final int shares) {
        return word - shares;
    }
}
