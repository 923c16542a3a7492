package io.tapedeck.journal.format2;

import io.tapedeck.codecs.record.SlotArray;
import java.nio.ByteBuffer;

/**
 * What a {@link Format2Writer} does with its records, stage by stage and without a file, so that it can be measured where
 * the time goes. The chunks are those that a writer makes of the same records.
 *
 * <p>For each chunk: {@link #hash} and {@link #examine} its records in batches, {@link #pack}, {@link #assemble}. Without
 * the stages behind it, a chunk ends with {@link #drop}.
 *
 * <p><b>Note:</b> belongs to one thread. Allocates nothing per record.
 */
public final class Format2Stages implements AutoCloseable {
    private final ContentHash contentHash = new ContentHash();
    private final Format2ChunkEncoder chunk;
    private long lastSequence;

    /**
     * Begins before the first record, with {@link Compression#LZ4}.
     *
     * @param chunkCapacity records per chunk, 1 to {@link Format2Descriptor#MAX_CHUNK_CAPACITY}.
     */
    public Format2Stages(final int chunkCapacity) {
        chunk = new Format2ChunkEncoder(chunkCapacity, Compression.LZ4);
    }

    /**
     * Checks and hashes the next records.
     *
     * @param slots holds them, one behind the other without a leap to the beginning of the array.
     * @param low   ring sequence of the first one.
     * @param count of them, 1 to {@link ContentHash#BLOCK_RECORDS} less those of the present block.
     * @return whether all are events, of the sequences behind the last ones; if not, none is hashed.
     */
    public boolean hash(final SlotArray slots, final long low, final int count) {
        final boolean areEvents = contentHash.updateEvents(slots.buffer(), slots.offset(low), count, lastSequence + 1);
        lastSequence += count;
        return areEvents;
    }

    /**
     * Looks at records: what each is and what it needs.
     *
     * @param slots holds them, one behind the other without a leap to the beginning of the array.
     * @param low   ring sequence of the first one.
     * @param count of them, no more than the chunk still takes.
     */
    public void examine(final SlotArray slots, final long low, final int count) {
        chunk.add(slots.buffer().addressOffset() + slots.offset(low), count);
    }

    /** Chooses widths and forms for the examined records, of which there is at least one, and packs them. */
    public void pack() {
        chunk.pack();
    }

    /**
     * Compresses what was packed, makes the chunk of it, and begins the next one.
     *
     * @return the chunk's bytes, from 0 to the limit; valid until the next call.
     */
    public ByteBuffer assemble() {
        return chunk.assemble();
    }

    /** Takes the next record for the first one of a tape. */
    public void rewind() {
        lastSequence = 0;
    }

    /** Begins the next chunk without making this one. */
    public void drop() {
        chunk.drop();
    }

    @Override
    public void close() {
        chunk.close();
    }
}
