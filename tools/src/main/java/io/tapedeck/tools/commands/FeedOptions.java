package io.tapedeck.tools.commands;

import io.tapedeck.feed.glimpse.GlimpseLogin;
import io.tapedeck.feed.itch.FeedContext;
import io.tapedeck.feed.udp.UdpContext;
import io.tapedeck.feed.udp.UdpEndpoint;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Option;

/** How a feed is published, wherever its records come from. */
final class FeedOptions {
    @Option(
            names = "--itch-b",
            paramLabel = "HOST:PORT",
            description =
                    "Send every packet to this multicast group or host as well, the B line; unit N takes PORT + N.")
    private String lineB;

    @Option(
            names = "--itch-interface",
            paramLabel = "NAME",
            description = "Network interface to send from. Default: loopback, so that nothing leaves the host.")
    private String interfaceName;

    @Option(
            names = "--itch-request-port",
            paramLabel = "PORT",
            description = "Answer requests for lost messages on this port of the interface; unit N takes PORT + N.")
    private Integer requestPort;

    @Option(
            names = "--glimpse-port",
            paramLabel = "PORT",
            description =
                    "Serve snapshots of the books, as GLIMPSE over SoupBinTCP, on this port of the interface; unit N"
                            + " takes PORT + N.")
    private Integer glimpsePort;

    @Option(
            names = "--glimpse-user",
            paramLabel = "NAME",
            defaultValue = "",
            description = "Give snapshots to this user only, of up to 6 characters. Default: to anyone.")
    private String glimpseUser;

    @Option(
            names = "--glimpse-password",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Password of that user, up to 10 characters. Default: none.")
    private String glimpsePassword;

    @Option(
            names = "--itch-rate",
            paramLabel = "N",
            defaultValue = "0",
            description = "The most messages per second and unit; 0 for no limit. Default: ${DEFAULT-VALUE}.")
    private long messagesPerSecond;

    @Option(
            names = "--mtu",
            paramLabel = "BYTES",
            defaultValue = "1472",
            description = "The longest packet, as UDP payload; with 28 bytes of headers it must fit the MTU of the"
                    + " interface. Default: ${DEFAULT-VALUE}.")
    private int maxPayloadLength;

    @Option(
            names = "--flush-us",
            paramLabel = "US",
            defaultValue = "100",
            description = "How many microseconds a packet with room left waits for more messages. Default:"
                    + " ${DEFAULT-VALUE}.")
    private long flushUs;

    @Option(
            names = "--itch-ttl",
            paramLabel = "N",
            defaultValue = "" + UdpContext.DEFAULT_TIME_TO_LIVE,
            description = "How many networks multicast packets may cross, 0 to 255. Default: ${DEFAULT-VALUE}.")
    private int timeToLive;

    @Option(
            names = "--itch-no-loop",
            description = "Keep multicast packets from listeners on this host, where the interface is not loopback.")
    private boolean noLoop;

    @Option(
            names = "--itch-buffer",
            paramLabel = "BYTES",
            defaultValue = "" + UdpContext.DEFAULT_BUFFER_LENGTH,
            description = "Socket buffers to ask the system for. Default: ${DEFAULT-VALUE}.")
    private int bufferLength;

    /**
     * What was asked for.
     *
     * @param destinations where packets go, the B line apart.
     */
    FeedContext context(final List<UdpEndpoint> destinations) {
        if (messagesPerSecond < 0) {
            throw new IllegalArgumentException("--itch-rate must be 0 or more: " + messagesPerSecond);
        }
        if (flushUs < 0) {
            throw new IllegalArgumentException("--flush-us must be 0 or more: " + flushUs);
        }
        final FeedContext context = new FeedContext()
                .maxPayloadLength(maxPayloadLength)
                .flushIntervalNs(TimeUnit.MICROSECONDS.toNanos(flushUs))
                .messagesPerSecond(messagesPerSecond);
        destinations.forEach(destination -> context.line(udp(destination)));
        if (lineB != null) {
            context.line(udp(UdpEndpoint.parse(lineB)));
        }
        if (requestPort != null) {
            context.requests(udp(UdpContext.ownEndpoint(interfaceName, requestPort)));
        }
        if (glimpsePort != null) {
            context.snapshots(
                    new GlimpseLogin(UdpContext.ownEndpoint(interfaceName, glimpsePort), glimpseUser, glimpsePassword));
        }
        return context;
    }

    /**
     * Names of the threads of a unit that publishes.
     *
     * @param first   thread that makes the packets.
     * @param context with all lines.
     */
    static Set<String> threads(final String first, final FeedContext context) {
        final Set<String> threads = new TreeSet<>(Set.of(first));
        for (int line = 0; line < context.lineCount(); line++) {
            threads.add(FeedContext.lineThread(line));
        }
        return threads;
    }

    private UdpContext udp(final UdpEndpoint endpoint) {
        return new UdpContext(endpoint)
                .interfaceName(interfaceName)
                .timeToLive(timeToLive)
                .multicastLoop(!noLoop)
                .bufferLength(bufferLength);
    }
}
