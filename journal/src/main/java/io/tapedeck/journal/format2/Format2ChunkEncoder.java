package io.tapedeck.journal.format2;

import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;
import static io.tapedeck.journal.format2.Format2Descriptor.*;

import java.nio.ByteBuffer;
import net.jpountz.lz4.LZ4Compressor;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Gathers slots outside the heap and makes a chunk of them. Allocates nothing once it has met the largest chunk. */
final class Format2ChunkEncoder implements AutoCloseable {
    /** A section is compressed if that makes it smaller by this part of it. */
    private static final int LEAST_GAIN = 20;

    private final LZ4Compressor compressor;
    private final Crc32c crc = new Crc32c();
    private final Format2ChunkHeader header = new Format2ChunkHeader();
    private final int capacity;
    private final ContentHash contentHash;
    private final ByteBuffer stagedBytes = ByteBuffer.allocateDirect(ContentHash.BLOCK_RECORDS * SLOT_LENGTH);
    private final UnsafeBuffer staged = new UnsafeBuffer(stagedBytes);
    private final ColumnEncoder columns;
    private final ByteBuffer chunkBytes;
    private final UnsafeBuffer chunk;
    private int stagedCount;
    private int count;

    /**
     * An encoder without records.
     *
     * @param contentHash takes in every record that is added, at the latest when its chunk is made.
     */
    Format2ChunkEncoder(final int capacity, final Compression compression, final ContentHash contentHash) {
        this.capacity = capacity;
        this.contentHash = contentHash;
        compressor = compression.compressor();
        columns = new ColumnEncoder(capacity);
        // Behind the payload there is room for what LZ4 can make of its last section at worst.
        final int slack = ColumnDescriptor.maxLength(ColumnDescriptor.EXTRAS, capacity) / 128 + 128;
        chunkBytes =
                ByteBuffer.allocateDirect(CHUNK_HEADER_LENGTH + ColumnDescriptor.maxPayloadLength(capacity) + slack);
        chunk = new UnsafeBuffer(chunkBytes);
        header.wrap(chunk, 0);
        columns.begin();
    }

    int count() {
        return count;
    }

    /** How many slots the chunk still takes. */
    int room() {
        return capacity - count;
    }

    /** Takes slots that lie one behind the other, no more than there is room for. */
    void add(final DirectBuffer source, final int offset, final int slotCount) {
        int at = offset;
        int left = slotCount;
        while (left > 0) {
            final int taken = Math.min(left, ContentHash.BLOCK_RECORDS - stagedCount);
            staged.putBytes(stagedCount * SLOT_LENGTH, source, at, taken * SLOT_LENGTH);
            stagedCount += taken;
            if (stagedCount == ContentHash.BLOCK_RECORDS) {
                drain();
            }
            at += taken * SLOT_LENGTH;
            left -= taken;
        }
        count += slotCount;
    }

    /** Hashes and examines what was gathered, while it is in the cache. */
    private void drain() {
        if (stagedCount > 0) {
            contentHash.update(staged, 0, stagedCount);
            columns.add(staged, stagedCount);
            stagedCount = 0;
        }
    }

    /**
     * Makes the chunk of the slots, of which there is at least one, and begins the next one.
     *
     * @return the chunk's bytes, from 0 to the limit; valid until the next call.
     */
    ByteBuffer encode() {
        drain();
        columns.finish();
        final int payloadLength = putPayload();
        chunk.putInt(CHUNK_MAGIC_OFFSET, CHUNK_MAGIC, BYTE_ORDER);
        chunk.putInt(PAYLOAD_CRC_OFFSET, crc.of(chunkBytes, CHUNK_HEADER_LENGTH, payloadLength), BYTE_ORDER);
        chunk.putInt(PAYLOAD_LENGTH_OFFSET, payloadLength, BYTE_ORDER);
        chunk.putInt(RECORD_COUNT_OFFSET, count, BYTE_ORDER);
        chunk.putInt(CHUNK_RESERVED_OFFSET, 0, BYTE_ORDER);
        putStatistics();
        final int headerCrc = crc.of(chunkBytes, PAYLOAD_CRC_OFFSET, CHUNK_HEADER_LENGTH - PAYLOAD_CRC_OFFSET);
        chunk.putInt(CHUNK_HEADER_CRC_OFFSET, headerCrc, BYTE_ORDER);
        chunkBytes.clear().limit(CHUNK_HEADER_LENGTH + payloadLength);
        columns.begin();
        count = 0;
        return chunkBytes;
    }

    private int putPayload() {
        columns.putHead(chunk, CHUNK_HEADER_LENGTH);
        int at =
                CHUNK_HEADER_LENGTH + ColumnDescriptor.HEAD_LENGTH + columns.formCount() * ColumnDescriptor.FORM_LENGTH;
        for (int section = 0; section < ColumnDescriptor.SECTION_COUNT; section++) {
            final int length = columns.sectionLength(section);
            final int stored = putSection(section, length, at);
            final int entry = CHUNK_HEADER_LENGTH
                    + ColumnDescriptor.SECTIONS_OFFSET
                    + section * ColumnDescriptor.SECTION_ENTRY_LENGTH;
            chunk.putInt(entry, length, BYTE_ORDER);
            chunk.putInt(entry + Integer.BYTES, stored, BYTE_ORDER);
            at += stored;
        }
        return at - CHUNK_HEADER_LENGTH;
    }

    /** Puts a section, compressed if that pays, and gives the length that it takes. */
    private int putSection(final int section, final int length, final int at) {
        if (compressor != null && length > 0) {
            final int stored = compressor.compress(
                    columns.sections().byteBuffer(),
                    columns.sectionOffset(section),
                    length,
                    chunkBytes,
                    at,
                    chunkBytes.capacity() - at);
            if (stored <= length - length / LEAST_GAIN - 1) {
                return stored;
            }
        }
        chunk.putBytes(at, columns.sections(), columns.sectionOffset(section), length);
        return length;
    }

    private void putStatistics() {
        chunk.putLong(FIRST_SEQUENCE_OFFSET, columns.firstSequence(), BYTE_ORDER);
        chunk.putLong(FIRST_TIME_OFFSET, columns.firstTimeNs(), BYTE_ORDER);
        chunk.putLong(LAST_TIME_OFFSET, columns.lastTimeNs(), BYTE_ORDER);
        chunk.putLong(LEAST_TIME_OFFSET, columns.leastTimeNs(), BYTE_ORDER);
        chunk.putLong(GREATEST_TIME_OFFSET, columns.greatestTimeNs(), BYTE_ORDER);
        columns.contents().put(chunk, 0);
    }

    /** The header of the chunk encoded last. */
    Format2ChunkHeader header() {
        return header;
    }

    @Override
    public void close() {
        BufferUtil.free(stagedBytes);
        BufferUtil.free(chunkBytes);
        columns.close();
    }
}
