package io.tapedeck.feed.mold;

/**
 * A list of slots that are numbered from 0, in an order that their owner decides; what is in them is kept elsewhere. A
 * slot that is not in the list is free.
 *
 * <p><b>Note:</b> used by one thread; allocates nothing after construction.
 */
final class SlotList {
    /** Stands for no slot: before the first, behind the last. */
    static final int NONE = -1;

    private final int[] nexts;
    private final int[] previous;
    private int head;
    private int tail;
    private int free;
    private int freeCount;

    SlotList(final int capacity) {
        nexts = new int[capacity];
        previous = new int[capacity];
        clear();
    }

    void clear() {
        head = NONE;
        tail = NONE;
        free = 0;
        freeCount = nexts.length;
        for (int i = 0; i < nexts.length; i++) {
            nexts[i] = i + 1 < nexts.length ? i + 1 : NONE;
        }
    }

    int freeCount() {
        return freeCount;
    }

    int head() {
        return head;
    }

    int tail() {
        return tail;
    }

    int next(final int slot) {
        return nexts[slot];
    }

    int previous(final int slot) {
        return previous[slot];
    }

    /** Takes a free slot, of which there is one, into the list: in front of another, or last where that is none. */
    int insertBefore(final int after) {
        final int slot = free;
        free = nexts[slot];
        freeCount--;
        final int before = after == NONE ? tail : previous[after];
        link(before, slot);
        link(slot, after);
        return slot;
    }

    void remove(final int slot) {
        link(previous[slot], nexts[slot]);
        nexts[slot] = free;
        free = slot;
        freeCount++;
    }

    /**
     * The first slot whose key is not below another, where keys ascend along the list; searched from the end that is
     * nearer to it.
     */
    int firstFrom(final long key, final long[] keys) {
        if (tail == NONE || keys[tail] < key) {
            return NONE;
        }
        int slot;
        if (key - keys[head] < keys[tail] - key) {
            slot = head;
            while (keys[slot] < key) {
                slot = nexts[slot];
            }
            return slot;
        }
        slot = tail;
        while (previous[slot] != NONE && keys[previous[slot]] >= key) {
            slot = previous[slot];
        }
        return slot;
    }

    private void link(final int before, final int after) {
        if (before == NONE) {
            head = after;
        } else {
            nexts[before] = after;
        }
        if (after == NONE) {
            tail = before;
        } else {
            previous[after] = before;
        }
    }
}
