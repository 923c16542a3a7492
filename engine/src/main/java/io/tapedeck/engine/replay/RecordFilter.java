package io.tapedeck.engine.replay;

import org.agrona.DirectBuffer;

/** Says which records are wanted. Pure: the same record always gets the same answer. */
@FunctionalInterface
public interface RecordFilter {
    /**
     * Looks at one record.
     *
     * @param buffer     that holds the slot.
     * @param slotOffset of the slot in the buffer, in bytes.
     * @return whether it is wanted.
     */
    boolean keeps(DirectBuffer buffer, int slotOffset);
}
