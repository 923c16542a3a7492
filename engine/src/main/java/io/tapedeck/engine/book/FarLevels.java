package io.tapedeck.engine.book;

import static io.tapedeck.engine.book.NodeDescriptor.NONE;

import java.util.Arrays;

/**
 * The levels of a {@link Ladder} that are not in its window, sorted by rank. Looking up is a binary search, entering
 * and removing moves what is worse: fine for the few that lie far out.
 */
final class FarLevels {
    private int[] ranks = {};
    private int[] levels = {};
    private int size;

    int size() {
        return size;
    }

    /** The level of a rank, or NONE. */
    int find(final int rank) {
        final int at = Arrays.binarySearch(ranks, 0, size, rank);
        return at >= 0 ? levels[at] : NONE;
    }

    /** The worst level among those better than a rank, or NONE. */
    int betterThan(final int rank) {
        // Nearly all far levels are worse than the window, where nearly all questions come from.
        if (size == 0 || ranks[0] >= rank) {
            return NONE;
        }
        final int at = Arrays.binarySearch(ranks, 0, size, rank);
        final int index = (at >= 0 ? at : ~at) - 1;
        return index >= 0 ? levels[index] : NONE;
    }

    /** Enters a level of a rank that is absent. */
    void insert(final int rank, final int level) {
        if (size == ranks.length) {
            final int capacity = Math.max(8, 2 * size);
            ranks = Arrays.copyOf(ranks, capacity);
            levels = Arrays.copyOf(levels, capacity);
        }
        final int at = size == 0 || rank > ranks[size - 1] ? size : ~Arrays.binarySearch(ranks, 0, size, rank);
        System.arraycopy(ranks, at, ranks, at + 1, size - at);
        System.arraycopy(levels, at, levels, at + 1, size - at);
        ranks[at] = rank;
        levels[at] = level;
        size++;
    }

    /** Removes the level of a rank that is present. */
    void remove(final int rank) {
        final int at = Arrays.binarySearch(ranks, 0, size, rank);
        System.arraycopy(ranks, at + 1, ranks, at, size - at - 1);
        System.arraycopy(levels, at + 1, levels, at, size - at - 1);
        size--;
    }

    void clear() {
        size = 0;
    }
}
