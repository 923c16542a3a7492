package io.tapedeck.engine.pipeline;

import static io.tapedeck.engine.pipeline.PipelineCounters.newCounter;

import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;

/** The counters that one consumer's thread writes. */
final class ConsumerCounters {
    private final AtomicCounter consumed;
    private final AtomicCounter missed;
    private final AtomicCounter failed;

    ConsumerCounters(final CountersManager counters, final String unit, final String consumer) {
        consumed = newCounter(counters, PipelineCounter.CONSUMED, PipelineCounter.CONSUMED.label(unit, consumer));
        missed = newCounter(counters, PipelineCounter.MISSED, PipelineCounter.MISSED.label(unit, consumer));
        failed = newCounter(counters, PipelineCounter.FAILED, PipelineCounter.FAILED.label(unit, consumer));
    }

    void consumed(final long events) {
        consumed.setRelease(events);
    }

    void missed(final long events) {
        missed.getAndAddRelease(events);
    }

    void failed() {
        failed.setRelease(1);
    }

    long missed() {
        return missed.get();
    }
}
