package io.tapedeck.journal.format2;

import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_TIME_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SEQUENCE_OFFSET;
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
    private final ByteBuffer slotBytes;
    private final UnsafeBuffer slots;
    private final ColumnEncoder columns;
    private final ByteBuffer chunkBytes;
    private final UnsafeBuffer chunk;
    private int count;

    Format2ChunkEncoder(final int capacity, final Compression compression) {
        this.capacity = capacity;
        compressor = compression.compressor();
        slotBytes = ByteBuffer.allocateDirect(capacity * SLOT_LENGTH);
        slots = new UnsafeBuffer(slotBytes);
        columns = new ColumnEncoder(capacity);
        // Behind the payload there is room for what LZ4 can make of the last section at worst.
        chunkBytes = ByteBuffer.allocateDirect(CHUNK_HEADER_LENGTH + 2 * ColumnDescriptor.maxPayloadLength(capacity));
        chunk = new UnsafeBuffer(chunkBytes);
        header.wrap(chunk, 0);
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
        slots.putBytes(count * SLOT_LENGTH, source, offset, slotCount * SLOT_LENGTH);
        count += slotCount;
    }

    /**
     * Makes the chunk of the slots, of which there is at least one, and begins the next one.
     *
     * @param contentHash takes in the slots.
     * @return the chunk's bytes, from 0 to the limit; valid until the next call.
     */
    ByteBuffer encode(final ContentHash contentHash) {
        contentHash.update(slots, 0, count);
        columns.encode(slots, count);
        final int payloadLength = putPayload();
        chunk.putInt(CHUNK_MAGIC_OFFSET, CHUNK_MAGIC, BYTE_ORDER);
        chunk.putInt(PAYLOAD_CRC_OFFSET, crc.of(chunkBytes, CHUNK_HEADER_LENGTH, payloadLength), BYTE_ORDER);
        chunk.putInt(PAYLOAD_LENGTH_OFFSET, payloadLength, BYTE_ORDER);
        chunk.putLong(FIRST_SEQUENCE_OFFSET, slots.getLong(SEQUENCE_OFFSET, BYTE_ORDER), BYTE_ORDER);
        chunk.putInt(RECORD_COUNT_OFFSET, count, BYTE_ORDER);
        chunk.putInt(CHUNK_RESERVED_OFFSET, 0, BYTE_ORDER);
        putStatistics();
        final int headerCrc = crc.of(chunkBytes, PAYLOAD_CRC_OFFSET, CHUNK_HEADER_LENGTH - PAYLOAD_CRC_OFFSET);
        chunk.putInt(CHUNK_HEADER_CRC_OFFSET, headerCrc, BYTE_ORDER);
        chunkBytes.clear().limit(CHUNK_HEADER_LENGTH + payloadLength);
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
        final int last = (count - 1) * SLOT_LENGTH;
        chunk.putLong(FIRST_TIME_OFFSET, slots.getLong(EVENT_TIME_OFFSET, BYTE_ORDER), BYTE_ORDER);
        chunk.putLong(LAST_TIME_OFFSET, slots.getLong(last + EVENT_TIME_OFFSET, BYTE_ORDER), BYTE_ORDER);
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
        BufferUtil.free(slotBytes);
        BufferUtil.free(chunkBytes);
        columns.close();
    }
}
