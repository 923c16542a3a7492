package io.tapedeck.engine.replay;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.journal.format2.EventHandler;
import io.tapedeck.journal.format2.Format2Chunk;
import io.tapedeck.journal.format2.Format2Cursor;
import io.tapedeck.journal.format2.Format2Reader;
import io.tapedeck.journal.manifest.Instrument;
import io.tapedeck.journal.manifest.SessionMetadata;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/** The records of a journal of format 2 that is closed: one unit's day. It seeks by sequence and by time. */
public final class JournalSource implements EventSource {
    private final Format2Reader reader;
    private final Format2Cursor cursor;
    private final SessionMetadata metadata;
    private long next;
    private long high = -1;
    private boolean isAnnounced;
    private boolean isEnded;
    private Selection selection = Selection.ALL;
    private long[] wantedSequences = new long[0];
    private long[] skippedTimesNs = new long[0];
    private int wantedChunk = -1;

    private JournalSource(final Format2Reader reader) {
        this.reader = reader;
        cursor = reader.cursor();
        metadata = reader.metadata();
    }

    /**
     * Opens a journal.
     *
     * @param path of the file.
     * @return a source before its first record.
     * @throws io.tapedeck.codecs.CorruptDataException if the file is damaged or was not closed.
     * @throws IOException                             if it cannot be read.
     */
    public static JournalSource open(final Path path) throws IOException {
        return new JournalSource(Format2Reader.open(path));
    }

    @Override
    public int poll(final ReplayHandler handler, final int limit) throws IOException {
        if (!isAnnounced) {
            isAnnounced = true;
            handler.onSession(metadata.sessionDate());
        }
        if (next > high) {
            if (cursor.nextBatch() == 0) {
                isEnded = true;
                return 0;
            }
            next = cursor.low();
            high = cursor.high();
            final long sequence = cursor.slots()
                    .buffer()
                    .getLong(cursor.slots().offset(next) + EventSlotDescriptor.SEQUENCE_OFFSET, LITTLE_ENDIAN);
            while (wantedChunk + 1 < wantedSequences.length && wantedSequences[wantedChunk + 1] <= sequence) {
                wantedChunk++;
            }
        }
        final long last = Math.min(high, next + limit - 1);
        final long first = next;
        next = last + 1;
        handler.onBatch(cursor.slots(), first, last);
        return (int) (last - first + 1);
    }

    /**
     * Calls a handler for the next records from inside the loop that decodes them: the fastest way through a tape, past
     * slots and pipeline. What was {@linkplain #narrow narrowed} away may be left out, or not.
     *
     * @param handler called for each record.
     * @return how many records it was called for; 0 at the end.
     * @throws io.tapedeck.codecs.CorruptDataException if the next chunk is damaged.
     * @throws IOException                             if the file cannot be read.
     */
    public int pollEvents(final EventHandler handler) throws IOException {
        next = 0;
        high = -1;
        return ended(cursor.nextEvents(handler));
    }

    /**
     * Decodes the times of the next records and nothing else of them.
     *
     * @param timesNs receives nanoseconds since midnight, as many as there is room for or are left of a chunk.
     * @return how many there are; 0 at the end.
     * @throws io.tapedeck.codecs.CorruptDataException if the next chunk is damaged.
     * @throws IOException                             if the file cannot be read.
     */
    public int pollTimes(final long[] timesNs) throws IOException {
        next = 0;
        high = -1;
        return ended(cursor.nextTimes(timesNs));
    }

    private int ended(final int count) {
        isEnded = count == 0;
        return count;
    }

    @Override
    public SourceState state() {
        return isEnded ? SourceState.ENDED : SourceState.ACTIVE;
    }

    @Override
    public boolean seekSequence(final long sequence) {
        cursor.seekSequence(sequence);
        return placed();
    }

    @Override
    public boolean seekTime(final long timeNs) {
        cursor.seekTime(timeNs);
        return placed();
    }

    @Override
    public void narrow(final Selection wanted) {
        selection = wanted;
        final int chunkCount = reader.chunkCount();
        wantedSequences = new long[chunkCount];
        skippedTimesNs = new long[chunkCount];
        int wantedCount = 0;
        long skippedNs = Long.MIN_VALUE;
        for (int i = 0; i < chunkCount; i++) {
            final Format2Chunk chunk = reader.chunk(i);
            if (wanted.mayKeepAnyOf(chunk)) {
                wantedSequences[wantedCount] = chunk.firstSequence();
                skippedTimesNs[wantedCount++] = skippedNs;
            }
            // Of a chunk that is read, records of other instruments are left out.
            if (wanted.symbols() != null || !wanted.mayKeepAnyOf(chunk)) {
                skippedNs = Math.max(skippedNs, chunk.greatestTimeNs());
            }
        }
        wantedSequences = Arrays.copyOf(wantedSequences, wantedCount);
        cursor.skipChunksUnless(wanted::mayKeepAnyOf);
        final SymbolFilter symbols = wanted.symbols();
        cursor.onlyInstruments(symbols == null ? null : symbols::keeps);
    }

    @Override
    public long leftOutCount() {
        return cursor.leftOutCount();
    }

    @Override
    public long skippedTimeNs() {
        return wantedChunk < 0 ? Long.MIN_VALUE : skippedTimesNs[wantedChunk];
    }

    @Override
    public List<SourcePlan> plan() {
        long readRecords = 0;
        long readBytes = 0;
        int readChunks = 0;
        for (int i = 0; i < reader.chunkCount(); i++) {
            final Format2Chunk chunk = reader.chunk(i);
            if (selection.mayKeepAnyOf(chunk)) {
                readRecords += chunk.recordCount();
                readBytes += chunk.lengthBytes();
                readChunks++;
            }
        }
        return List.of(new SourcePlan(
                reader.path(), reader.recordCount(), reader.chunkCount(), readRecords, readChunks, readBytes));
    }

    @Override
    public List<Instrument> instruments() {
        return metadata.instruments();
    }

    @Override
    public Path fileOf(final LocalDate date, final int instrumentId) {
        return Origin.of(reader.path(), metadata, date);
    }

    @Override
    public long eventCount() {
        return reader.recordCount();
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
        cursor.close();
        reader.close();
    }

    private boolean placed() {
        next = 0;
        high = -1;
        isEnded = false;
        wantedChunk = -1;
        return true;
    }
}
