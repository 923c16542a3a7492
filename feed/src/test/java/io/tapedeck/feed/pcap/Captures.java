package io.tapedeck.feed.pcap;

import io.tapedeck.codecs.mold.MoldPacketWriter;
import io.tapedeck.codecs.mold.MoldSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/** Builds captures byte by byte, in every form that a reader has to know. */
final class Captures {
    static final int ETHERNET = 1;
    static final int GROUP_A = 0xEF01_0101;
    static final int GROUP_B = 0xEF01_0102;

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final ByteOrder order;
    private final boolean nanos;

    Captures(final ByteOrder order, final boolean nanos, final int linkType) {
        this.order = order;
        this.nanos = nanos;
        add(ByteBuffer.allocate(24)
                .order(order)
                .putInt(nanos ? 0xA1B23C4D : 0xA1B2C3D4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putInt(0)
                .putInt(0)
                .putInt(65_535)
                .putInt(linkType));
    }

    static Captures ethernet() {
        return new Captures(ByteOrder.LITTLE_ENDIAN, true, ETHERNET);
    }

    Captures frame(final long timestampNs, final byte[] frame) {
        return frame(timestampNs, frame, frame.length);
    }

    Captures frame(final long timestampNs, final byte[] frame, final int captured) {
        add(ByteBuffer.allocate(16)
                .order(order)
                .putInt((int) (timestampNs / 1_000_000_000))
                .putInt((int) (timestampNs % 1_000_000_000 / (nanos ? 1 : 1_000)))
                .putInt(captured)
                .putInt(frame.length));
        file.write(frame, 0, captured);
        return this;
    }

    byte[] bytes() {
        return file.toByteArray();
    }

    Path write(final Path folder) {
        try {
            return Files.write(Files.createTempFile(folder, "capture", ".pcap"), bytes());
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private void add(final ByteBuffer buffer) {
        file.write(buffer.array(), 0, buffer.capacity());
    }

    /** An Ethernet frame; tags are the types in front of the VLANs. */
    static byte[] ethernet(final byte[] ip, final int... tags) {
        final ByteBuffer frame = ByteBuffer.allocate(14 + 4 * tags.length + ip.length);
        frame.put(new byte[12]);
        for (final int tag : tags) {
            frame.putShort((short) tag).putShort((short) 42);
        }
        return frame.putShort((short) 0x0800).put(ip).array();
    }

    static byte[] udp(final int destination, final int port, final byte[] payload) {
        return udp(destination, port, payload, 0);
    }

    /** An IPv4 packet with so many words of options. */
    static byte[] udp(final int destination, final int port, final byte[] payload, final int optionWords) {
        final ByteBuffer packet = ipv4(17, destination, optionWords, 8 + payload.length);
        packet.putShort((short) 40_000)
                .putShort((short) port)
                .putShort((short) (8 + payload.length))
                .putShort((short) 0)
                .put(payload);
        return packet.array();
    }

    /** A segment between two ports of one host, without a checksum. */
    static byte[] tcp(
            final int sourcePort,
            final int destinationPort,
            final int number,
            final int acknowledged,
            final int flags,
            final byte[] payload) {
        final ByteBuffer packet = ipv4(6, 0x7F00_0001, 0, 20 + payload.length);
        packet.putShort((short) sourcePort)
                .putShort((short) destinationPort)
                .putInt(number)
                .putInt(acknowledged)
                .put((byte) 0x50)
                .put((byte) flags)
                .putShort((short) -1)
                .putInt(0)
                .put(payload);
        return packet.array();
    }

    private static ByteBuffer ipv4(final int protocol, final int destination, final int optionWords, final int length) {
        final int headerLength = 20 + 4 * optionWords;
        final ByteBuffer packet = ByteBuffer.allocate(headerLength + length);
        return packet.put((byte) (0x45 + optionWords))
                .put((byte) 0)
                .putShort((short) packet.capacity())
                .putInt(0)
                .put((byte) 1)
                .put((byte) protocol)
                .putShort((short) 0)
                .putInt(0x7F00_0001)
                .putInt(destination)
                .position(headerLength);
    }

    /** A packet of messages that hold their numbers. */
    static byte[] mold(final String session, final long sequence, final int count) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1_472]);
        final MoldPacketWriter writer = new MoldPacketWriter(MoldSession.of(session), buffer.capacity());
        writer.begin(buffer, 0, sequence);
        for (int i = 0; i < count; i++) {
            buffer.putLong(writer.claim(Long.BYTES), sequence + i);
        }
        return Arrays.copyOf(buffer.byteArray(), writer.finish());
    }
}
