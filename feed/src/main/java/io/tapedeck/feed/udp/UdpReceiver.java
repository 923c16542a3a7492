package io.tapedeck.feed.udp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Receives packets from a group that it joins, or on a port of this host. Never waits.
 *
 * <p><b>Note:</b> used by one thread; allocates nothing per packet as long as the sender stays the same.
 */
public final class UdpReceiver implements AutoCloseable {
    /** Answer of {@link #receive()} when no packet is there. */
    public static final int NOTHING = -1;

    /** Longer than any datagram, so that none is cut without being noticed. */
    private static final int MAX_DATAGRAM_LENGTH = 1 << 16;

    private final DatagramChannel channel;
    private final UdpEndpoint endpoint;
    private final ByteBuffer packet = ByteBuffer.allocateDirect(MAX_DATAGRAM_LENGTH);
    private final UnsafeBuffer buffer = new UnsafeBuffer(packet);
    private InetSocketAddress source;

    private UdpReceiver(final DatagramChannel channel, final UdpEndpoint endpoint) {
        this.channel = channel;
        this.endpoint = endpoint;
    }

    /**
     * Opens a socket, and joins the endpoint if it is a group. Packets of other groups on the same port are not
     * received. Several receivers of one host may join the same group.
     *
     * @param context with the group, or with the host's own address to be bound.
     * @return a receiver that is to be closed.
     * @throws IOException              when the system refuses the address, the group or a setting.
     * @throws IllegalArgumentException when the settings do not go together.
     */
    public static UdpReceiver open(final UdpContext context) throws IOException {
        context.conclude();
        final DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        try {
            final boolean multicast = context.endpoint().isMulticast();
            channel.setOption(StandardSocketOptions.SO_RCVBUF, context.bufferLength());
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, multicast);
            channel.bind(context.endpoint().address());
            if (multicast) {
                channel.join(context.endpoint().address().getAddress(), context.networkInterface());
            }
            channel.configureBlocking(false);
            final int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
            return new UdpReceiver(channel, context.endpoint().withPort(port));
        } catch (final IOException ex) {
            channel.close();
            throw new IOException("cannot listen: " + context, ex);
        } catch (final RuntimeException ex) {
            channel.close();
            throw ex;
        }
    }

    /**
     * Takes the next packet, if there is one.
     *
     * @return its length in bytes, from 0; or {@link #NOTHING}.
     * @throws IOException when the socket cannot be read.
     */
    public int receive() throws IOException {
        packet.clear();
        source = (InetSocketAddress) channel.receive(packet);
        return source == null ? NOTHING : packet.position();
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
     * The packet that {@link #receive()} took, from offset 0 on.
     *
     * @return always the same buffer.
     */
    public UnsafeBuffer buffer() {
        return buffer;
    }

    /**
     * Where packets are received.
     *
     * @return the group or host, with the port that is really bound.
     */
    public UdpEndpoint endpoint() {
        return endpoint;
    }

    /**
     * What the system granted of the receive buffer that was asked for.
     *
     * @return in bytes.
     * @throws IOException when the socket is closed.
     */
    public int receiveBufferLength() throws IOException {
        return channel.getOption(StandardSocketOptions.SO_RCVBUF);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
