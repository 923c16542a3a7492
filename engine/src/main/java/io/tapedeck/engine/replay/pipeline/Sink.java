package io.tapedeck.engine.replay.pipeline;

import io.tapedeck.engine.replay.EventSource;
import io.tapedeck.engine.replay.ReplayHandler;
import io.tapedeck.engine.replay.transform.FilterTransform;

/** A sink with what stands in front of it: its filters, its ring. */
final class Sink {
    private final String name;
    private final SinkStage stage;
    private final SinkRing ring;
    private final TransformStage filter;

    Sink(final String name, final ReplayHandler handler, final SinkOptions options, final EventSource source) {
        this.name = name;
        stage = new SinkStage(name, handler, options.errorPolicy(), source);
        ring = options.backPressure() == BackPressure.DIRECT
                ? null
                : new SinkRing(name, stage, options.backPressure(), options.ringCapacity());
        filter = options.filters().isEmpty()
                ? null
                : new TransformStage(
                        name + " filter",
                        new FilterTransform(options.filters()),
                        ErrorPolicy.FAIL,
                        source,
                        ring == null ? stage : ring);
    }

    void start() {
        if (ring != null) {
            ring.start();
        }
    }

    /** What the pipeline calls. */
    ReplayHandler entry() {
        if (filter != null) {
            return filter;
        }
        return ring == null ? stage : ring;
    }

    /** Filter, ring and sink as one stage; exact when the replay is over. */
    StageStatistics statistics() {
        final long dropped = (ring == null ? 0 : ring.droppedCount()) + stage.haltedCount();
        final long atSink = ring == null ? stage.takenCount() : ring.takenCount();
        final StageStatistics atFilter = filter == null ? null : filter.statistics();
        return new StageStatistics(
                name,
                atFilter == null ? atSink : atFilter.takenCount(),
                stage.deliveredCount(),
                dropped + (atFilter == null ? 0 : atFilter.droppedCount()),
                stage.errorCount(),
                ring == null ? 0 : ring.stallNs(),
                ring == null ? 0 : ring.highWater());
    }
}
