package io.tapedeck.engine.replay;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.text.RecordCsv;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes every record as a row of text, in large pieces while there is more to come. No allocation per record. */
public final class CsvSink implements ReplayHandler {
    private final RecordCsv csv;

    /**
     * Writes rows.
     *
     * @param csv has its header; stays open.
     */
    public CsvSink(final RecordCsv csv) {
        this.csv = csv;
    }

    @Override
    public void onBatch(final SlotArray slots, final long low, final long high) {
        try {
            for (long at = low; at <= high; at++) {
                csv.write(slots.buffer(), slots.offset(at));
            }
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    @Override
    public int onIdle(final long nowNs) {
        try {
            return csv.flush();
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
