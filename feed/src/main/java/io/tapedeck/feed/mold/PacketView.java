package io.tapedeck.feed.mold;

import java.nio.ByteBuffer;

/**
 * One thread's view of the packets in a {@link PacketRing}. It has copies of all that it needs to find a packet: what
 * lies next to the ring's own is written by the publisher, and to read it would be to wait for the publisher's processor.
 */
final class PacketView {
    private final ByteBuffer memory;
    private final int packetOffset;
    private final int slotLength;
    private final int mask;

    /** A view of slots, as many as a power of two, each with its packet's length, big-endian, at its start. */
    PacketView(final ByteBuffer memory, final int packetOffset, final int slotLength, final int capacity) {
        this.memory = memory.duplicate();
        this.packetOffset = packetOffset;
        this.slotLength = slotLength;
        mask = capacity - 1;
    }

    /** A packet that is not overwritten as long as the caller says so to the writer; valid until the next call. */
    ByteBuffer packet(final long packet) {
        final int slotOffset = (int) (packet & mask) * slotLength;
        final int length = memory.clear().getInt(slotOffset);
        final int offset = slotOffset + packetOffset;
        return memory.limit(offset + length).position(offset);
    }
}
