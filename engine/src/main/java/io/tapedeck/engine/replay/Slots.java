package io.tapedeck.engine.replay;

import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Moves slots. */
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
}
