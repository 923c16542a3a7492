package io.tapedeck.feed.soup;

import static io.tapedeck.codecs.soup.SoupPacketReader.MALFORMED;
import static io.tapedeck.codecs.soup.SoupPacketReader.PACKET;

import io.tapedeck.codecs.soup.SoupDescriptor;
import io.tapedeck.codecs.soup.SoupPacketReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One side of a SoupBinTCP connection: cuts what comes into packets, sends packets of one's own, and heartbeats when
 * there is nothing else to send. Never waits, and holds a fixed piece of memory, whatever the other side does.
 *
 * <p><b>Note:</b> used by one thread; allocates nothing once it is made. Times are those of any monotonic clock, always
 * the same one.
 */
public final class SoupConnection implements AutoCloseable {
    /** After so long without sending anything a heartbeat is due. */
    public static final long HEARTBEAT_NS = TimeUnit.SECONDS.toNanos(1);

    /** After so long without hearing anything the other side is gone. */
    public static final long SILENCE_NS = TimeUnit.SECONDS.toNanos(15);

    private final SocketChannel channel;
    private final byte heartbeatType;
    private final SoupPacketHandler handler;
    private final ByteBuffer input;
    private final UnsafeBuffer inputView;
    private final ByteBuffer output;
    private final UnsafeBuffer outputView;
    private final SoupPacketReader reader = new SoupPacketReader();
    private long receivedNs;
    private long sentNs;
    private boolean isClosed;

    /** What became of a look at what has come. */
    public enum Received {
        /** Nothing has come. */
        NOTHING,
        /** Some bytes, a whole packet perhaps. */
        SOMETHING,
        /** The other side has closed the connection. */
        CLOSED,
        /** Bytes that are no packets, or a packet longer than any that is taken. */
        MALFORMED
    }

    /**
     * Takes over a connection.
     *
     * @param channel       connected and not blocking; closed with this.
     * @param heartbeatType {@link SoupDescriptor#SERVER_HEARTBEAT} or {@link SoupDescriptor#CLIENT_HEARTBEAT}.
     * @param buffers       that no other connection uses until this one is closed.
     * @param handler       for what comes.
     * @param nowNs         the time.
     */
    public SoupConnection(
            final SocketChannel channel,
            final byte heartbeatType,
            final SoupBuffers buffers,
            final SoupPacketHandler handler,
            final long nowNs) {
        this.channel = channel;
        this.heartbeatType = heartbeatType;
        this.handler = handler;
        buffers.clear();
        input = buffers.input;
        inputView = buffers.inputView;
        output = buffers.output;
        outputView = buffers.outputView;
        receivedNs = nowNs;
        sentNs = nowNs;
    }

    /**
     * Takes what has come, up to what one read gives.
     *
     * @param nowNs the time.
     * @return what came; after the last two nothing more will.
     * @throws IOException when the connection is broken.
     */
    public Received receive(final long nowNs) throws IOException {
        final int length = channel.read(input);
        if (length <= 0) {
            return length < 0 ? Received.CLOSED : Received.NOTHING;
        }
        receivedNs = nowNs;
        reader.wrap(inputView, 0, input.position());
        int step = reader.next();
        while (step == PACKET && !isClosed) {
            if (isForHandler(reader.type())) {
                handler.onPacket(reader.type(), inputView, reader.payloadOffset(), reader.payloadLength());
            }
            step = reader.next();
        }
        input.limit(input.position()).position(reader.position());
        input.compact();
        return step == MALFORMED || !input.hasRemaining() ? Received.MALFORMED : Received.SOMETHING;
    }

    /**
     * Where to write a packet of one's own.
     *
     * @return with room for a login or anything shorter, at {@link #nextOffset()}.
     */
    public MutableDirectBuffer buffer() {
        return outputView;
    }

    /**
     * Where in the buffer to write it.
     *
     * @return in bytes.
     */
    public int nextOffset() {
        return output.position();
    }

    /**
     * Sends what was written there, as far as it goes; the rest waits for {@link #flush(long)}.
     *
     * @param length of the packet, in bytes.
     * @param nowNs  the time.
     * @throws IOException when the connection is broken.
     */
    public void commit(final int length, final long nowNs) throws IOException {
        output.position(output.position() + length);
        flush(nowNs);
    }

    /**
     * Sends a packet without payload.
     *
     * @param type  of the packet.
     * @param nowNs the time.
     * @throws IOException when the connection is broken.
     */
    public void send(final byte type, final long nowNs) throws IOException {
        commit(SoupDescriptor.putHeader(outputView, output.position(), type, 0), nowNs);
    }

    /**
     * Sends what waits.
     *
     * @param nowNs the time.
     * @return true when nothing waits any more.
     * @throws IOException when the connection is broken.
     */
    public boolean flush(final long nowNs) throws IOException {
        if (output.position() == 0) {
            return true;
        }
        output.flip();
        if (channel.write(output) > 0) {
            sentNs = nowNs;
        }
        output.compact();
        return output.position() == 0;
    }

    /**
     * Sends whole packets that lie elsewhere, as far as the system takes them; not before {@link #flush(long)} says that
     * nothing waits in front of them.
     *
     * @param packets to send; its position moves.
     * @param nowNs   the time.
     * @return how many bytes were sent.
     * @throws IOException when the connection is broken.
     */
    public int write(final ByteBuffer packets, final long nowNs) throws IOException {
        final int sent = channel.write(packets);
        if (sent > 0) {
            sentNs = nowNs;
        }
        return sent;
    }

    /**
     * Sends a heartbeat if one is due. Not to be called between the bytes of a packet.
     *
     * @param nowNs the time.
     * @return true if one was due.
     * @throws IOException when the connection is broken.
     */
    public boolean heartbeat(final long nowNs) throws IOException {
        if (nowNs - sentNs < HEARTBEAT_NS || !flush(nowNs)) {
            return false;
        }
        send(heartbeatType, nowNs);
        return true;
    }

    /**
     * Whether the other side was not heard of for {@link #SILENCE_NS}.
     *
     * @param nowNs the time.
     * @return true when it is to be taken for gone.
     */
    public boolean isSilent(final long nowNs) {
        return nowNs - receivedNs >= SILENCE_NS;
    }

    /**
     * Says that nothing more will be sent; what was sent still arrives.
     *
     * @throws IOException when the connection is broken.
     */
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    /** Closes the connection; whoever is called by it may do so too. */
    @Override
    public void close() throws IOException {
        isClosed = true;
        channel.close();
    }

    private boolean isForHandler(final byte type) {
        return type != SoupDescriptor.DEBUG
                && type != SoupDescriptor.SERVER_HEARTBEAT
                && type != SoupDescriptor.CLIENT_HEARTBEAT;
    }
}
