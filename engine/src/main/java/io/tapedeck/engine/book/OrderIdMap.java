package io.tapedeck.engine.book;

import static io.tapedeck.engine.book.NodeDescriptor.ID;
import static io.tapedeck.engine.book.NodeDescriptor.NONE;

import java.util.Arrays;

/**
 * From order id to node, for every 64-bit id. Open addressing with linear probing; a removal shifts the entries behind
 * it back, so that there are no tombstones and a map that lives all day stays as fast as a new one. Ids that count
 * upwards, as exchanges' do, are spread by a multiplication with 2^64 over the golden ratio.
 *
 * <p>The table holds nodes only; an id is compared with the one in the node, which whoever looks up needs next anyway.
 * Entries of four bytes allow a table that is at most an eighth full: nearly every probe ends where it began, and the
 * mispredicted branches of longer probes are what a denser table costs. It starts small, because a table much larger
 * than what is live costs cache misses instead.
 */
final class OrderIdMap {
    private static final long GOLDEN_RATIO = 0x9E37_79B9_7F4A_7C15L;
    private static final int INITIAL_CAPACITY = 512;
    private static final int CAPACITY_PER_ORDER = 8;

    /** At this size the table only gets denser: the pool is full before it is. */
    private static final int MAX_CAPACITY = 1 << 30;

    private final NodePool pool;
    private int[] table = new int[INITIAL_CAPACITY];
    private int mask = INITIAL_CAPACITY - 1;
    private int shift = Long.SIZE - Integer.numberOfTrailingZeros(INITIAL_CAPACITY);
    private int size;

    OrderIdMap(final NodePool pool) {
        this.pool = pool;
    }

    int size() {
        return size;
    }

    /** The position of the id, or, if it is absent, the bitwise complement of the position where it would go. */
    int find(final long id) {
        final int[] table = this.table;
        final int[] nodes = pool.nodes();
        int position = home(id);
        int node = table[position];
        while (node != NONE) {
            if (NodeDescriptor.getLong(nodes, node + ID) == id) {
                return position;
            }
            position = (position + 1) & mask;
            node = table[position];
        }
        return ~position;
    }

    int nodeAt(final int position) {
        return table[position];
    }

    /** Enters the node of an absent id at the position whose complement {@link #find(long)} just gave. */
    void insertAt(final int position, final int node) {
        table[position] = node;
        size++;
        if (size > table.length / CAPACITY_PER_ORDER && table.length < MAX_CAPACITY) {
            grow();
        }
    }

    /** Removes what {@link #find(long)} just found. */
    void removeAt(final int position) {
        final int[] table = this.table;
        int hole = position;
        int next = (hole + 1) & mask;
        int node = table[next];
        while (node != NONE) {
            final int home = home(NodeDescriptor.getLong(pool.nodes(), node + ID));
            // An entry may fill the hole unless its home lies behind the hole: then it would not be found any more.
            if (((next - home) & mask) >= ((next - hole) & mask)) {
                table[hole] = node;
                hole = next;
            }
            next = (next + 1) & mask;
            node = table[next];
        }
        table[hole] = NONE;
        size--;
    }

    void clear() {
        Arrays.fill(table, NONE);
        size = 0;
    }

    private int home(final long id) {
        return (int) ((id * GOLDEN_RATIO) >>> shift);
    }

    private void grow() {
        final int[] old = table;
        table = new int[2 * old.length];
        mask = table.length - 1;
        shift--;
        for (final int node : old) {
            if (node != NONE) {
                table[~find(NodeDescriptor.getLong(pool.nodes(), node + ID))] = node;
            }
        }
    }
}
