package io.tapedeck.feed.mold;

import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;
import org.agrona.concurrent.status.CountersReader;

/** The counters of one publisher. <b>Note:</b> one thread adds, any thread reads. */
final class PublisherCounters {
    private static final int ALIGNMENT = 64;

    private final AtomicCounter[] counters = new AtomicCounter[PublisherCounter.values().length];

    PublisherCounters(final CountersManager manager, final String unit) {
        for (final PublisherCounter counter : PublisherCounter.values()) {
            counters[counter.ordinal()] = manager.newCounter(counter.label(unit), counter.typeId());
        }
    }

    static CountersManager inMemory() {
        final int values = PublisherCounter.values().length;
        return new CountersManager(
                alignedBuffer(values * CountersReader.METADATA_LENGTH),
                alignedBuffer(values * CountersReader.COUNTER_LENGTH));
    }

    void add(final PublisherCounter counter, final long increment) {
        counters[counter.ordinal()].getAndAddRelease(increment);
    }

    long get(final PublisherCounter counter) {
        return counters[counter.ordinal()].get();
    }

    private static UnsafeBuffer alignedBuffer(final int length) {
        return new UnsafeBuffer(BufferUtil.allocateDirectAligned(length, ALIGNMENT));
    }
}
