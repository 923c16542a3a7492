package io.tapedeck.feed.mold;

import io.tapedeck.feed.udp.PacketSink;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Keeps a copy of every packet. */
public final class CapturingSink implements PacketSink {
    public final List<byte[]> packets = new ArrayList<>();
    public boolean closed;

    @Override
    public int send(final ByteBuffer packet) {
        final byte[] copy = new byte[packet.remaining()];
        packet.get(copy);
        packets.add(copy);
        return 0;
    }

    @Override
    public void close() {
        closed = true;
    }
}
