package io.tapedeck.engine.replay.sink;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.replay.RecordFailedException;
import io.tapedeck.engine.replay.ReplayHandler;

/** Calls a handler for each record, for who does not want batches. An error of the handler names the record. */
public final class PerRecordSink implements ReplayHandler {
    private final RecordHandler handler;

    /**
     * Calls a handler.
     *
     * @param handler gets the records.
     */
    public PerRecordSink(final RecordHandler handler) {
        this.handler = handler;
    }

    @Override
    public void onBatch(final SlotArray slots, final long low, final long high) {
        long at = low;
        try {
            for (; at <= high; at++) {
                handler.onRecord(slots.buffer(), slots.offset(at));
            }
        } catch (final RuntimeException ex) {
            throw RecordFailedException.at(slots, at, ex);
        }
    }
}
