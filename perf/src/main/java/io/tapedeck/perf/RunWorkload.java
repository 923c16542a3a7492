package io.tapedeck.perf;

import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.engine.pipeline.PipelineContext;
import io.tapedeck.engine.replay.InstrumentTable;
import io.tapedeck.engine.run.TapeRunSummary;
import io.tapedeck.engine.run.UnitConsumers;
import io.tapedeck.engine.run.UnitDay;
import io.tapedeck.feed.itch.ItchPublisher;
import io.tapedeck.feed.mold.PublisherContext;
import io.tapedeck.feed.udp.UdpContext;
import io.tapedeck.feed.udp.UdpEndpoint;
import io.tapedeck.feed.udp.UdpSender;
import java.io.IOException;

/** A whole run: producer, ring, journal and, if asked for, a feed to which nobody listens. */
final class RunWorkload implements Workload {
    private static final String ENDPOINT = "239.1.1.1:54321";

    private final TemporaryRun run = new TemporaryRun();
    private final UnitConsumers consumers;
    private String expectedHash;

    RunWorkload(final boolean isPublished) throws IOException {
        consumers = isPublished ? RunWorkload::addPublisher : UnitConsumers.NONE;
    }

    @Override
    public long run() throws IOException, InterruptedException {
        final TapeRunSummary summary = run.run(consumers);
        final String hash = summary.days().get(0).entry().contentHash();
        Workload.require(expectedHash == null || hash.equals(expectedHash), "the content differs from the run before");
        expectedHash = hash;
        return summary.recordCount();
    }

    private static void addPublisher(final PipelineContext pipeline, final UnitDay day) throws IOException {
        final PublisherContext context = new PublisherContext(MoldSession.of(day.sessionName())).endOfSessionNs(1);
        pipeline.gating(
                "itch",
                new ItchPublisher(
                        context,
                        InstrumentTable.of(day.instruments()),
                        UdpSender.open(new UdpContext(UdpEndpoint.parse(ENDPOINT)))));
    }
}
