package io.tapedeck.feed.udp;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;

/** Counts sends; takes a packet only after some refusals, as a socket with a full buffer does. */
final class StubbornChannel extends DatagramChannel {
    int sends;
    int refusals;
    long bytes;
    IOException failure;

    StubbornChannel() {
        super(SelectorProvider.provider());
    }

    @Override
    public int send(final ByteBuffer packet, final SocketAddress target) throws IOException {
        sends++;
        if (failure != null) {
            throw failure;
        }
        if (refusals > 0) {
            refusals--;
            return 0;
        }
        final int length = packet.remaining();
        packet.position(packet.limit());
        bytes += length;
        return length;
    }

    @Override
    protected void implCloseSelectableChannel() {}

    @Override
    protected void implConfigureBlocking(final boolean block) {}

    @Override
    public DatagramChannel bind(final SocketAddress local) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> DatagramChannel setOption(final SocketOption<T> name, final T value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> T getOption(final SocketOption<T> name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return Set.of();
    }

    @Override
    public DatagramSocket socket() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isConnected() {
        return false;
    }

    @Override
    public DatagramChannel connect(final SocketAddress remote) {
        throw new UnsupportedOperationException();
    }

    @Override
    public DatagramChannel disconnect() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SocketAddress getRemoteAddress() {
        return null;
    }

    @Override
    public SocketAddress receive(final ByteBuffer target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int read(final ByteBuffer target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long read(final ByteBuffer[] targets, final int offset, final int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int write(final ByteBuffer source) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long write(final ByteBuffer[] sources, final int offset, final int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SocketAddress getLocalAddress() {
        return null;
    }

    @Override
    public MembershipKey join(final InetAddress group, final NetworkInterface networkInterface) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MembershipKey join(
            final InetAddress group, final NetworkInterface networkInterface, final InetAddress source) {
        throw new UnsupportedOperationException();
    }
}
