package io.tapedeck.feed.itch;

import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.codecs.translation.InstrumentDirectory;
import io.tapedeck.engine.pipeline.BatchConsumer;
import io.tapedeck.feed.mold.PublisherContext;
import io.tapedeck.feed.mold.PublisherCounter;
import io.tapedeck.feed.recovery.RequestCounter;
import io.tapedeck.feed.recovery.RequestServer;
import io.tapedeck.feed.recovery.RequestServerContext;
import io.tapedeck.feed.recovery.ServerThread;
import io.tapedeck.feed.udp.PacketSink;
import io.tapedeck.feed.udp.UdpContext;
import io.tapedeck.feed.udp.UdpEndpoint;
import io.tapedeck.feed.udp.UdpSender;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.BackoffIdleStrategy;

/**
 * A unit's day on the network: its publisher, a thread for each line, and the server that answers requests for what was
 * lost on the way. It takes records from whatever drives a consumer; when it is closed the session ends, and lasts as
 * long as somebody still recovers, for up to half a minute.
 */
public final class ItchFeed implements BatchConsumer {
    private static final long MIN_PARK_NS = TimeUnit.MICROSECONDS.toNanos(1);
    private static final long MAX_PARK_NS = TimeUnit.MICROSECONDS.toNanos(50);

    private final ItchPublisher publisher;
    private final RequestServer server;
    private final ServerThread serverThread;

    private ItchFeed(final ItchPublisher publisher, final RequestServer server, final ServerThread serverThread) {
        this.publisher = publisher;
        this.server = server;
        this.serverThread = serverThread;
    }

    /**
     * Opens the sockets and starts the threads. Nothing is sent yet.
     *
     * @param context   where packets go, and how.
     * @param session   its name.
     * @param unit      number of the unit, from 0.
     * @param directory of the unit's instruments; not changed any more.
     * @param journal   of the unit's day, which may be about to be written: requests are answered from it as well. The
     *                  file has its header when this is called.
     * @return a feed that is to be closed.
     * @throws IOException              when the system refuses a socket.
     * @throws IllegalArgumentException when a setting is out of range.
     */
    public static ItchFeed open(
            final FeedContext context,
            final MoldSession session,
            final int unit,
            final InstrumentDirectory directory,
            final Path journal)
            throws IOException {
        context.check(unit + 1);
        final String name = "u" + unit;
        final RequestServer[] server = new RequestServer[1];
        final PublisherContext publishing = new PublisherContext(session)
                .unit(name)
                .maxPayloadLength(context.maxPayloadLength())
                .flushIntervalNs(context.flushIntervalNs())
                .messagesPerSecond(context.messagesPerSecond())
                .counters(context.counters())
                .lineThreads(() -> new BackoffIdleStrategy(10, 20, MIN_PARK_NS, MAX_PARK_NS))
                .lineStart(line -> context.pinLine(unit, line))
                .endOfSessionWhile(
                        () -> server[0] != null && server[0].isWanted(),
                        PublisherContext.DEFAULT_MAX_END_OF_SESSION_NS);
        final ItchPublisher publisher = new ItchPublisher(publishing, directory, openLines(context.lines(unit)));
        final UdpContext requests = context.requests(unit);
        if (requests == null) {
            return new ItchFeed(publisher, null, null);
        }
        try {
            server[0] = new RequestServer(new RequestServerContext(session, publisher.packets(), requests)
                    .unit(name)
                    .journal(journal, directory)
                    .counters(context.counters()));
        } catch (final IOException | RuntimeException ex) {
            publisher.abandon();
            publisher.onClose();
            throw ex;
        }
        return new ItchFeed(publisher, server[0], ServerThread.start(server[0]));
    }

    private static PacketSink[] openLines(final List<UdpContext> lines) throws IOException {
        final PacketSink[] sinks = new PacketSink[lines.size()];
        for (int i = 0; i < sinks.length; i++) {
            try {
                sinks[i] = UdpSender.open(lines.get(i));
            } catch (final IOException | RuntimeException ex) {
                for (int opened = 0; opened < i; opened++) {
                    sinks[opened].close();
                }
                throw ex;
            }
        }
        return sinks;
    }

    @Override
    public void onBatch(final SlotArray slots, final long low, final long high) {
        publisher.onBatch(slots, low, high);
    }

    @Override
    public int onIdle(final long nowNs) {
        return publisher.onIdle(nowNs);
    }

    /** Lets the feed be closed without the end of the session: what was published is not the whole day. */
    public void abandon() {
        publisher.abandon();
    }

    /** Ends the session, if all went well, and then answers no requests any more. */
    @Override
    public void onClose() {
        try {
            publisher.onClose();
        } finally {
            if (serverThread != null) {
                serverThread.close();
            }
        }
    }

    /**
     * Where requests are received.
     *
     * @return null when they are not.
     */
    public UdpEndpoint requestEndpoint() {
        return server == null ? null : server.endpoint();
    }

    /**
     * One of the publisher's counters; any thread may ask.
     *
     * @param counter which one.
     * @return its value.
     */
    public long count(final PublisherCounter counter) {
        return publisher.count(counter);
    }

    /**
     * One of the request server's counters; any thread may ask.
     *
     * @param counter which one.
     * @return its value; 0 when there is no server.
     */
    public long count(final RequestCounter counter) {
        return server == null ? 0 : server.count(counter);
    }
}
