package io.tapedeck.journal.format2;

import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.ItchSlotDescriptor;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * Which types and instruments the records of a chunk have, as sets that may say yes too often and never say no wrongly:
 * a chunk that says no can be skipped without reading it. Instruments are told apart by their id modulo 256, so the
 * answer is exact while ids are at most 255; types of events are exact, those of carried messages up to the case of the
 * letter. Immutable.
 */
public final class ChunkContents {
    /** Where in a set of types those of carried messages begin; below are those of events. */
    private static final int ITCH_TYPES = 32;

    private static final int TYPE_MASK = ITCH_TYPES - 1;

    private final long types;
    private final long[] instruments;

    ChunkContents(final long types, final long[] instruments) {
        this.types = types;
        this.instruments = instruments;
    }

    /** The bit of a slot in the set of types. */
    static long typeBit(final DirectBuffer slots, final int slotOffset, final boolean isEvent) {
        return isEvent
                ? eventTypeBit(slots.getByte(slotOffset + EventSlotDescriptor.EVENT_TYPE_OFFSET))
                : itchTypeBit(slots.getByte(slotOffset + ItchSlotDescriptor.ITCH_TYPE_OFFSET));
    }

    private static long eventTypeBit(final int eventType) {
        return 1L << (eventType & TYPE_MASK);
    }

    private static long itchTypeBit(final int itchType) {
        return 1L << (ITCH_TYPES + (itchType & TYPE_MASK));
    }

    /**
     * Whether there may be events of a type.
     *
     * @param eventType one of {@link io.tapedeck.codecs.record.EventTypeCode}.
     * @return false if there are none.
     */
    public boolean mayHaveEventType(final int eventType) {
        return (types & eventTypeBit(eventType)) != 0;
    }

    /**
     * Whether there may be carried messages of a type.
     *
     * @param itchType type byte of ITCH, a letter.
     * @return false if there are none.
     */
    public boolean mayHaveItchType(final int itchType) {
        return (types & itchTypeBit(itchType)) != 0;
    }

    /**
     * Whether there may be records of an instrument.
     *
     * @param instrumentId of the instrument; 0 for records about none.
     * @return false if there are none.
     */
    public boolean mayHaveInstrument(final int instrumentId) {
        return (instruments[instrumentId >>> 6 & 3] & 1L << instrumentId) != 0;
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof ChunkContents
                && types == ((ChunkContents) other).types
                && Arrays.equals(instruments, ((ChunkContents) other).instruments);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(types) + Arrays.hashCode(instruments);
    }
}
