package io.tapedeck.engine.replay.transform;

import org.agrona.MutableDirectBuffer;

/** Changes a record. */
@FunctionalInterface
public interface RecordMapper {
    /**
     * Changes a copy of a record in place.
     *
     * @param buffer     that holds the slot.
     * @param slotOffset of the slot in the buffer, in bytes; 64 bytes may be changed. The sequence is put back afterwards, so
     *                   that every record can be traced to the one it was made of.
     * @return whether the record goes on; false drops it.
     */
    boolean map(MutableDirectBuffer buffer, int slotOffset);
}
