package io.tapedeck.engine.model;

import java.util.List;

/**
 * The curves of all queues for the hot path: for every queue and size the total rate and, beside it, the shares of it
 * that additions, and additions or cancellations, have. All tables have the length of the longest; immutable, and shared
 * by all symbols of a run.
 */
final class ReferencePriceTable {
    private static final int TOTAL = 0;
    private static final int LIMIT = 1;
    private static final int LIMIT_OR_CANCEL = 2;
    private static final int RATES_BITS = 2;

    private final double[] rates;
    private final int lastSize;
    private final int sizeBits;

    /**
     * Lays the curves side by side.
     *
     * @param queues in the order of their numbers.
     */
    ReferencePriceTable(final List<QueueCurves> queues) {
        int longest = 1;
        for (final QueueCurves curves : queues) {
            longest = Math.max(longest, curves.tableLength());
        }
        lastSize = longest - 1;
        sizeBits = Integer.SIZE - Integer.numberOfLeadingZeros(lastSize);
        rates = new double[queues.size() << (sizeBits + RATES_BITS)];
        for (int queue = 0; queue < queues.size(); queue++) {
            final QueueCurves curves = queues.get(queue);
            for (int size = 0; size < longest; size++) {
                final int at = at(queue, size);
                rates[at + LIMIT] = curves.limit(size);
                rates[at + LIMIT_OR_CANCEL] = curves.limit(size) + curves.cancel(size);
                rates[at + TOTAL] = rates[at + LIMIT_OR_CANCEL] + curves.market(size);
            }
        }
    }

    /** Where the rates of a queue stand that holds {@code size} orders. */
    int at(final int queue, final int size) {
        return (queue << sizeBits | Math.min(size, lastSize)) << RATES_BITS;
    }

    /** The rate of everything, events per second. */
    double total(final int at) {
        return rates[at + TOTAL];
    }

    /** The rate of additions, events per second. */
    double limit(final int at) {
        return rates[at + LIMIT];
    }

    /** The rate of additions and cancellations, events per second. */
    double limitOrCancel(final int at) {
        return rates[at + LIMIT_OR_CANCEL];
    }
}
