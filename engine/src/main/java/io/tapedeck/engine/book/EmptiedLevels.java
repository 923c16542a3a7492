package io.tapedeck.engine.book;

import static io.tapedeck.engine.book.NodeDescriptor.ORDERS;

/**
 * Levels of a book set whose last order has left. They stay in their ladders until somebody asks for levels, or until
 * there are many: in real flow most levels next to the touch empty and fill again all the time, and what a processor cannot
 * foresee is dear. So a level is noted here without a branch, and a level that fills again before it is taken out was
 * never away.
 *
 * <p>A level may be noted several times. None is taken out but here.
 */
final class EmptiedLevels {
    private static final int CAPACITY = 2_048;
    private static final int LADDER_SHIFT = 32;

    /** What a level that was taken out has for its orders: it may be noted once more. */
    private static final int GONE = -1;

    private final NodePool pool;
    private final long[] notes = new long[CAPACITY];
    private Ladder[] ladders;
    private int count;

    EmptiedLevels(final NodePool pool) {
        this.pool = pool;
    }

    /**
     * Notes a level of which an order was taken away.
     *
     * @param orders how many it has left; it is noted only if that is 0.
     * @return false if this is full now.
     */
    boolean note(final int level, final int ladder, final int orders) {
        notes[count] = level | (long) ladder << LADDER_SHIFT;
        count += orders - 1 >>> Integer.SIZE - 1;
        return count < CAPACITY;
    }

    /** Says which ladders there are, by number. */
    void ladders(final Ladder[] all) {
        ladders = all;
    }

    /** Takes out all noted levels that are still empty. */
    void takeOut() {
        for (int i = 0; i < count; i++) {
            final int level = (int) notes[i];
            final int[] nodes = pool.nodes();
            if (nodes[level + ORDERS] == 0) {
                nodes[level + ORDERS] = GONE;
                ladders[(int) (notes[i] >>> LADDER_SHIFT)].remove(level);
            }
        }
        count = 0;
    }

    void clear() {
        count = 0;
    }
}
