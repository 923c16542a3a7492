package io.tapedeck.feed.mold;

/**
 * The ranges of messages that are missing, ascending, and when each was last asked for. Bounded: two ranges are kept in
 * reserve, so that one at either end can always be recorded.
 *
 * <p>Ranges are named by an index that stays valid until the range is removed. Times are those of the caller's clock.
 *
 * <p><b>Note:</b> used by one thread; allocates nothing after construction.
 */
final class MissingRanges {
    /** Stands for no range. */
    static final int NONE = SlotList.NONE;

    private static final int RESERVE = 2;

    private final long[] firsts;
    private final long[] lasts;
    private final long[] openedNs;

    /** Since when nothing of the range has come although it was asked for. */
    private final long[] progressNs;

    private final long[] requestedNs;
    private final int[] requestCounts;
    private final SlotList ranges;

    MissingRanges(final int capacity) {
        firsts = new long[capacity];
        lasts = new long[capacity];
        openedNs = new long[capacity];
        progressNs = new long[capacity];
        requestedNs = new long[capacity];
        requestCounts = new int[capacity];
        ranges = new SlotList(capacity);
    }

    boolean isEmpty() {
        return ranges.head() == NONE;
    }

    /** Only the ranges in reserve are left. */
    boolean isFull() {
        return ranges.freeCount() <= RESERVE;
    }

    /** The range with the lowest numbers, or {@link #NONE}. */
    int head() {
        return ranges.head();
    }

    int next(final int range) {
        return ranges.next(range);
    }

    long first(final int range) {
        return firsts[range];
    }

    long last(final int range) {
        return lasts[range];
    }

    long openedNs(final int range) {
        return openedNs[range];
    }

    long progressNs(final int range) {
        return progressNs[range];
    }

    /** When the range was last asked for; of use when {@link #requestCount(int)} is not 0. */
    long requestedNs(final int range) {
        return requestedNs[range];
    }

    /** How often the range was asked for since something of it last arrived. */
    int requestCount(final int range) {
        return requestCounts[range];
    }

    void requested(final int range, final long nowNs) {
        if (requestCounts[range] == 0) {
            progressNs[range] = nowNs;
        }
        requestedNs[range] = nowNs;
        requestCounts[range]++;
    }

    /** Notes that something of the range that holds a number, or comes next, has come and found no room. */
    void touch(final long sequence, final long nowNs) {
        final int range = ranges.firstFrom(sequence, lasts);
        if (range != NONE) {
            progressNs[range] = nowNs;
        }
    }

    /**
     * Adds a range behind all others, or makes the last one longer where it follows on it, and was opened just now or,
     * as older ranges are asked for first, may be older.
     */
    void append(final long first, final long last, final long nowNs, final boolean mayBeOlder) {
        final int tail = ranges.tail();
        if (tail != NONE
                && lasts[tail] + 1 == first
                && (openedNs[tail] == nowNs || mayBeOlder && requestCounts[tail] == 0 || isFull())) {
            lasts[tail] = last;
            return;
        }
        insertBefore(NONE, first, last, nowNs);
    }

    /** Adds a range in front of all others. */
    void prepend(final long first, final long last, final long nowNs) {
        insertBefore(ranges.head(), first, last, nowNs);
    }

    /**
     * Cuts a range in two, so that the first part has a number of messages; does nothing when it has no more than that,
     * or when there is no room for another range.
     */
    void split(final int range, final long messages) {
        final long last = lasts[range];
        if (last - firsts[range] >= messages && !isFull()) {
            lasts[range] = firsts[range] + messages - 1;
            insertBefore(ranges.next(range), firsts[range] + messages, last, openedNs[range]);
        }
    }

    /** Whether {@link #fill} would need no other range, and would leave the end of the last one as it is. */
    boolean canFillWhenFull(final long first, final long last) {
        final int range = ranges.firstFrom(first, lasts);
        return last < lasts[ranges.tail()] && !(firsts[range] < first && lasts[range] > last);
    }

    /**
     * Takes messages off that have arrived.
     *
     * @return how many of them were missing.
     */
    long fill(final long first, final long last) {
        long filled = 0;
        int range = ranges.firstFrom(first, lasts);
        while (range != NONE && firsts[range] <= last) {
            final int next = ranges.next(range);
            filled += Math.min(lasts[range], last) - Math.max(firsts[range], first) + 1;
            cut(range, first, last);
            range = next;
        }
        return filled;
    }

    /**
     * Takes the lowest range off, of which there is one.
     *
     * @return number of its last message.
     */
    long takeHead() {
        final int range = ranges.head();
        ranges.remove(range);
        return lasts[range];
    }

    private void cut(final int range, final long first, final long last) {
        final long oldLast = lasts[range];
        if (firsts[range] >= first && oldLast <= last) {
            ranges.remove(range);
            return;
        }
        requestCounts[range] = 0;
        if (firsts[range] >= first) {
            firsts[range] = last + 1;
            return;
        }
        lasts[range] = first - 1;
        if (oldLast > last) {
            insertBefore(ranges.next(range), last + 1, oldLast, openedNs[range]);
        }
    }

    private void insertBefore(final int after, final long first, final long last, final long nowNs) {
        final int range = ranges.insertBefore(after);
        firsts[range] = first;
        lasts[range] = last;
        openedNs[range] = nowNs;
        requestCounts[range] = 0;
    }
}
