package io.tapedeck.engine.replay;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.journal.format2.Format2TailReader;
import io.tapedeck.journal.format2.SlotBatchHandler;
import io.tapedeck.journal.manifest.Instrument;
import io.tapedeck.journal.manifest.SessionMetadata;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/**
 * The records of a journal of format 2 that is being written, up to its end. It begins where it is told, and seeks, also to
 * what is not there yet.
 */
public final class TailSource implements EventSource {
    private final Path path;
    private final Format2TailReader reader;
    private final SessionMetadata metadata;
    private final SlotBatchHandler keeper = this::keep;
    private SlotArray slots;
    private long next;
    private long high = -1;
    private boolean isAnnounced;
    private boolean isCaughtUp;

    private TailSource(final Path path, final Format2TailReader reader) {
        this.path = path;
        this.reader = reader;
        metadata = reader.metadata();
    }

    /**
     * Opens a journal that has its header, whether it is closed or not.
     *
     * @param path         of the file.
     * @param fromSequence sequence of the first record wanted, from 1.
     * @return a source before that record.
     * @throws io.tapedeck.codecs.CorruptDataException if the header is damaged or not there yet.
     * @throws IOException                             if the file cannot be read.
     */
    public static TailSource open(final Path path, final long fromSequence) throws IOException {
        return new TailSource(path, Format2TailReader.open(path, fromSequence));
    }

    @Override
    public int poll(final ReplayHandler handler, final int limit) throws IOException {
        if (!isAnnounced) {
            isAnnounced = true;
            handler.onSession(metadata.sessionDate());
        }
        // The reader's slots stay as they are until it is asked again.
        if (next > high && reader.poll(keeper) == 0) {
            isCaughtUp = true;
            return 0;
        }
        isCaughtUp = false;
        final long last = Math.min(high, next + limit - 1);
        final long first = next;
        next = last + 1;
        handler.onBatch(slots, first, last);
        return (int) (last - first + 1);
    }

    @Override
    public SourceState state() {
        if (reader.isEnded() && next > high) {
            return SourceState.ENDED;
        }
        return isCaughtUp ? SourceState.CAUGHT_UP : SourceState.ACTIVE;
    }

    @Override
    public boolean seekSequence(final long sequence) {
        reader.seekSequence(sequence);
        return placed();
    }

    @Override
    public boolean seekTime(final long timeNs) {
        reader.seekTime(timeNs);
        return placed();
    }

    private boolean placed() {
        next = 0;
        high = -1;
        isCaughtUp = false;
        return true;
    }

    @Override
    public List<Instrument> instruments() {
        return metadata.instruments();
    }

    @Override
    public Path fileOf(final LocalDate date, final int instrumentId) {
        return Origin.of(path, metadata, date);
    }

    /**
     * What the journal says about its session.
     *
     * @return the metadata.
     */
    public SessionMetadata metadata() {
        return metadata;
    }

    @Override
    public void close() {
        reader.close();
    }

    private void keep(final SlotArray batch, final long low, final long batchHigh) {
        slots = batch;
        next = low;
        high = batchHigh;
    }
}
