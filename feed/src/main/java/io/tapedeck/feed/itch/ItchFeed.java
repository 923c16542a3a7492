package io.tapedeck.feed.itch;

import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.codecs.translation.InstrumentDirectory;
import io.tapedeck.engine.pipeline.BatchConsumer;
import io.tapedeck.feed.glimpse.GlimpseContext;
import io.tapedeck.feed.glimpse.GlimpseCounter;
import io.tapedeck.feed.glimpse.GlimpseLogin;
import io.tapedeck.feed.glimpse.GlimpseServer;
import io.tapedeck.feed.glimpse.SnapshotTaker;
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
import org.agrona.concurrent.SystemNanoClock;

/**
 * A unit's day on the network: its publisher, a thread for each line, the server that answers requests for what was lost
 * on the way, and the one that serves snapshots. It takes records from whatever drives a consumer; when it is closed the
 * session ends, and lasts as long as somebody still recovers, for up to half a minute.
 *
 * <p>Where snapshots are served, {@link #snapshotTaker()} is a second consumer of the same records.
 */
public final class ItchFeed implements BatchConsumer {
    private static final long MIN_PARK_NS = TimeUnit.MICROSECONDS.toNanos(1);
    private static final long MAX_PARK_NS = TimeUnit.MICROSECONDS.toNanos(50);

    private final ItchPublisher publisher;
    private final SnapshotTaker snapshotTaker;
    private RequestServer requestServer;
    private ServerThread requestThread;
    private GlimpseServer snapshotServer;
    private ServerThread snapshotThread;

    private ItchFeed(
            final FeedContext context,
            final PublisherContext publishing,
            final int unit,
            final InstrumentDirectory directory)
            throws IOException {
        // Asked for the first time when the session ends, long after the servers were made.
        publishing.endOfSessionWhile(this::isWanted, PublisherContext.DEFAULT_MAX_END_OF_SESSION_NS);
        snapshotTaker = context.snapshots(unit) == null ? null : new SnapshotTaker(directory, SystemNanoClock.INSTANCE);
        publisher = new ItchPublisher(publishing, directory, openLines(context.lines(unit)));
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
        final PublisherContext publishing = new PublisherContext(session)
                .unit("u" + unit)
                .maxPayloadLength(context.maxPayloadLength())
                .flushIntervalNs(context.flushIntervalNs())
                .messagesPerSecond(context.messagesPerSecond())
                .counters(context.counters())
                .lineThreads(() -> new BackoffIdleStrategy(10, 20, MIN_PARK_NS, MAX_PARK_NS))
                .lineStart(line -> context.pinLine(unit, line));
        final ItchFeed feed = new ItchFeed(context, publishing, unit, directory);
        try {
            feed.serveRequests(context, session, unit, directory, journal);
            feed.serveSnapshots(context, session, unit);
        } catch (final IOException | RuntimeException ex) {
            feed.abandon();
            feed.onClose();
            throw ex;
        }
        return feed;
    }

    private void serveRequests(
            final FeedContext context,
            final MoldSession session,
            final int unit,
            final InstrumentDirectory directory,
            final Path journal)
            throws IOException {
        final UdpContext requests = context.requests(unit);
        if (requests != null) {
            requestServer = new RequestServer(new RequestServerContext(session, publisher.packets(), requests)
                    .unit("u" + unit)
                    .journal(journal, directory)
                    .counters(context.counters()));
            requestThread = ServerThread.start(requestServer);
        }
    }

    private void serveSnapshots(final FeedContext context, final MoldSession session, final int unit)
            throws IOException {
        final GlimpseLogin snapshots = context.snapshots(unit);
        if (snapshots == null) {
            return;
        }
        final GlimpseContext serving = new GlimpseContext(
                        session, snapshots.endpoint(), snapshotTaker, publisher.packets()::nextSequence)
                .unit("u" + unit)
                .counters(context.counters());
        if (!snapshots.user().isEmpty()) {
            serving.login(snapshots.user(), snapshots.password());
        }
        snapshotServer = new GlimpseServer(serving);
        snapshotThread = ServerThread.start(snapshotServer);
    }

    private boolean isWanted() {
        return requestServer != null && requestServer.isWanted() || snapshotServer != null && snapshotServer.isWanted();
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

    /** Ends the session, if all went well, and then serves nobody any more. */
    @Override
    public void onClose() {
        try {
            publisher.onClose();
        } finally {
            close(requestThread);
            close(snapshotThread);
        }
    }

    private static void close(final ServerThread thread) {
        if (thread != null) {
            thread.close();
        }
    }

    /**
     * The consumer that keeps the books for snapshots. It is to get the same records as this, on any thread, and to be
     * closed after the last one.
     *
     * @return null when no snapshots are served.
     */
    public SnapshotTaker snapshotTaker() {
        return snapshotTaker;
    }

    /**
     * Where snapshots are served.
     *
     * @return null when they are not.
     */
    public UdpEndpoint snapshotEndpoint() {
        return snapshotServer == null ? null : snapshotServer.endpoint();
    }

    /**
     * Where requests are received.
     *
     * @return null when they are not.
     */
    public UdpEndpoint requestEndpoint() {
        return requestServer == null ? null : requestServer.endpoint();
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
        return requestServer == null ? 0 : requestServer.count(counter);
    }

    /**
     * One of the snapshot server's counters; any thread may ask.
     *
     * @param counter which one.
     * @return its value; 0 when there is no server.
     */
    public long count(final GlimpseCounter counter) {
        return snapshotServer == null ? 0 : snapshotServer.count(counter);
    }
}
