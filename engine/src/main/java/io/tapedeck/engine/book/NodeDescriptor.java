package io.tapedeck.engine.book;

/**
 * The two kinds of node in a {@link NodePool}. Both are eight ints, 32 bytes, and agree in their first two, so that a
 * level is the fixed point of its own queue: the ring level, first order, ..., last order, level has no end to treat
 * apart, and taking an order out is two writes without a branch. An order names its level, so that what happens to it
 * later needs no search by price.
 *
 * <pre>
 *   int    0        1        2          3        4        5        6         7
 *       +--------+--------+----------+--------+--------+--------+---------+---------+
 * order | prev   | next   | quantity | level  | ladder | (free) | id low  | id high |
 *       +--------+--------+----------+--------+--------+--------+---------+---------+
 * level | last   | first  | price    | better | worse  | orders | sum low | sum high|
 *       +--------+--------+----------+--------+--------+--------+---------+---------+
 * </pre>
 *
 * <p>References are indexes of a node's first int; {@link #NONE} is none. A ladder is
 * {@code instrumentId * 2 + side}. {@code sum} is the quantity of all the level's orders.
 */
final class NodeDescriptor {
    /** Ints per node. */
    static final int NODE_LENGTH = 8;

    /** The reference that refers to nothing. Its node exists and may be written to, which saves branches. */
    static final int NONE = 0;

    /** Previous in the queue; of a level, the last order. */
    static final int PREV = 0;

    /** Next in the queue; of a level, the first order; of a free node, the next free one. */
    static final int NEXT = 1;

    /** What an order has left, 1 to 2^31 - 1. */
    static final int QUANTITY = 2;

    /** The level that an order rests at. */
    static final int LEVEL = 3;

    /** The ladder that an order is on. */
    static final int LADDER = 4;

    /** An order's id, lower half; the upper half follows. */
    static final int ID = 6;

    /** Price of a level, any int. */
    static final int PRICE = 2;

    /** The next level towards the touch. */
    static final int BETTER = 3;

    /** The next level away from the touch. */
    static final int WORSE = 4;

    /** How many orders rest at a level. */
    static final int ORDERS = 5;

    /** Their quantity, lower half; the upper half follows. */
    static final int SUM = 6;

    private NodeDescriptor() {}

    static long getLong(final int[] nodes, final int index) {
        return (nodes[index] & 0xFFFF_FFFFL) | ((long) nodes[index + 1] << 32);
    }

    static void putLong(final int[] nodes, final int index, final long value) {
        nodes[index] = (int) value;
        nodes[index + 1] = (int) (value >>> 32);
    }
}
