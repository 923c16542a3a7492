package io.tapedeck.journal.format2;

import io.tapedeck.codecs.record.SlotArray;

/** Takes records batch by batch. */
@FunctionalInterface
public interface SlotBatchHandler {
    /**
     * Takes the records whose sequences are {@code low + 1} to {@code high + 1}: a record of a tape lies in the slot of
     * the ring sequence that is one less than its own sequence.
     *
     * @param slots holds the records; they are not to be changed, and others lie there when the call has returned.
     * @param low   ring sequence of the first record, from 0.
     * @param high  ring sequence of the last record, at least {@code low}.
     */
    void onBatch(SlotArray slots, long low, long high);
}
