package io.tapedeck.feed.udp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/**
 * Sends packets to a group or a host, one system call for each. A full send buffer loses nothing: the packet is offered
 * again until the system takes it. The socket is not connected, so nobody has to listen.
 *
 * <p><b>Note:</b> used by one thread; allocates nothing per packet when the packet is in a direct buffer.
 */
public final class UdpSender implements PacketSink {
    private final DatagramChannel channel;
    private final InetSocketAddress destination;

    /**
     * Sends through a channel.
     *
     * @param channel     not blocking, set up; the sender owns it.
     * @param destination of all packets.
     */
    UdpSender(final DatagramChannel channel, final InetSocketAddress destination) {
        this.channel = channel;
        this.destination = destination;
    }

    /**
     * Opens a socket.
     *
     * @param context with the destination.
     * @return a sender that is to be closed.
     * @throws IOException              when the system refuses the socket or one of its settings.
     * @throws IllegalArgumentException when the settings do not go together.
     */
    public static UdpSender open(final UdpContext context) throws IOException {
        context.conclude().checkDestination();
        final DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        try {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, context.bufferLength());
            if (context.endpoint().isMulticast()) {
                channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, context.networkInterface());
                channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, context.timeToLive());
                channel.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, context.multicastLoop());
            }
            channel.configureBlocking(false);
            return new UdpSender(channel, context.endpoint().address());
        } catch (final IOException | RuntimeException ex) {
            channel.close();
            throw ex;
        }
    }

    @Override
    public int send(final ByteBuffer packet) {
        final int length = packet.remaining();
        int retries = 0;
        try {
            while (channel.send(packet, destination) == 0) {
                retries++;
                Thread.yield();
            }
        } catch (final IOException ex) {
            throw new UncheckedIOException(new IOException(
                    "a packet cannot be sent: destination=" + destination + ", length=" + length
                            + "; is the interface up and the packet no longer than it carries?",
                    ex));
        }
        return retries;
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
