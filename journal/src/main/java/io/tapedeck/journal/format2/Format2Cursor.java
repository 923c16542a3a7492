package io.tapedeck.journal.format2;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.codecs.record.SlotArray;
import java.io.IOException;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

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
    private boolean[] isSkipped;
    private int nextChunk;
    private long fromSequence;
    private long fromTimeNs;

    Format2Cursor(final Format2Reader reader) {
        this.reader = reader;
        index = reader.index();
        isSkipped = new boolean[index.size()];
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

    /**
     * Leaves chunks out from now on, wherever the cursor is placed, without reading or decompressing them. The records of
     * a chunk that is not left out come all, whether a filter wants them or not.
     *
     * <p>A seek goes to the record that it would find in the whole file, and from there to the next chunk that is not
     * left out.
     *
     * @param wanted says of a chunk whether any of its records may be wanted; asked of every chunk of the file, now.
     * @return this.
     */
    public Format2Cursor skipChunksUnless(final Predicate<Format2Chunk> wanted) {
        final boolean[] skipped = new boolean[index.size()];
        for (int i = 0; i < skipped.length; i++) {
            skipped[i] = !wanted.test(index.describe(i));
        }
        isSkipped = skipped;
        return this;
    }

    /**
     * Leaves the records of instruments out from the next chunk on. Of those only what all later ones need is decoded.
     * A chunk that has carried messages, or times that go back, is not worth the trouble: its
     * records come all, so whoever asks still has to choose.
     *
     * <p>{@link #nextBatch()} then puts the records of a batch into the slots from ring sequence 0 on, whatever their own
     * sequences are. {@link #nextTimes} gives the times of all records.
     *
     * @param wanted says of an instrument id whether its records are wanted; asked of the instruments of every chunk, when
     *               it is read. Null for all.
     * @return this.
     */
    public Format2Cursor onlyInstruments(final IntPredicate wanted) {
        batches.only(wanted);
        return this;
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
        while (readChunk()) {
            final int count = batches.next();
            if (count > 0) {
                return count;
            }
        }
        return 0;
    }

    /**
     * Calls a handler for the next records, from inside the loop that decodes them: all that are left of a chunk.
     *
     * @param handler called for each record in order of sequence.
     * @return how many records it was called for, 0 at the end of the file; {@link #low()} and {@link #high()} tell
     *         which ones there are, those that are left out included, {@link #slots()} does not hold them.
     * @throws CorruptDataException if the next chunk is damaged; the call after this goes on behind it.
     * @throws IOException          if the file cannot be read.
     */
    public int nextEvents(final EventHandler handler) throws IOException {
        while (readChunk()) {
            final int count = batches.handle(handler);
            if (count > 0) {
                return count;
            }
        }
        return 0;
    }

    /**
     * Decodes the times of the next records and nothing else of them.
     *
     * @param timesNs receives nanoseconds since midnight, as many as there is room for or are left of a chunk.
     * @return how many there are, 0 at the end of the file; {@link #low()} and {@link #high()} tell of which records,
     *         {@link #slots()} does not hold them.
     * @throws CorruptDataException     if the next chunk is damaged; the call after this goes on behind it.
     * @throws IOException              if the file cannot be read.
     * @throws IllegalArgumentException if there is no room.
     */
    public int nextTimes(final long[] timesNs) throws IOException {
        if (timesNs.length == 0) {
            throw new IllegalArgumentException("timesNs has no room");
        }
        return readChunk() ? batches.times(timesNs) : 0;
    }

    /** Makes sure that there are rows, and says whether there are. */
    private boolean readChunk() throws IOException {
        while (!batches.hasNext()) {
            if (nextChunk == index.size()) {
                return false;
            }
            if (isSkipped[nextChunk]) {
                nextChunk++;
                // What is behind a chunk is behind the place in it.
                fromSequence = 0;
                fromTimeNs = Long.MIN_VALUE;
            } else {
                readNextChunk();
            }
        }
        return true;
    }

    private void readNextChunk() throws IOException {
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

    /**
     * How many records were passed over so far because of their {@linkplain #onlyInstruments instruments}.
     *
     * @return their number, chunks that were not read at all not included.
     */
    public long leftOutCount() {
        return batches.leftOutCount();
    }

    /** Gives the buffers back. */
    @Override
    public void close() {
        nextChunk = index.size();
        batches.clear();
        decoder.close();
    }
}
