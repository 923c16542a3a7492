package io.tapedeck.engine.record;

import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.SlotArray;

/**
 * A sink that keeps records until somebody has worked on them. It grows when it is full, so a claim never waits and
 * never fails.
 *
 * <p><b>Note:</b> belongs to one thread. No allocation but for growth.
 */
public final class RecordBuffer implements RecordSink {
    private static final int CLAIM_SIZE = 64;

    private SlotArray slots;
    private int size;

    /**
     * An empty buffer.
     *
     * @param capacity how many records it can hold before it grows; a power of two, 64 or more.
     * @throws IllegalArgumentException when it is not.
     */
    public RecordBuffer(final int capacity) {
        if (capacity < CLAIM_SIZE) {
            throw new IllegalArgumentException("capacity must be " + CLAIM_SIZE + " or more: capacity=" + capacity);
        }
        slots = new SlotArray(capacity);
    }

    @Override
    public int claimSize() {
        return CLAIM_SIZE;
    }

    @Override
    public SlotArray slots() {
        return slots;
    }

    @Override
    public long claim(final int count) {
        if (size + count > slots.capacity()) {
            grow();
        }
        return size;
    }

    @Override
    public void publish(final long low, final long high) {
        size = (int) high + 1;
    }

    /**
     * How many records there are.
     *
     * @return those published since the last {@link #clear()}; their slot sequences are 0 to one less.
     */
    public int size() {
        return size;
    }

    /** Forgets all records. */
    public void clear() {
        size = 0;
    }

    private void grow() {
        final SlotArray larger = new SlotArray(2 * slots.capacity());
        larger.buffer().putBytes(0, slots.buffer(), 0, size * EventSlotDescriptor.SLOT_LENGTH);
        slots = larger;
    }
}
