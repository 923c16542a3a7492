package io.tapedeck.tools.commands;

import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.engine.pipeline.PipelineContext;
import io.tapedeck.engine.pipeline.RunListener;
import io.tapedeck.engine.pipeline.ThreadPins;
import io.tapedeck.engine.replay.InstrumentTable;
import io.tapedeck.engine.run.UnitConsumers;
import io.tapedeck.engine.run.UnitDay;
import io.tapedeck.feed.glimpse.GlimpseCounter;
import io.tapedeck.feed.itch.FeedContext;
import io.tapedeck.feed.itch.ItchFeed;
import io.tapedeck.feed.mold.PublisherContext;
import io.tapedeck.feed.mold.PublisherCounter;
import io.tapedeck.feed.recovery.RequestCounter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Publishes every unit's day as a MoldUDP64 session of its own. */
final class FeedConsumers implements UnitConsumers {
    /** What a limited rate may leave in the ring: it has to drain within the grace that a pipeline gives. */
    private static final long MAX_BACKLOG_SECONDS = 10;

    private static final long MIN_RING_SIZE = 8;

    private static final String CONSUMER = "itch";
    private static final String SNAPSHOTS = "glimpse";

    private final FeedContext context;
    private final List<ItchFeed> feeds = Collections.synchronizedList(new ArrayList<>());

    /**
     * Consumers for all units.
     *
     * @param context where they publish, and how.
     */
    FeedConsumers(final FeedContext context) {
        this.context = context;
    }

    /** Names of the threads that each unit's feed has. */
    Set<String> threads() {
        final Set<String> threads = FeedOptions.threads(CONSUMER, context);
        if (context.isServingSnapshots()) {
            threads.add(SNAPSHOTS);
        }
        return threads;
    }

    /** Sets which of the lines' threads run where. */
    void pins(final ThreadPins pins, final RunListener listener) {
        context.pins(pins, listener);
    }

    @Override
    public void addTo(final PipelineContext pipeline, final UnitDay day) throws IOException {
        final ItchFeed feed = ItchFeed.open(
                context.counters(pipeline.counters()).check(day.unitCount()),
                MoldSession.of(day.sessionName()),
                day.unit(),
                InstrumentTable.of(day.instruments()),
                day.file());
        feeds.add(feed);
        limitBacklog(pipeline);
        pipeline.gating(CONSUMER, feed);
        if (feed.snapshotTaker() != null) {
            pipeline.gating(SNAPSHOTS, feed.snapshotTaker());
        }
    }

    private void limitBacklog(final PipelineContext pipeline) {
        if (context.messagesPerSecond() == PublisherContext.UNLIMITED) {
            return;
        }
        final long backlog = Math.max(MIN_RING_SIZE, context.messagesPerSecond() * MAX_BACKLOG_SECONDS);
        if (backlog < pipeline.ringSize()) {
            final int ringSize = (int) Long.highestOneBit(backlog);
            pipeline.ringSize(ringSize).claimSize(Math.min(pipeline.claimSize(), ringSize / 2));
        }
    }

    /** What all publishers counted, after the run. */
    long count(final PublisherCounter counter) {
        return feeds.stream().mapToLong(feed -> feed.count(counter)).sum();
    }

    /** What all snapshot servers counted, after the run. */
    long count(final GlimpseCounter counter) {
        return feeds.stream().mapToLong(feed -> feed.count(counter)).sum();
    }

    /** What all request servers counted, after the run. */
    long count(final RequestCounter counter) {
        return feeds.stream().mapToLong(feed -> feed.count(counter)).sum();
    }
}
