package io.tapedeck.feed.mold;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.tapedeck.codecs.mold.MoldDescriptor;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The packets that a publisher made last, in the memory in which it makes them. It is the way to the threads that send
 * them, and what requests for lost messages are answered from: a packet is written once and copied by nobody but the
 * network.
 *
 * <pre>
 *   slot of packet n, at (n modulo capacity) x slot length, a multiple of 64 bytes
 *    0        4        8
 *   +--------+--------+- - - - - - - - - -+- - - - - - - -
 *   | length | unused | packet            | 56 to spare
 *   +--------+--------+- - - - - - - - - -+- - - - - - - -
 * </pre>
 *
 * <p>One thread writes. It waits for senders by itself, see {@link MoldPublisher}, and for nobody else: a reader that is
 * late finds out that its packet is gone. For that the writer announces which packet it begins to overwrite, and puts a
 * release fence between the announcement and the first byte. A reader copies a packet and then, behind an acquire fence,
 * looks at the announcement: had it seen one byte of the later packet, it would see that one announced. The two fences
 * order no more than that, and on most processors cost nothing; a full one would wait until the packet before has left
 * the writer's store buffer.
 */
public final class PacketRing {
    /** Answer of {@link #read} when the packet is not there any more. */
    public static final int OVERWRITTEN = -1;

    private static final int PACKET_OFFSET = Long.BYTES;
    private static final int ALIGNMENT = 64;

    /** Bytes behind the longest packet that a writer of messages may use as it likes. */
    static final int SPARE = 56;

    private static final int MIN_CAPACITY = 4;

    /** Where the progress has the packet that is being written. */
    private static final int CLAIMED_OFFSET = 0;

    /** Where it has how many packets were published; the last one is one less. */
    private static final int PUBLISHED_OFFSET = CLAIMED_OFFSET + Long.BYTES;

    private static final int NEXT_SEQUENCE_OFFSET = PUBLISHED_OFFSET + Long.BYTES;

    private final int maxPayloadLength;
    private final int slotLength;
    private final int capacity;
    private final ByteBuffer memory;
    private final UnsafeBuffer buffer;

    /** What the writer writes with each packet, away from what senders read with each packet. */
    private final UnsafeBuffer progress =
            new UnsafeBuffer(BufferUtil.allocateDirectAligned(2 * ALIGNMENT, 2 * ALIGNMENT));

    /**
     * Takes memory.
     *
     * @param lengthBytes      about how much, at most; but room for four packets at least.
     * @param maxPayloadLength the longest packet, in bytes.
     */
    PacketRing(final int lengthBytes, final int maxPayloadLength) {
        this.maxPayloadLength = maxPayloadLength;
        slotLength = BitUtil.align(PACKET_OFFSET + maxPayloadLength + SPARE, ALIGNMENT);
        capacity = Math.max(MIN_CAPACITY, Integer.highestOneBit(lengthBytes / slotLength));
        memory = BufferUtil.allocateDirectAligned(capacity * slotLength, ALIGNMENT);
        buffer = new UnsafeBuffer(memory);
        progress.putLongRelease(NEXT_SEQUENCE_OFFSET, 1);
    }

    /** All of the memory, for the writer. */
    UnsafeBuffer buffer() {
        return buffer;
    }

    /** Begins the next packet in place of the oldest; answers where in {@link #buffer()} to write it. */
    int claim() {
        final long packet = progress.getLong(PUBLISHED_OFFSET);
        progress.putLongOpaque(CLAIMED_OFFSET, packet);
        VarHandle.releaseFence();
        return slotOffset(packet) + PACKET_OFFSET;
    }

    /** Shows the packet that was begun to everybody. */
    void publish(final int length, final long nextMessageSequence) {
        final long packet = progress.getLong(PUBLISHED_OFFSET);
        buffer.putInt(slotOffset(packet), length, BIG_ENDIAN);
        progress.putLongRelease(NEXT_SEQUENCE_OFFSET, nextMessageSequence);
        progress.putLongRelease(PUBLISHED_OFFSET, packet + 1);
    }

    /** A view of the packets for one thread. */
    PacketView newView() {
        return new PacketView(memory, PACKET_OFFSET, slotLength, capacity);
    }

    /**
     * How many packets there have been.
     *
     * @return number of the next packet to be published, from 0.
     */
    public long published() {
        return progress.getLongAcquire(PUBLISHED_OFFSET);
    }

    /**
     * The oldest packet that is still there at this moment.
     *
     * @return its number, from 0.
     */
    public long oldest() {
        return Math.max(0, progress.getLongVolatile(CLAIMED_OFFSET) - capacity + 1);
    }

    /**
     * Number that the next message to be published will have.
     *
     * @return from 1.
     */
    public long nextSequence() {
        return progress.getLongAcquire(NEXT_SEQUENCE_OFFSET);
    }

    /**
     * How many packets are kept.
     *
     * @return a power of two.
     */
    public int capacity() {
        return capacity;
    }

    /**
     * The longest packet.
     *
     * @return in bytes.
     */
    public int maxPayloadLength() {
        return maxPayloadLength;
    }

    /**
     * The number of a packet's first message, unless the packet is overwritten meanwhile: a hint where to look.
     *
     * @param packet number of the packet, less than {@link #published()}.
     * @return any value when it is overwritten.
     */
    public long sequenceHint(final long packet) {
        return MoldDescriptor.sequence(buffer, slotOffset(packet) + PACKET_OFFSET);
    }

    /**
     * Copies a packet. Any thread may do so.
     *
     * @param packet number of the packet, less than {@link #published()}.
     * @param target to copy to, from offset 0; at least {@link #maxPayloadLength()} bytes.
     * @return its length in bytes; or {@link #OVERWRITTEN}, and what was copied is of no use.
     */
    public int read(final long packet, final MutableDirectBuffer target) {
        final int offset = slotOffset(packet) + PACKET_OFFSET;
        // Bounded, because it may be a number that is just being written.
        final int length = Math.max(0, Math.min(maxPayloadLength, buffer.getInt(offset - PACKET_OFFSET, BIG_ENDIAN)));
        target.putBytes(0, buffer, offset, length);
        VarHandle.acquireFence();
        return packet < oldest() ? OVERWRITTEN : length;
    }

    private int slotOffset(final long packet) {
        return (int) (packet & capacity - 1) * slotLength;
    }
}
