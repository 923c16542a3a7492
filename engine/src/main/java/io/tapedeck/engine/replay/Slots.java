package io.tapedeck.engine.replay;

import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_TIME_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SEQUENCE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tapedeck.codecs.record.SlotArray;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Moves slots, and reads what every record has. */
public final class Slots {
    private Slots() {}

    /**
     * Copies one slot, as eight longs: for so few bytes a call of the copying routine costs more.
     *
     * @param from       holds the slot.
     * @param fromOffset of the slot, in bytes.
     * @param to         receives it.
     * @param toOffset   where to, in bytes.
     */
    public static void copy(
            final DirectBuffer from, final int fromOffset, final MutableDirectBuffer to, final int toOffset) {
        for (int i = 0; i < SLOT_LENGTH; i += Long.BYTES) {
            to.putLong(toOffset + i, from.getLong(fromOffset + i));
        }
    }

    /**
     * The sequence of a record, which is not the ring sequence that it lies under.
     *
     * @param slots of a batch.
     * @param at    ring sequence of the record.
     * @return the record's own sequence, from 1.
     */
    public static long sequence(final SlotArray slots, final long at) {
        return slots.buffer().getLong(slots.offset(at) + SEQUENCE_OFFSET, LITTLE_ENDIAN);
    }

    /**
     * The event time of a record.
     *
     * @param slots of a batch.
     * @param at    ring sequence of the record.
     * @return nanoseconds since midnight.
     */
    public static long timeNs(final SlotArray slots, final long at) {
        return slots.buffer().getLong(slots.offset(at) + EVENT_TIME_OFFSET, LITTLE_ENDIAN);
    }
}
