package io.tapedeck.engine.order;

/**
 * The orders at one price, oldest first, as words of {@link OrderWord} in a circle that grows by doubling. Taking out of
 * the middle moves the shorter half: at the depths of a market that is a handful of words.
 */
final class OrderQueue {
    private static final int INITIAL_CAPACITY = 16;

    private long[] orders = new long[INITIAL_CAPACITY];
    private int mask = INITIAL_CAPACITY - 1;
    private int head;
    private int size;

    int size() {
        return size;
    }

    /** The order that is {@code rank} places behind the oldest. */
    long get(final int rank) {
        return orders[(head + rank) & mask];
    }

    void clear() {
        size = 0;
    }

    void add(final long order) {
        if (size == orders.length) {
            grow();
        }
        orders[(head + size) & mask] = order;
        size++;
    }

    /** Puts an order into the oldest one's place. */
    void replaceOldest(final long order) {
        orders[head] = order;
    }

    long removeOldest() {
        final long order = orders[head];
        head = (head + 1) & mask;
        size--;
        return order;
    }

    long removeYoungest() {
        size--;
        return orders[(head + size) & mask];
    }

    long remove(final int rank) {
        final long[] circle = orders;
        final int last = size - 1;
        final int at = head + rank;
        final long order = circle[at & mask];
        if (rank < last - rank) {
            for (int i = at; i > head; i--) {
                circle[i & mask] = circle[(i - 1) & mask];
            }
            head = (head + 1) & mask;
        } else {
            final int tail = head + last;
            for (int i = at; i < tail; i++) {
                circle[i & mask] = circle[(i + 1) & mask];
            }
        }
        size = last;
        return order;
    }

    private void grow() {
        final long[] larger = new long[2 * orders.length];
        for (int rank = 0; rank < size; rank++) {
            larger[rank] = get(rank);
        }
        orders = larger;
        mask = larger.length - 1;
        head = 0;
    }
}
