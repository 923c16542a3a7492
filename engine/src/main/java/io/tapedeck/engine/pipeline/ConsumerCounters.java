package io.tapedeck.engine.pipeline;

import static io.tapedeck.engine.pipeline.PipelineCounters.newCounter;

import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;

/** The counters that one consumer's thread writes. They go on where the consumer of that name before it left them. */
final class ConsumerCounters {
    private final AtomicCounter consumed;
    private final AtomicCounter missed;
    private final AtomicCounter failed;
    private final long consumedBefore;
    private final long missedBefore;

    ConsumerCounters(final CountersManager counters, final String unit, final String consumer) {
        consumed = newCounter(counters, PipelineCounter.CONSUMED, PipelineCounter.CONSUMED.label(unit, consumer));
        missed = newCounter(counters, PipelineCounter.MISSED, PipelineCounter.MISSED.label(unit, consumer));
        failed = newCounter(counters, PipelineCounter.FAILED, PipelineCounter.FAILED.label(unit, consumer));
        consumedBefore = consumed.get();
        missedBefore = missed.get();
    }

    void consumed(final long events) {
        consumed.setRelease(consumedBefore + events);
    }

    void missed(final long events) {
        missed.getAndAddRelease(events);
    }

    void failed() {
        failed.incrementRelease();
    }

    long missed() {
        return missed.get() - missedBefore;
    }
}
