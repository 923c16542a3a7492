package io.tapedeck.engine.order;

/**
 * The queues of one side by price, from where the model's window begins to the outermost that ever had orders. The window
 * is the inner part; what lies beyond it is frozen: kept as it was when the window moved inwards, until the window comes back.
 *
 * <p>Prices are an index: the queue of a price lies at its low bits, and the circle doubles before two prices of the
 * range would meet. A queue that the range has left is empty, and serves the next price that falls on its place.
 */
final class OrderSide {
    private static final int INITIAL_CAPACITY = 16;

    private final int outwardTicks;
    private OrderQueue[] queues = {};
    private int mask;
    private int bestTicks;
    private int outermostTicks;

    /**
     * A side that {@link #open(int)} starts.
     *
     * @param outwardTicks one tick away from the other side: -1 for bids, 1 for asks.
     */
    OrderSide(final int outwardTicks) {
        this.outwardTicks = outwardTicks;
        grow(INITIAL_CAPACITY);
    }

    /** Forgets all orders; the range is the one price. */
    void open(final int newBestTicks) {
        for (final OrderQueue queue : queues) {
            queue.clear();
        }
        bestTicks = newBestTicks;
        outermostTicks = newBestTicks;
    }

    int bestTicks() {
        return bestTicks;
    }

    int outermostTicks() {
        return outermostTicks;
    }

    /** The queue of a price in the range. */
    OrderQueue queue(final int priceTicks) {
        return queues[priceTicks & mask];
    }

    /** The queue of any price; the range is widened to take it in, at either end. */
    OrderQueue queueOf(final int priceTicks) {
        final int level = level(priceTicks);
        if (level < 0) {
            reserve(priceTicks, outermostTicks);
            bestTicks = priceTicks;
        } else if (level > level(outermostTicks)) {
            reserve(bestTicks, priceTicks);
            outermostTicks = priceTicks;
        }
        return queues[priceTicks & mask];
    }

    /** Lets the range begin at a price; the queues that it leaves, if that is further out, are empty. */
    void beginAt(final int newBestTicks) {
        queueOf(newBestTicks);
        bestTicks = newBestTicks;
    }

    /** How many ticks a price lies further out than the best; negative for one further in. */
    int level(final int priceTicks) {
        return (priceTicks - bestTicks) * outwardTicks;
    }

    private void reserve(final int best, final int outermost) {
        final int span = Math.abs(outermost - best) + 1;
        if (span > queues.length) {
            grow(Integer.highestOneBit(span) << 1);
        }
    }

    private void grow(final int capacity) {
        final OrderQueue[] larger = new OrderQueue[capacity];
        for (int i = 0; i < queues.length; i++) {
            final int priceTicks = bestTicks + outwardTicks * i;
            larger[priceTicks & (capacity - 1)] = queues[priceTicks & mask];
        }
        for (int i = 0; i < capacity; i++) {
            larger[i] = larger[i] == null ? new OrderQueue() : larger[i];
        }
        queues = larger;
        mask = capacity - 1;
    }
}
