package io.tapedeck.engine.book;

import static io.tapedeck.engine.book.NodeDescriptor.NEXT;
import static io.tapedeck.engine.book.NodeDescriptor.NODE_LENGTH;
import static io.tapedeck.engine.book.NodeDescriptor.NONE;

import java.util.Arrays;

/**
 * All orders and levels of a book set in one int array. The node freed last is handed out first, because it is still in
 * the cache. Grows by half, never shrinks.
 */
final class NodePool {
    private static final int INITIAL_NODES = 64;
    private static final int MAX_INTS = Integer.MAX_VALUE / NODE_LENGTH * NODE_LENGTH - NODE_LENGTH;

    private int[] nodes = new int[INITIAL_NODES * NODE_LENGTH];
    private int firstFree = NONE;
    private int fresh = NODE_LENGTH;

    /** The array of all nodes; another one after an {@link #allocate()} that had to grow it. */
    int[] nodes() {
        return nodes;
    }

    /** A node whose content is whatever it last was. */
    int allocate() {
        final int node = firstFree;
        if (node != NONE) {
            firstFree = nodes[node + NEXT];
            return node;
        }
        return allocateFresh();
    }

    void release(final int node) {
        nodes[node + NEXT] = firstFree;
        firstFree = node;
    }

    void clear() {
        firstFree = NONE;
        fresh = NODE_LENGTH;
    }

    private int allocateFresh() {
        if (fresh == nodes.length) {
            if (fresh == MAX_INTS) {
                throw new IllegalStateException("too many live orders and levels: nodes=" + fresh / NODE_LENGTH);
            }
            final long grown = fresh + fresh / 2L / NODE_LENGTH * NODE_LENGTH;
            nodes = Arrays.copyOf(nodes, (int) Math.min(grown, MAX_INTS));
        }
        final int node = fresh;
        fresh += NODE_LENGTH;
        return node;
    }
}
