package io.tapedeck.feed.counter;

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

    /**
     * Adds one counter of each kind.
     *
     * @param manager to add them to, for example that of a counters file; null for memory of their own.
     * @param unit    whose feed it is.
     * @param kinds   all of them.
     */
    public FeedCounters(final CountersManager manager, final String unit, final C[] kinds) {
        final CountersManager home = manager == null ? inMemory(kinds.length) : manager;
        counters = new AtomicCounter[kinds.length];
        for (final C kind : kinds) {
            counters[kind.ordinal()] = home.newCounter(kind.label(unit), kind.typeId());
        }
    }

    /**
     * Counts.
     *
     * @param kind      what.
     * @param increment how many.
     */
    public void add(final C kind, final long increment) {
        counters[kind.ordinal()].getAndAddRelease(increment);
    }

    /**
     * Looks. Any thread may do so.
     *
     * @param kind what.
     * @return how many so far.
     */
    public long get(final C kind) {
        return counters[kind.ordinal()].get();
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
