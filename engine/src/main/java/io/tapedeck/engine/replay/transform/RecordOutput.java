package io.tapedeck.engine.replay.transform;

import io.tapedeck.codecs.record.SlotArray;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Where a transform puts what goes further. Records keep the order in which they are put here. */
public interface RecordOutput {
    /**
     * Passes records on as they are. Where there are many they are not copied.
     *
     * @param slots that the transform was given.
     * @param low   ring sequence of the first one.
     * @param high  ring sequence of the last one; a range that ends before it begins is empty.
     */
    void pass(SlotArray slots, long low, long high);

    /**
     * Passes records on as one batch, where they are.
     *
     * @param slots that hold them; the transform's own, or those that it was given.
     * @param low   ring sequence of the first one.
     * @param high  ring sequence of the last one, at least {@code low}.
     */
    void passBatch(SlotArray slots, long low, long high);

    /**
     * Passes a copy of one record on.
     *
     * @param buffer     that holds the slot.
     * @param slotOffset of the slot in the buffer, in bytes.
     */
    void pass(DirectBuffer buffer, int slotOffset);

    /**
     * Lends a slot for a record that the transform writes itself; {@link #commit} passes it on.
     *
     * @return offset of the slot in {@link #buffer()}, in bytes. What lies there is undefined.
     */
    int claim();

    /**
     * Where the claimed slot is.
     *
     * @return always the same buffer.
     */
    MutableDirectBuffer buffer();

    /** Passes the slot that was claimed last on. */
    void commit();

    /**
     * Says that records go no further.
     *
     * @param count how many.
     */
    void drop(long count);
}
