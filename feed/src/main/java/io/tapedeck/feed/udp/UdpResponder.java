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
 * Receives short datagrams on a port of this host, and answers each to where it came from. Never waits.
 *
 * <p><b>Note:</b> used by one thread; allocates nothing per datagram as long as the sender stays the same.
 */
public final class UdpResponder implements AutoCloseable {
    /** Answer of {@link #receive()} when no datagram is there. */
    public static final int NOTHING = -1;

    /** Longer datagrams are cut to this length, in bytes. */
    public static final int MAX_LENGTH = 64;

    private final DatagramChannel channel;
    private final UdpEndpoint endpoint;
    private final ByteBuffer datagram = ByteBuffer.allocateDirect(MAX_LENGTH);
    private final UnsafeBuffer buffer = new UnsafeBuffer(datagram);
    private InetSocketAddress sender;

    private UdpResponder(final DatagramChannel channel, final UdpEndpoint endpoint) {
        this.channel = channel;
        this.endpoint = endpoint;
    }

    /**
     * Opens a socket.
     *
     * @param context with one of this host's own addresses; any but a loopback address needs the interface to be named.
     * @return a responder that is to be closed.
     * @throws IOException              when the system refuses the address or a setting.
     * @throws IllegalArgumentException when the settings do not go together.
     */
    public static UdpResponder open(final UdpContext context) throws IOException {
        context.conclude().checkOwnAddress();
        final DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, context.bufferLength());
            channel.setOption(StandardSocketOptions.SO_SNDBUF, context.bufferLength());
            channel.bind(context.endpoint().address());
            channel.configureBlocking(false);
            final int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
            return new UdpResponder(channel, context.endpoint().withPort(port));
        } catch (final IOException ex) {
            channel.close();
            throw new IOException("cannot listen: " + context, ex);
        } catch (final RuntimeException ex) {
            channel.close();
            throw ex;
        }
    }

    /**
     * Takes the next datagram, if there is one.
     *
     * @return its length in bytes, 0 to {@link #MAX_LENGTH}; or {@link #NOTHING}.
     * @throws IOException when the socket cannot be read.
     */
    public int receive() throws IOException {
        sender = (InetSocketAddress) channel.receive(datagram.clear());
        return sender == null ? NOTHING : datagram.position();
    }

    /**
     * The datagram that {@link #receive()} took, from offset 0 on.
     *
     * @return always the same buffer.
     */
    public UnsafeBuffer buffer() {
        return buffer;
    }

    /**
     * Address of the sender of that datagram.
     *
     * @return the four bytes, the first one highest.
     */
    public int senderAddress() {
        final InetAddress address = sender.getAddress();
        // Of an IPv4 address the hash is the address; asking for its bytes would make an array.
        return address.hashCode();
    }

    /**
     * Port of the sender of that datagram.
     *
     * @return 0 to 65,535.
     */
    public int senderPort() {
        return sender.getPort();
    }

    /**
     * Sends a packet to the sender of that datagram, in one system call.
     *
     * @param packet direct, from its position to its limit.
     * @return false when there was no room for it, or nowhere to send it; then it is lost.
     */
    public boolean answer(final ByteBuffer packet) {
        try {
            return channel.send(packet, sender) > 0;
        } catch (final IOException ex) {
            // An address that nothing can be sent to, a forged one for example.
            return false;
        }
    }

    /**
     * Where datagrams are received.
     *
     * @return the address, with the port that is really bound.
     */
    public UdpEndpoint endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
