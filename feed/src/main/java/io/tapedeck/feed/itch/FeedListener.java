package io.tapedeck.feed.itch;

import io.tapedeck.feed.glimpse.GlimpseClient;
import io.tapedeck.feed.glimpse.SnapshotHandler;
import io.tapedeck.feed.mold.MoldHandler;
import io.tapedeck.feed.mold.MoldReceiver;
import io.tapedeck.feed.mold.ReceiverCounters;
import io.tapedeck.feed.mold.ReceiverCounts;
import io.tapedeck.feed.mold.RequestClient;
import io.tapedeck.feed.udp.UdpClient;
import io.tapedeck.feed.udp.UdpContext;
import io.tapedeck.feed.udp.UdpEndpoint;
import io.tapedeck.feed.udp.UdpReceiver;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Listens to a feed, on all its lines, until its session is over, and asks for what they lose. What is done with the
 * messages is the handler's: {@link FeedBooks} makes books, {@link ItchPrinter} prints, {@link FeedRecorder} records.
 *
 * <pre>
 * try (FeedListener listener = new FeedListener(context, books)) {
 *     listener.listen();
 * }
 * </pre>
 *
 * <p>Whoever has a thread of his own calls {@link #doWork()} again and again instead.
 *
 * <p><b>Note:</b> used by one thread, except for {@link #stop()}; allocates nothing per packet.
 */
public final class FeedListener implements AutoCloseable {
    /** Packets of each socket between two looks at the clock. */
    private static final int POLL_LIMIT = 64;

    private static final long LOOK_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private final ListenerContext context;
    private final UdpReceiver[] lines;
    private final UdpClient requests;
    private final MoldReceiver receiver;
    private final ReceiverCounters counters;
    private final LineWatch lineWatch;
    private long nextLookNs;
    private final SnapshotHandler snapshots;
    private GlimpseClient snapshotClient;
    private volatile boolean stopped;

    /**
     * Opens the sockets; packets are kept by the system until they are polled, as far as its buffers go.
     *
     * @param context of the feed.
     * @param handler for what comes, on the thread that polls.
     * @throws IOException              when the system refuses a socket.
     * @throws IllegalArgumentException when a setting is out of range.
     */
    public FeedListener(final ListenerContext context, final MoldHandler handler) throws IOException {
        this(context, handler, null);
    }

    /**
     * Opens the sockets, and begins with a snapshot if the context names a server of snapshots: it is loaded once the
     * session is heard, while everything that is heard waits. Then the handler gets the messages that the snapshot does
     * not have.
     *
     * @param context   of the feed.
     * @param handler   for what comes, on the thread that polls.
     * @param snapshots for the snapshot, on the same thread; null where there is none.
     * @throws IOException              when the system refuses a socket.
     * @throws IllegalArgumentException when a setting is out of range.
     */
    public FeedListener(final ListenerContext context, final MoldHandler handler, final SnapshotHandler snapshots)
            throws IOException {
        this.snapshots = snapshots;
        this.context = context.conclude();
        if (context.snapshotServer() != null && snapshots == null) {
            throw new IllegalArgumentException(
                    "a snapshot needs somebody to take it: snapshotServer=" + context.snapshotServer());
        }
        lines = new UdpReceiver[context.lines().size()];
        try {
            for (int line = 0; line < lines.length; line++) {
                lines[line] = UdpReceiver.open(context.lines().get(line));
            }
            final UdpContext server = context.requestServer();
            requests = server == null ? null : UdpClient.open(server);
            receiver = new MoldReceiver(
                    context.receiver(), handler, requests == null ? null : new RequestClient(requests));
        } catch (final IOException | RuntimeException ex) {
            closeLines();
            throw ex;
        }
        counters = context.counters() == null ? null : new ReceiverCounters(context.counters(), receiver, lines.length);
        lineWatch = new LineWatch(receiver.counts(), lines.length);
        nextLookNs = context.nanoClock().nanoTime();
    }

    /**
     * Takes the packets that are there, up to 64 of each line and none beyond the end of a session, asks for what is
     * missing, and gives up what was missing for too long.
     *
     * @return how much there was to do, 0 if nothing.
     * @throws IOException when a socket cannot be read.
     */
    public int doWork() throws IOException {
        final long nowNs = context.nanoClock().nanoTime();
        final boolean wasEnded = receiver.isEnded();
        int work = 0;
        for (int line = 0; line < lines.length && receiver.isEnded() == wasEnded; line++) {
            work += take(line, nowNs, wasEnded);
        }
        if (requests != null && receiver.isEnded() == wasEnded) {
            work += takeAnswers(nowNs, wasEnded);
        }
        if (context.snapshotServer() != null
                && receiver.isHeld()
                && receiver.counts().usedPacketCount() > 0) {
            work += loadSnapshot(nowNs);
        }
        work += receiver.doWork(nowNs);
        if (nowNs - nextLookNs >= 0) {
            nextLookNs = nowNs + LOOK_INTERVAL_NS;
            look(nowNs);
        }
        return work;
    }

    /**
     * Works until a session has ended. Called again, it takes the next session.
     *
     * @return true when the session ended, false when {@link #stop()} was called.
     * @throws IOException when nothing of the session came for as long as the context says, when messages were lost and
     *                     the context says that this is an error, or when a socket cannot be read.
     */
    public boolean listen() throws IOException {
        final ReceiverCounts counts = receiver.counts();
        long used = counts.usedPacketCount();
        long usedAtNs = context.nanoClock().nanoTime();
        final long lost = counts.missingMessageCount();
        boolean wasEnded = receiver.isEnded();
        while (!stopped) {
            final int work = doWork();
            if (context.failOnLoss() && counts.missingMessageCount() != lost) {
                throw new IOException((counts.missingMessageCount() - lost)
                        + " messages are lost, and the books wrong from there on: session=" + receiver.session()
                        + ", nextSequence=" + receiver.nextSequence() + ", requests=" + counts.requestCount()
                        + (requests == null ? "; no request server is named" : "; is the request server running?"));
            }
            if (receiver.isEnded() && !wasEnded) {
                return true;
            }
            wasEnded = receiver.isEnded();
            final long nowNs = context.nanoClock().nanoTime();
            if (counts.usedPacketCount() != used) {
                used = counts.usedPacketCount();
                usedAtNs = nowNs;
            } else if (nowNs - usedAtNs >= context.idleTimeoutNs() && !isRecovering()) {
                throw new IOException(silence());
            }
            context.idleStrategy().idle(work);
        }
        return false;
    }

    /** Makes {@link #listen()} return soon; any thread may call it. */
    public void stop() {
        stopped = true;
    }

    /**
     * What was received: the session, where it is, and all that was counted.
     *
     * @return always the same receiver.
     */
    public MoldReceiver receiver() {
        return receiver;
    }

    /**
     * Where line A is received.
     *
     * @return with the port that is really bound.
     */
    public UdpEndpoint endpoint() {
        return endpoint(0);
    }

    /**
     * Where a line is received.
     *
     * @param line 0 for A, 1 for B.
     * @return with the port that is really bound.
     */
    public UdpEndpoint endpoint(final int line) {
        return lines[line].endpoint();
    }

    /**
     * What the system granted of the receive buffer that was asked for: how much may wait while the handler is busy.
     *
     * @return in bytes, of each line.
     * @throws IOException when the listener is closed.
     */
    public int receiveBufferLength() throws IOException {
        return lines[0].receiveBufferLength();
    }

    @Override
    public void close() throws IOException {
        try (receiver) {
            closeLines();
        } finally {
            if (counters != null) {
                counters.update();
            }
            if (requests != null) {
                requests.close();
            }
            if (snapshotClient != null) {
                snapshotClient.close();
            }
        }
    }

    private void look(final long nowNs) {
        lineWatch.look(nowNs);
        if (counters != null) {
            counters.update();
        }
    }

    /**
     * What loads the snapshot, or has loaded it.
     *
     * @return null before the session was heard, and where there is no snapshot.
     */
    public GlimpseClient snapshotClient() {
        return snapshotClient;
    }

    private int loadSnapshot(final long nowNs) throws IOException {
        if (snapshotClient == null) {
            snapshotClient = new GlimpseClient(
                    context.snapshotServer(), receiver.session(), context.idleTimeoutNs(), snapshots, nowNs);
        }
        final int work = snapshotClient.doWork(nowNs);
        if (snapshotClient.isWhole()) {
            receiver.resumeAt(snapshotClient.nextSequence(), nowNs);
        }
        return work;
    }

    /** What was asked for has a limit of its own. */
    private boolean isRecovering() {
        return requests != null && receiver.isInGap() && !receiver.isHeld();
    }

    private int take(final int line, final long nowNs, final boolean wasEnded) throws IOException {
        final UdpReceiver socket = lines[line];
        int packets = 0;
        while (packets < POLL_LIMIT && receiver.isEnded() == wasEnded) {
            final int length = socket.receive();
            if (length == UdpReceiver.NOTHING) {
                break;
            }
            packets++;
            if (context.tap() != null) {
                context.tap().onDatagram(socket.source(), socket.endpoint().address(), socket.buffer(), 0, length);
            }
            receiver.onPacket(line, socket.buffer(), 0, length, nowNs);
        }
        return packets;
    }

    private int takeAnswers(final long nowNs, final boolean wasEnded) throws IOException {
        int packets = 0;
        while (packets < POLL_LIMIT && receiver.isEnded() == wasEnded) {
            final int length = requests.receive();
            if (length == UdpReceiver.NOTHING) {
                break;
            }
            packets++;
            if (context.tap() != null) {
                context.tap().onDatagram(requests.source(), requests.endpoint(), requests.buffer(), 0, length);
            }
            receiver.onPacket(MoldReceiver.ANSWERS, requests.buffer(), 0, length, nowNs);
        }
        return packets;
    }

    private void closeLines() throws IOException {
        for (final UdpReceiver line : lines) {
            if (line != null) {
                line.close();
            }
        }
    }

    private String silence() {
        final ReceiverCounts counts = receiver.counts();
        final long timeoutMs = TimeUnit.NANOSECONDS.toMillis(context.idleTimeoutNs());
        final String what = receiver.session() == null || receiver.isEnded()
                ? "no session was heard for " + timeoutMs + " ms"
                : "nothing of the session was heard for " + timeoutMs + " ms: session=" + receiver.session();
        return what + ", endpoint=" + endpoint() + ", nextSequence=" + receiver.nextSequence() + ", packets="
                + counts.packetCount() + ", of other sessions=" + counts.otherSessionPacketCount() + ", malformed="
                + counts.malformedPacketCount() + "; is the publisher running, and on this interface?";
    }
}
