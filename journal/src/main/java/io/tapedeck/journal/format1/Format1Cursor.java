package io.tapedeck.journal.format1;

import static io.tapedeck.journal.format1.Format1Descriptor.BYTE_ORDER;
import static io.tapedeck.journal.format1.Format1Descriptor.RECORD_LENGTH;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.codecs.qrsdp1.Qrsdp1RecordDescriptor;
import io.tapedeck.codecs.qrsdp1.Qrsdp1RecordFlyweight;
import java.io.IOException;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A position in a file, moved on by its owner: record by record, or batch by batch where a batch is what a chunk gives.
 * It has buffers of its own, so several cursors of one reader may be used in turn. Allocates only when it meets a chunk
 * larger than all before.
 *
 * <p><b>Note:</b> all cursors of a reader belong to one thread, and are closed before it.
 */
public final class Format1Cursor implements AutoCloseable {
    private final Format1Reader reader;
    private final Format1Index index;
    private final Format1ChunkDecoder decoder;
    private final Qrsdp1RecordFlyweight record = new Qrsdp1RecordFlyweight();
    private long fromNs;
    private long toNs;
    private int nextChunk;
    private int batchStart;
    private int batchCount;
    private int nextInBatch;
    private long batchFirstRecord;

    Format1Cursor(final Format1Reader reader, final Format1Index index, final Format1ChunkDecoder decoder) {
        this.reader = reader;
        this.index = index;
        this.decoder = decoder;
        seek(0, Long.MAX_VALUE);
    }

    /**
     * Places the cursor before the first record of a time range. The first chunk is found by binary search; records
     * with the same time as a bound are inside, in however many chunks they are.
     *
     * @param fromNs first time wanted, nanoseconds since midnight.
     * @param toNs   last time wanted; a range that ends before it begins is empty.
     * @return this.
     */
    public Format1Cursor seek(final long fromNs, final long toNs) {
        this.fromNs = fromNs;
        this.toNs = toNs;
        nextChunk = index.chunkAtOrAfter(fromNs);
        batchCount = 0;
        nextInBatch = 0;
        return this;
    }

    /**
     * Decodes the next chunk that has records in the range.
     *
     * @return how many records the batch has, 0 at the end of the range.
     * @throws CorruptDataException if the chunk is damaged; the next call goes on behind it.
     * @throws IOException          if the file cannot be read.
     */
    public int nextBatch() throws IOException {
        nextInBatch = 0;
        batchCount = 0;
        while (nextChunk < index.size() && index.firstTimestampNs(nextChunk) <= toNs) {
            final int chunk = nextChunk++;
            reader.requireWhole(decoder.decode(index, chunk), decoder.faultOffset());
            final int records = index.recordCount(chunk);
            final int start = index.firstTimestampNs(chunk) >= fromNs ? 0 : firstAtOrAfter(fromNs, records);
            final int end = index.lastTimestampNs(chunk) <= toNs ? records : firstAtOrAfter(toNs + 1, records);
            if (end > start) {
                batchStart = start;
                batchCount = end - start;
                batchFirstRecord = index.firstRecord(chunk) + start;
                return batchCount;
            }
        }
        return 0;
    }

    private int firstAtOrAfter(final long timestampNs, final int records) {
        final UnsafeBuffer buffer = decoder.records();
        int low = 0;
        int high = records;
        while (low < high) {
            final int middle = (low + high) >>> 1;
            final int at = middle * RECORD_LENGTH + Qrsdp1RecordDescriptor.TIMESTAMP_NS_OFFSET;
            if (buffer.getLong(at, BYTE_ORDER) < timestampNs) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * The buffer that holds the batch: record {@code i} begins at {@link #batchOffset()} + {@code i} x
     * {@link Format1Descriptor#RECORD_LENGTH}.
     *
     * @return valid until the cursor moves to another batch.
     */
    public UnsafeBuffer batch() {
        return decoder.records();
    }

    /**
     * Where in {@link #batch()} the first record of the batch begins.
     *
     * @return offset in bytes.
     */
    public int batchOffset() {
        return batchStart * RECORD_LENGTH;
    }

    /**
     * The number of the batch's first record in the file.
     *
     * @return from 0; chunks that recovery has left out are not counted.
     */
    public long batchFirstRecord() {
        return batchFirstRecord;
    }

    /**
     * Moves to the next record, through batch after batch.
     *
     * @return false at the end of the range.
     * @throws CorruptDataException if the next chunk is damaged.
     * @throws IOException          if the file cannot be read.
     */
    public boolean next() throws IOException {
        if (nextInBatch == batchCount && nextBatch() == 0) {
            return false;
        }
        record.wrap(decoder.records(), (batchStart + nextInBatch) * RECORD_LENGTH);
        nextInBatch++;
        return true;
    }

    /**
     * The record that {@link #next()} moved to.
     *
     * @return always the same flyweight.
     */
    public Qrsdp1RecordFlyweight record() {
        return record;
    }

    /** Gives the buffers back. */
    @Override
    public void close() {
        nextChunk = index.size();
        batchCount = 0;
        nextInBatch = 0;
        decoder.close();
    }
}
