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
    static final int NONE = -1;

    private static final int ALIGNMENT = 64;

    private final int maxPacketLength;
    private final int slotLength;
    private final ByteBuffer memory;
    private final UnsafeBuffer buffer;
    private final long[] sequences;
    private final int[] lengths;
    private final int[] nexts;
    private final int[] previous;
    private int head = NONE;
    private int tail = NONE;
    private int free;
    private int count;

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
        nexts = new int[capacity];
        previous = new int[capacity];
        clear();
    }

    void clear() {
        head = NONE;
        tail = NONE;
        free = 0;
        count = 0;
        for (int i = 0; i < nexts.length; i++) {
            nexts[i] = i + 1 < nexts.length ? i + 1 : NONE;
        }
    }

    /** How many packets are kept. */
    int count() {
        return count;
    }

    /** Whether a packet of a length would be taken, and slots be left for others. */
    boolean hasRoom(final int length, final int slotsLeft) {
        return nexts.length - count > slotsLeft && length <= maxPacketLength;
    }

    /** Keeps a copy of a packet; there is room for it. */
    void put(final long sequence, final DirectBuffer packet, final int offset, final int length) {
        final int slot = free;
        free = nexts[slot];
        buffer.putBytes(slot * slotLength, packet, offset, length);
        sequences[slot] = sequence;
        lengths[slot] = length;
        link(slot, lastUpTo(sequence));
        count++;
    }

    /** The packet with the lowest number, or {@link #NONE}. */
    int head() {
        return head;
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
        final int slot = head;
        head = nexts[slot];
        if (head == NONE) {
            tail = NONE;
        } else {
            previous[head] = NONE;
        }
        nexts[slot] = free;
        free = slot;
        count--;
    }

    /** The last packet whose number is not higher; searched from the end that is nearer in numbers. */
    private int lastUpTo(final long sequence) {
        if (tail == NONE || sequences[tail] <= sequence) {
            return tail;
        }
        if (sequence - sequences[head] > sequences[tail] - sequence) {
            int slot = tail;
            while (slot != NONE && sequences[slot] > sequence) {
                slot = previous[slot];
            }
            return slot;
        }
        int before = NONE;
        int slot = head;
        while (sequences[slot] <= sequence) {
            before = slot;
            slot = nexts[slot];
        }
        return before;
    }

    private void link(final int slot, final int before) {
        final int after = before == NONE ? head : nexts[before];
        previous[slot] = before;
        nexts[slot] = after;
        if (before == NONE) {
            head = slot;
        } else {
            nexts[before] = slot;
        }
        if (after == NONE) {
            tail = slot;
        } else {
            previous[after] = slot;
        }
    }

    /** Gives the memory back. */
    @Override
    public void close() {
        buffer.wrap(0, 0);
        BufferUtil.free(memory);
    }
}
