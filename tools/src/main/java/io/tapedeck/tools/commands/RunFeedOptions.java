package io.tapedeck.tools.commands;

import io.tapedeck.feed.udp.UdpEndpoint;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether and where a run is published while it is at work. */
final class RunFeedOptions {
    @Option(
            names = "--itch",
            paramLabel = "HOST:PORT",
            description = "Publish ITCH over MoldUDP64 to this multicast group or host; unit N takes PORT + N.")
    private String endpoint;

    @Mixin
    private FeedOptions options;

    /** Whether a feed was asked for. */
    boolean isWanted() {
        return endpoint != null;
    }

    /** The consumers that publish. */
    FeedConsumers consumers() {
        return new FeedConsumers(options.context(List.of(UdpEndpoint.parse(endpoint))));
    }
}
