package io.tapedeck.feed.itch;

import io.tapedeck.feed.mold.MoldHandler;
import io.tapedeck.feed.mold.MoldReceiver;
import io.tapedeck.feed.udp.UdpEndpoint;
import io.tapedeck.feed.udp.UdpReceiver;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Listens to a feed until its session is over. What is done with the messages is the handler's: {@link FeedBooks} makes
 * books, {@link ItchPrinter} prints.
 *
 * <pre>
 * try (FeedListener listener = new FeedListener(context, books)) {
 *     listener.listen();
 * }
 * </pre>
 *
 * <p><b>Note:</b> used by one thread, except for {@link #stop()}; allocates nothing per packet.
 */
public final class FeedListener implements AutoCloseable {
    /** Packets between two looks at the clock. */
    private static final int POLL_LIMIT = 64;

    private final ListenerContext context;
    private final UdpReceiver socket;
    private final MoldReceiver receiver;
    private volatile boolean stopped;

    /**
     * Opens the socket; packets are kept by the system until they are polled, as far as its buffer goes.
     *
     * @param context of the feed.
     * @param handler for what comes, on the thread that polls.
     * @throws IOException              when the system refuses the socket.
     * @throws IllegalArgumentException when a setting is out of range.
     */
    public FeedListener(final ListenerContext context, final MoldHandler handler) throws IOException {
        this.context = context.conclude();
        receiver = new MoldReceiver(handler, context.session());
        socket = UdpReceiver.open(context.udp());
    }

    /**
     * Takes the packets that are there, up to 64, and none beyond the end of a session.
     *
     * @return how many it took.
     * @throws IOException when the socket cannot be read.
     */
    public int poll() throws IOException {
        int packets = 0;
        while (packets < POLL_LIMIT) {
            final int length = socket.receive();
            if (length == UdpReceiver.NOTHING) {
                break;
            }
            packets++;
            final boolean wasEnded = receiver.isEnded();
            receiver.onPacket(socket.buffer(), 0, length);
            if (receiver.isEnded() && !wasEnded) {
                break;
            }
        }
        return packets;
    }

    /**
     * Takes packets until a session has ended. Called again, it takes those of the next session.
     *
     * @return true when the session ended, false when {@link #stop()} was called.
     * @throws IOException when nothing of the session came for as long as the context says, or the socket cannot be
     *                     read.
     */
    public boolean listen() throws IOException {
        long used = receiver.usedPacketCount();
        long usedAtNs = context.nanoClock().nanoTime();
        boolean wasEnded = receiver.isEnded();
        while (!stopped) {
            final int packets = poll();
            if (receiver.isEnded() && !wasEnded) {
                return true;
            }
            wasEnded = receiver.isEnded();
            final long nowNs = context.nanoClock().nanoTime();
            if (receiver.usedPacketCount() != used) {
                used = receiver.usedPacketCount();
                usedAtNs = nowNs;
            } else if (nowNs - usedAtNs >= context.idleTimeoutNs()) {
                throw new IOException(silence());
            }
            context.idleStrategy().idle(packets);
        }
        return false;
    }

    /** Makes {@link #listen()} return soon; any thread may call it. */
    public void stop() {
        stopped = true;
    }

    /**
     * What was received: the session, where it is, and all counts.
     *
     * @return always the same receiver.
     */
    public MoldReceiver receiver() {
        return receiver;
    }

    /**
     * Where the feed is received.
     *
     * @return with the port that is really bound.
     */
    public UdpEndpoint endpoint() {
        return socket.endpoint();
    }

    /**
     * What the system granted of the receive buffer that was asked for: how much may wait while the handler is busy.
     *
     * @return in bytes.
     * @throws IOException when the listener is closed.
     */
    public int receiveBufferLength() throws IOException {
        return socket.receiveBufferLength();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String silence() {
        final long timeoutMs = TimeUnit.NANOSECONDS.toMillis(context.idleTimeoutNs());
        final String what = receiver.session() == null || receiver.isEnded()
                ? "no session was heard for " + timeoutMs + " ms"
                : "nothing of the session was heard for " + timeoutMs + " ms: session=" + receiver.session();
        return what + ", endpoint=" + endpoint() + ", nextSequence=" + receiver.nextSequence() + ", packets="
                + receiver.packetCount() + ", of other sessions=" + receiver.otherSessionPacketCount() + ", malformed="
                + receiver.malformedPacketCount() + "; is the publisher running, and on this interface?";
    }
}
