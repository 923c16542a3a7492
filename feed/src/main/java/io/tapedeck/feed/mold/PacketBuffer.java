package io.tapedeck.feed.mold;

import java.nio.ByteBuffer;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Packets that came before the ones in front of them, in the order of their numbers. One off-heap block of slots of the
 * same size; a packet that is longer than a slot, or for which no slot is left, is not taken.
 *
 * <p><b>Note:</b> used by one thread; allocates nothing after construction.
 */
final class PacketBuffer implements AutoCloseable {
    /** Stands for no packet. */
    static final int NONE = SlotList.NONE;

    private static final int ALIGNMENT = 64;

    private final int maxPacketLength;
    private final int slotLength;
    private final ByteBuffer memory;
    private final UnsafeBuffer buffer;
    private final long[] sequences;
    private final int[] lengths;
    private final SlotList slots;

    /**
     * An empty buffer.
     *
     * @param capacity        in packets, at least 1.
     * @param maxPacketLength of a packet that is taken, in bytes.
     */
    PacketBuffer(final int capacity, final int maxPacketLength) {
        this.maxPacketLength = maxPacketLength;
        slotLength = BitUtil.align(maxPacketLength, ALIGNMENT);
        memory = ByteBuffer.allocateDirect(Math.multiplyExact(capacity, slotLength));
        buffer = new UnsafeBuffer(memory);
        sequences = new long[capacity];
        lengths = new int[capacity];
        slots = new SlotList(capacity);
    }

    void clear() {
        slots.clear();
    }

    /** Whether a packet of a length would be taken, and slots be left for others. */
    boolean hasRoom(final int length, final int slotsLeft) {
        return slots.freeCount() > slotsLeft && length <= maxPacketLength;
    }

    /** Keeps a copy of a packet; there is room for it. */
    void put(final long sequence, final DirectBuffer packet, final int offset, final int length) {
        // Behind those of the same number, which were there before.
        final int slot = slots.insertBefore(slots.firstFrom(sequence + 1, sequences));
        buffer.putBytes(slot * slotLength, packet, offset, length);
        sequences[slot] = sequence;
        lengths[slot] = length;
    }

    /** The packet with the lowest number, or {@link #NONE}. */
    int head() {
        return slots.head();
    }

    /** Number of a packet's first message. */
    long sequence(final int slot) {
        return sequences[slot];
    }

    int offset(final int slot) {
        return slot * slotLength;
    }

    int length(final int slot) {
        return lengths[slot];
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    void removeHead() {
        slots.remove(slots.head());
    }

    /** Gives the memory back. */
    @Override
    public void close() {
        buffer.wrap(0, 0);
        BufferUtil.free(memory);
    }
}
