package io.tapedeck.engine.book;

import static io.tapedeck.engine.book.NodeDescriptor.NONE;

import java.util.Arrays;

/**
 * From order id to node, for every 64-bit id. Open addressing with linear probing, at most half full; a removal shifts
 * the entries behind it back, so that there are no tombstones and a map that lives all day stays as fast as a new one.
 * Ids that count upwards, as exchanges' do, are spread by a multiplication with 2^64 over the golden ratio.
 *
 * <p>Key and value lie side by side: one cache miss per look-up. It starts small, because a map much larger than what
 * is live costs more misses than it saves probes.
 */
final class OrderIdMap {
    private static final long GOLDEN_RATIO = 0x9E37_79B9_7F4A_7C15L;
    private static final int INITIAL_CAPACITY = 64;
    private static final int MAX_CAPACITY = 1 << 29;

    /** Id at twice the position, node behind it; a free position's node is NONE. */
    private long[] entries = new long[2 * INITIAL_CAPACITY];

    private int mask = INITIAL_CAPACITY - 1;
    private int shift = Long.numberOfLeadingZeros(INITIAL_CAPACITY) + 1;
    private int size;

    int size() {
        return size;
    }

    /** The position of the id, or, if it is absent, the bitwise complement of the position where it would go. */
    int find(final long id) {
        final long[] entries = this.entries;
        int position = home(id);
        while (entries[2 * position + 1] != NONE) {
            if (entries[2 * position] == id) {
                return position;
            }
            position = (position + 1) & mask;
        }
        return ~position;
    }

    int nodeAt(final int position) {
        return (int) entries[2 * position + 1];
    }

    /** Enters an absent id at the position whose complement {@link #find(long)} just gave. */
    void insertAt(final int position, final long id, final int node) {
        entries[2 * position] = id;
        entries[2 * position + 1] = node;
        size++;
        if (size > mask >>> 1) {
            grow();
        }
    }

    /** Removes what {@link #find(long)} just found. */
    void removeAt(final int position) {
        final long[] entries = this.entries;
        int hole = position;
        int next = (hole + 1) & mask;
        while (entries[2 * next + 1] != NONE) {
            final long id = entries[2 * next];
            // An entry may fill the hole unless its home lies behind the hole: then it would not be found any more.
            if (((next - home(id)) & mask) >= ((next - hole) & mask)) {
                entries[2 * hole] = id;
                entries[2 * hole + 1] = entries[2 * next + 1];
                hole = next;
            }
            next = (next + 1) & mask;
        }
        entries[2 * hole + 1] = NONE;
        size--;
    }

    void clear() {
        Arrays.fill(entries, 0);
        size = 0;
    }

    private int home(final long id) {
        return (int) ((id * GOLDEN_RATIO) >>> shift);
    }

    private void grow() {
        final long[] old = entries;
        if (old.length / 2 == MAX_CAPACITY) {
            throw new IllegalStateException("too many live orders: orders=" + size);
        }
        entries = new long[2 * old.length];
        mask = old.length - 1;
        shift--;
        for (int i = 0; i < old.length; i += 2) {
            if (old[i + 1] != NONE) {
                final int position = ~find(old[i]);
                entries[2 * position] = old[i];
                entries[2 * position + 1] = old[i + 1];
            }
        }
    }
}
