package io.tapedeck.tools.commands;

import io.tapedeck.feed.udp.UdpContext;
import io.tapedeck.feed.udp.UdpEndpoint;
import picocli.CommandLine.Option;

/** Whether and where a run is published while it is at work. */
final class FeedOptions {
    @Option(
            names = "--itch",
            paramLabel = "HOST:PORT",
            description = "Publish ITCH over MoldUDP64 to this multicast group or host; unit N takes PORT + N.")
    private String endpoint;

    @Option(
            names = "--itch-interface",
            paramLabel = "NAME",
            description = "Network interface to send from. Default: loopback, so that nothing leaves the host.")
    private String interfaceName;

    @Option(
            names = "--itch-rate",
            paramLabel = "N",
            defaultValue = "0",
            description = "The most messages per second and unit; 0 for no limit. Default: ${DEFAULT-VALUE}.")
    private long messagesPerSecond;

    /** Whether a feed was asked for. */
    boolean isWanted() {
        return endpoint != null;
    }

    /** The consumers that publish. */
    FeedConsumers consumers() {
        final UdpContext udp = new UdpContext(UdpEndpoint.parse(endpoint));
        return new FeedConsumers(interfaceName == null ? udp : udp.interfaceName(interfaceName), messagesPerSecond);
    }
}
