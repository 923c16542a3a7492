package io.tapedeck.feed.udp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Sends packets to a server and receives what comes back to the same port. Never waits: a packet for which the send
 * buffer has no room is not sent.
 *
 * <p><b>Note:</b> used by one thread; allocates nothing per packet as long as the answers' sender stays the same.
 */
public final class UdpClient implements AutoCloseable {
    private static final int MAX_DATAGRAM_LENGTH = 1 << 16;

    private final DatagramChannel channel;
    private final InetSocketAddress server;
    private final InetSocketAddress endpoint;
    private final ByteBuffer packet = ByteBuffer.allocateDirect(MAX_DATAGRAM_LENGTH);
    private final UnsafeBuffer buffer = new UnsafeBuffer(packet);
    private InetSocketAddress source;

    private UdpClient(final DatagramChannel channel, final InetSocketAddress server) throws IOException {
        this.channel = channel;
        this.server = server;
        endpoint = (InetSocketAddress) channel.getLocalAddress();
    }

    /**
     * Opens a socket on any free port.
     *
     * @param context with the server; a server on another host needs the interface to be named.
     * @return a client that is to be closed.
     * @throws IOException              when the system refuses the socket.
     * @throws IllegalArgumentException when the settings do not go together.
     */
    public static UdpClient open(final UdpContext context) throws IOException {
        context.conclude().checkDestination();
        final InetAddress server = context.endpoint().address().getAddress();
        final DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, context.bufferLength());
            channel.bind(server.isLoopbackAddress() ? new InetSocketAddress(server, 0) : null);
            channel.configureBlocking(false);
            return new UdpClient(channel, context.endpoint().address());
        } catch (final IOException ex) {
            channel.close();
            throw new IOException("cannot ask a server: " + context, ex);
        } catch (final RuntimeException ex) {
            channel.close();
            throw ex;
        }
    }

    /**
     * Sends a packet, if the system takes it now.
     *
     * @param request in a direct buffer, from its position to its limit, which are undefined afterwards.
     * @return false when there was no room for it.
     * @throws UncheckedIOException when it cannot be sent.
     */
    public boolean send(final ByteBuffer request) {
        try {
            return channel.send(request, server) > 0;
        } catch (final IOException ex) {
            throw new UncheckedIOException(
                    new IOException("the server cannot be asked: server=" + server + "; is its network up?", ex));
        }
    }

    /**
     * Takes the next packet that came back, if there is one.
     *
     * @return its length in bytes, from 0; or {@link UdpReceiver#NOTHING}.
     * @throws IOException when the socket cannot be read.
     */
    public int receive() throws IOException {
        packet.clear();
        source = (InetSocketAddress) channel.receive(packet);
        return source == null ? UdpReceiver.NOTHING : packet.position();
    }

    /**
     * The packet that {@link #receive()} took, from offset 0 on.
     *
     * @return always the same buffer.
     */
    public UnsafeBuffer buffer() {
        return buffer;
    }

    /**
     * Who sent the packet that {@link #receive()} took.
     *
     * @return address and port; null when it took none.
     */
    public InetSocketAddress source() {
        return source;
    }

    /**
     * Where answers come to.
     *
     * @return own address and port.
     */
    public InetSocketAddress endpoint() {
        return endpoint;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
