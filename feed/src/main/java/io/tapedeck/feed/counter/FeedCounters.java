package io.tapedeck.feed.counter;

import java.util.concurrent.atomic.AtomicLongArray;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;
import org.agrona.concurrent.status.CountersReader;

/**
 * The counters of one part of a feed. <b>Note:</b> one thread adds, any thread reads; adding allocates nothing.
 *
 * @param <C> what is counted.
 */
public final class FeedCounters<C extends Enum<C> & FeedCounter> {
    private static final int ALIGNMENT = 64;

    private final AtomicCounter[] counters;
    private final long[] before;

    /** What this part counted itself: the counters go on with the next one of the same name. */
    private final AtomicLongArray own;

    /**
     * Adds one counter of each kind. Where the manager has them already, as a counters file has those of the day
     * before, they go on, and {@link #get} answers what this part counted.
     *
     * @param manager to add them to, for example that of a counters file; null for memory of their own.
     * @param unit    whose feed it is.
     * @param kinds   all of them.
     */
    public FeedCounters(final CountersManager manager, final String unit, final C[] kinds) {
        final CountersManager home = manager == null ? inMemory(kinds.length) : manager;
        counters = new AtomicCounter[kinds.length];
        before = new long[kinds.length];
        own = new AtomicLongArray(kinds.length);
        for (final C kind : kinds) {
            final AtomicCounter counter = home.newCounter(kind.label(unit), kind.typeId());
            counters[kind.ordinal()] = counter;
            before[kind.ordinal()] = counter.get();
        }
    }

    /**
     * Counts.
     *
     * @param kind      what.
     * @param increment how many.
     */
    public void add(final C kind, final long increment) {
        set(kind, own.getPlain(kind.ordinal()) + increment);
    }

    /**
     * Takes over a count that is kept elsewhere.
     *
     * @param kind  what.
     * @param count how many so far.
     */
    public void set(final C kind, final long count) {
        own.setRelease(kind.ordinal(), count);
        counters[kind.ordinal()].setRelease(before[kind.ordinal()] + count);
    }

    /**
     * Looks. Any thread may do so.
     *
     * @param kind what.
     * @return how many so far.
     */
    public long get(final C kind) {
        return own.getAcquire(kind.ordinal());
    }

    private static CountersManager inMemory(final int count) {
        return new CountersManager(
                alignedBuffer(count * CountersReader.METADATA_LENGTH),
                alignedBuffer(count * CountersReader.COUNTER_LENGTH));
    }

    private static UnsafeBuffer alignedBuffer(final int length) {
        return new UnsafeBuffer(BufferUtil.allocateDirectAligned(length, ALIGNMENT));
    }
}
