package io.tapedeck.engine.run;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.pipeline.BatchConsumer;
import io.tapedeck.journal.format2.Format2Writer;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Writes the records of a ring to a journal. In a paced run a chunk that is not full is closed after a while, so that a
 * reader of the file is never far behind; at full speed chunks fill by themselves.
 *
 * <p><b>Note:</b> belongs to its consumer thread; the writer is closed by {@link #onClose()}, there and only there.
 */
final class JournalConsumer implements BatchConsumer {
    private final Format2Writer writer;
    private final long flushIntervalNs;
    private long lastFlushNs;
    private boolean isFlushed = true;

    /**
     * A consumer that owns a writer.
     *
     * @param writer          to write to.
     * @param flushIntervalNs after which an incomplete chunk is closed; {@link Long#MAX_VALUE} for never.
     */
    JournalConsumer(final Format2Writer writer, final long flushIntervalNs) {
        this.writer = writer;
        this.flushIntervalNs = flushIntervalNs;
    }

    @Override
    public void onBatch(final SlotArray slots, final long low, final long high) {
        try {
            writer.append(slots, low, high);
            isFlushed = false;
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    @Override
    public int onIdle(final long nowNs) {
        if (isFlushed) {
            lastFlushNs = nowNs;
            return 0;
        }
        if (nowNs - lastFlushNs < flushIntervalNs) {
            return 0;
        }
        try {
            writer.closeChunk();
            isFlushed = true;
            lastFlushNs = nowNs;
            return 1;
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    @Override
    public void onClose() {
        try {
            writer.close();
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
