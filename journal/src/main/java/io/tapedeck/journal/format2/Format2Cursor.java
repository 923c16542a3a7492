package io.tapedeck.journal.format2;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.codecs.record.SlotArray;
import java.io.IOException;

/**
 * A position in a file, moved on by its owner batch by batch. It has buffers of its own, so several cursors of one
 * reader may be used in turn. Allocates only when it meets a chunk larger than all before.
 *
 * <p>A record lies in the slot of the ring sequence that is one less than its own sequence. A batch never passes the end
 * of the array, so its slots lie one behind the other.
 *
 * <p><b>Note:</b> all cursors of a reader belong to one thread, and are closed before it.
 */
public final class Format2Cursor implements AutoCloseable {
    private final Format2Reader reader;
    private final Format2Index index;
    private final Format2ChunkDecoder decoder;
    private final ChunkBatches batches;
    private int nextChunk;
    private long fromSequence;
    private long fromTimeNs;

    Format2Cursor(final Format2Reader reader) {
        this.reader = reader;
        index = reader.index();
        decoder = reader.decoder();
        batches = new ChunkBatches(decoder);
        seekSequence(0);
    }

    /**
     * Places the cursor before a record.
     *
     * @param sequence of the record; if the file has none with that sequence, the next one that it has.
     * @return this.
     */
    public Format2Cursor seekSequence(final long sequence) {
        return place(index.chunkOfSequence(sequence), sequence, Long.MIN_VALUE);
    }

    /**
     * Places the cursor before the first record, in order of sequence, that is at or after a time. Event times may be
     * equal and may fall: records behind that one may be earlier, and of those before it none is as late.
     *
     * @param timeNs nanoseconds since midnight.
     * @return this.
     */
    public Format2Cursor seekTime(final long timeNs) {
        return place(index.chunkOfTime(timeNs), 0, timeNs);
    }

    private Format2Cursor place(final int chunk, final long sequence, final long timeNs) {
        nextChunk = chunk;
        fromSequence = sequence;
        fromTimeNs = timeNs;
        batches.clear();
        return this;
    }

    /**
     * Decodes the next records.
     *
     * @return how many records the batch has, 0 at the end of the file.
     * @throws CorruptDataException if the next chunk is damaged; the call after this goes on behind it.
     * @throws IOException          if the file cannot be read.
     */
    public int nextBatch() throws IOException {
        while (!batches.hasNext()) {
            if (nextChunk == index.size()) {
                return 0;
            }
            readChunk();
        }
        return batches.next();
    }

    private void readChunk() throws IOException {
        final int chunk = nextChunk++;
        batches.clear();
        reader.requireWhole(decoder.read(index, chunk), index.offset(chunk));
        batches.start(firstRow());
        if (batches.hasNext()) {
            fromSequence = 0;
            fromTimeNs = Long.MIN_VALUE;
        }
    }

    private int firstRow() {
        return fromTimeNs == Long.MIN_VALUE ? decoder.rowOfSequence(fromSequence) : decoder.rowOfTime(fromTimeNs);
    }

    /**
     * The array that holds the batch.
     *
     * @return always the same array.
     */
    public SlotArray slots() {
        return batches.slots();
    }

    /**
     * Where the batch begins.
     *
     * @return ring sequence of its first record: the record's own sequence less one.
     */
    public long low() {
        return batches.low();
    }

    /**
     * Where the batch ends.
     *
     * @return ring sequence of its last record.
     */
    public long high() {
        return batches.high();
    }

    /** Gives the buffers back. */
    @Override
    public void close() {
        nextChunk = index.size();
        batches.clear();
        decoder.close();
    }
}
