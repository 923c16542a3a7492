package io.tapedeck.engine.replay.sink;

import org.agrona.DirectBuffer;

/** Takes records one by one. */
@FunctionalInterface
public interface RecordHandler {
    /**
     * Takes a record.
     *
     * @param buffer     that holds the slot; not to be changed, and no longer this record when the call has returned.
     * @param slotOffset of the slot in the buffer, in bytes.
     */
    void onRecord(DirectBuffer buffer, int slotOffset);
}
