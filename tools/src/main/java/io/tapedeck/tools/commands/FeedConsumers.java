package io.tapedeck.tools.commands;

import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.engine.pipeline.PipelineContext;
import io.tapedeck.engine.replay.InstrumentTable;
import io.tapedeck.engine.run.UnitConsumers;
import io.tapedeck.engine.run.UnitDay;
import io.tapedeck.feed.itch.ItchPublisher;
import io.tapedeck.feed.mold.PublisherContext;
import io.tapedeck.feed.mold.PublisherCounter;
import io.tapedeck.feed.udp.UdpContext;
import io.tapedeck.feed.udp.UdpEndpoint;
import io.tapedeck.feed.udp.UdpSender;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Publishes every unit's day as a MoldUDP64 session of its own. */
final class FeedConsumers implements UnitConsumers {
    private final UdpContext udp;
    private final long messagesPerSecond;
    private final List<ItchPublisher> publishers = Collections.synchronizedList(new ArrayList<>());

    /**
     * Consumers for all units.
     *
     * @param udp               of unit 0; the others take the ports that follow.
     * @param messagesPerSecond per unit; 0 for no limit.
     */
    FeedConsumers(final UdpContext udp, final long messagesPerSecond) {
        this.udp = udp;
        this.messagesPerSecond = messagesPerSecond;
    }

    @Override
    public void addTo(final PipelineContext pipeline, final UnitDay day) throws IOException {
        final UdpEndpoint endpoint = udp.endpoint();
        final UdpContext own = udp.withEndpoint(endpoint.withPort(endpoint.port() + day.unit()));
        final PublisherContext context = new PublisherContext(MoldSession.of(day.sessionName()))
                .unit("u" + day.unit())
                .messagesPerSecond(messagesPerSecond);
        final ItchPublisher publisher =
                new ItchPublisher(context, InstrumentTable.of(day.instruments()), UdpSender.open(own));
        publishers.add(publisher);
        pipeline.gating("itch", publisher);
    }

    /** What all publishers counted, after the run. */
    long count(final PublisherCounter counter) {
        return publishers.stream()
                .mapToLong(publisher -> publisher.count(counter))
                .sum();
    }
}
