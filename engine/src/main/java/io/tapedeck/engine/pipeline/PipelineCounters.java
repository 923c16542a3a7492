package io.tapedeck.engine.pipeline;

import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;

/** The counters that the producer's thread writes. They go on where an earlier pipeline of the unit left them. */
final class PipelineCounters {
    private final AtomicCounter published;
    private final AtomicCounter stalls;
    private final AtomicCounter stallNs;
    private final long publishedBefore;
    private final long stallsBefore;
    private final long stallNsBefore;

    PipelineCounters(final CountersManager counters, final String unit) {
        published = newCounter(counters, PipelineCounter.PUBLISHED, PipelineCounter.PUBLISHED.label(unit));
        stalls = newCounter(counters, PipelineCounter.STALLS, PipelineCounter.STALLS.label(unit));
        stallNs = newCounter(counters, PipelineCounter.STALL_NS, PipelineCounter.STALL_NS.label(unit));
        publishedBefore = published.get();
        stallsBefore = stalls.get();
        stallNsBefore = stallNs.get();
    }

    static AtomicCounter newCounter(final CountersManager counters, final PipelineCounter kind, final String label) {
        return counters.newCounter(label, kind.typeId());
    }

    void published(final long events) {
        published.setRelease(publishedBefore + events);
    }

    void stalled(final long durationNs) {
        stalls.incrementRelease();
        stallNs.getAndAddRelease(durationNs);
    }

    long stalls() {
        return stalls.get() - stallsBefore;
    }

    long stallNs() {
        return stallNs.get() - stallNsBefore;
    }
}
