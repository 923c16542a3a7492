package io.tapedeck.codecs.record;

import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_HEADER;
import static io.tapedeck.codecs.record.EventSlotDescriptor.HEADER_LENGTH;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_ALIGNMENT;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;
import static io.tapedeck.codecs.record.ItchSlotDescriptor.ITCH_MESSAGE_HEADER;

import io.tapedeck.codecs.sbe.EventDecoder;
import io.tapedeck.codecs.sbe.EventEncoder;
import io.tapedeck.codecs.sbe.ItchMessageDecoder;
import io.tapedeck.codecs.sbe.ItchMessageEncoder;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A circle of 64-byte slots in one off-heap block, each on a cache line of its own. A slot is addressed by a ring
 * sequence, counted from 0 by whoever hands the slots out; that is not the record's own sequence.
 *
 * <p>Who makes the array owns it; the memory goes back when the array is no longer reachable. <b>Note:</b> the array
 * orders nothing between threads. A writer owns a slot from its claim to its publication, readers afterwards, and the
 * sequencer that says so gives the memory barriers.
 */
public final class SlotArray {
    /** The most slots that one array can have: 1 GiB. */
    public static final int MAX_CAPACITY = 1 << 24;

    private final UnsafeBuffer buffer;
    private final int capacity;
    private final long mask;

    /**
     * Allocates the slots, zeroed.
     *
     * @param capacity number of slots, a power of two up to {@link #MAX_CAPACITY}.
     * @throws IllegalArgumentException when it is not.
     */
    public SlotArray(final int capacity) {
        if (!BitUtil.isPowerOfTwo(capacity) || capacity > MAX_CAPACITY) {
            throw new IllegalArgumentException(
                    "capacity must be a power of two up to " + MAX_CAPACITY + ": capacity=" + capacity);
        }
        this.capacity = capacity;
        mask = capacity - 1;
        buffer = new UnsafeBuffer(BufferUtil.allocateDirectAligned(capacity * SLOT_LENGTH, SLOT_ALIGNMENT));
    }

    /**
     * How many slots there are.
     *
     * @return a power of two.
     */
    public int capacity() {
        return capacity;
    }

    /**
     * The memory of all slots.
     *
     * @return always the same buffer.
     */
    public UnsafeBuffer buffer() {
        return buffer;
    }

    /**
     * Where a slot starts.
     *
     * @param slotSequence ring sequence of the slot, from 0.
     * @return byte offset in {@link #buffer()}.
     */
    public int offset(final long slotSequence) {
        return (int) (slotSequence & mask) * SLOT_LENGTH;
    }

    /**
     * Which template a slot holds.
     *
     * @param slotSequence ring sequence of the slot.
     * @return {@link EventDecoder#TEMPLATE_ID}, {@link ItchMessageDecoder#TEMPLATE_ID}, or 0 when it was never written.
     */
    public int templateId(final long slotSequence) {
        return buffer.getShort(offset(slotSequence) + Short.BYTES, EventDecoder.BYTE_ORDER) & 0xFFFF;
    }

    /**
     * Makes a slot an event to be written: sets its header and leaves every field as it is.
     *
     * @param encoder      to point at the slot.
     * @param slotSequence ring sequence of the slot.
     * @return the encoder.
     */
    public EventEncoder wrap(final EventEncoder encoder, final long slotSequence) {
        final int offset = offset(slotSequence);
        buffer.putLong(offset, EVENT_HEADER, EventEncoder.BYTE_ORDER);
        return encoder.wrap(buffer, offset + HEADER_LENGTH);
    }

    /**
     * Points at a slot that {@link #templateId(long)} says to hold an event.
     *
     * @param decoder      to point at the slot.
     * @param slotSequence ring sequence of the slot.
     * @return the decoder.
     */
    public EventDecoder wrap(final EventDecoder decoder, final long slotSequence) {
        return decoder.wrap(
                buffer, offset(slotSequence) + HEADER_LENGTH, EventDecoder.BLOCK_LENGTH, EventDecoder.SCHEMA_VERSION);
    }

    /**
     * Makes a slot a carried ITCH message to be written: sets its header and leaves every field as it is.
     *
     * @param encoder      to point at the slot.
     * @param slotSequence ring sequence of the slot.
     * @return the encoder.
     */
    public ItchMessageEncoder wrap(final ItchMessageEncoder encoder, final long slotSequence) {
        final int offset = offset(slotSequence);
        buffer.putLong(offset, ITCH_MESSAGE_HEADER, ItchMessageEncoder.BYTE_ORDER);
        return encoder.wrap(buffer, offset + HEADER_LENGTH);
    }

    /**
     * Points at a slot that {@link #templateId(long)} says to hold a carried ITCH message.
     *
     * @param decoder      to point at the slot.
     * @param slotSequence ring sequence of the slot.
     * @return the decoder.
     */
    public ItchMessageDecoder wrap(final ItchMessageDecoder decoder, final long slotSequence) {
        return decoder.wrap(
                buffer,
                offset(slotSequence) + HEADER_LENGTH,
                ItchMessageDecoder.BLOCK_LENGTH,
                ItchMessageDecoder.SCHEMA_VERSION);
    }
}
