package io.tapedeck.journal.format2;

import static io.tapedeck.journal.format2.Format2Descriptor.*;

import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.ItchSlotDescriptor;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

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
    private static final int INSTRUMENT_WORDS = INSTRUMENT_SET_LENGTH / Long.BYTES;

    private final long types;
    private final long[] instruments;

    ChunkContents(final long types, final long[] instruments) {
        this.types = types;
        this.instruments = instruments;
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
        return (instruments[word(instrumentId)] & 1L << instrumentId) != 0;
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

    /** The sets of a chunk in the making. */
    static final class Collector {
        private long types;
        private final long[] instruments = new long[INSTRUMENT_WORDS];

        void clear() {
            types = 0;
            Arrays.fill(instruments, 0);
        }

        void addEventType(final int eventType) {
            types |= eventTypeBit(eventType);
        }

        void addInstrument(final int instrumentId) {
            instruments[word(instrumentId)] |= 1L << instrumentId;
        }

        /** Adds what the record in a slot has. */
        void add(final DirectBuffer slots, final int offset) {
            if (EventSlotDescriptor.isEvent(slots, offset)) {
                addEventType(slots.getByte(offset + EventSlotDescriptor.EVENT_TYPE_OFFSET));
                addInstrument(slots.getInt(offset + EventSlotDescriptor.INSTRUMENT_ID_OFFSET, BYTE_ORDER));
            } else {
                types |= itchTypeBit(slots.getByte(offset + ItchSlotDescriptor.ITCH_TYPE_OFFSET));
                addInstrument(slots.getInt(offset + ItchSlotDescriptor.INSTRUMENT_ID_OFFSET, BYTE_ORDER));
            }
        }

        /** Writes the sets where a chunk header has them. */
        void put(final MutableDirectBuffer header, final int offset) {
            header.putLong(offset + TYPE_SET_OFFSET, types, BYTE_ORDER);
            for (int i = 0; i < INSTRUMENT_WORDS; i++) {
                header.putLong(offset + INSTRUMENT_SET_OFFSET + i * Long.BYTES, instruments[i], BYTE_ORDER);
            }
        }
    }

    private static int word(final int instrumentId) {
        return instrumentId >>> 6 & INSTRUMENT_WORDS - 1;
    }
}
