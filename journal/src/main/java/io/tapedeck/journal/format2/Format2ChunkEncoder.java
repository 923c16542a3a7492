package io.tapedeck.journal.format2;

import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;
import static io.tapedeck.journal.format2.Format2Descriptor.*;

import java.nio.ByteBuffer;
import net.jpountz.lz4.LZ4Compressor;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Gathers slots outside the heap and makes a chunk of them. Allocates nothing once it has met the largest chunk: to begin
 * a file with memory for the worst that a chunk can be takes as long as to encode tens of thousands of records.
 */
final class Format2ChunkEncoder implements AutoCloseable {
    /** A section is compressed if that makes it smaller by this part of it. */
    private static final int LEAST_GAIN = 20;

    /** So many slots are worth a look at the place where they are. */
    private static final int LEAST_DIRECT = 64;

    private static final int MOST_GATHERED = 256;

    /** Bytes of a record before LZ4, and some room. */
    private static final int USUAL_RECORD_LENGTH = 8;

    private final LZ4Compressor compressor;
    private final Crc32c crc = new Crc32c();
    private final Format2ChunkHeader header = new Format2ChunkHeader();
    private final int capacity;

    /** Slots that came a few at a time. */
    private final ByteBuffer gathered = ByteBuffer.allocateDirect(MOST_GATHERED * SLOT_LENGTH);

    private final StagedColumns columns;
    private final RunExaminer examiner;
    private final ColumnPacker packer;
    private final UnsafeBuffer chunk = new UnsafeBuffer(0, 0);
    private ByteBuffer chunkBytes;
    private int gatheredCount;
    private int count;

    /**
     * An encoder without records.
     *
     * @param capacity most records of a chunk.
     */
    Format2ChunkEncoder(final int capacity, final Compression compression) {
        this.capacity = capacity;
        compressor = compression.compressor();
        columns = new StagedColumns(capacity);
        examiner = new RunExaminer(columns);
        packer = new ColumnPacker(columns);
        allocateChunk(CHUNK_HEADER_LENGTH + capacity * USUAL_RECORD_LENGTH);
        drop();
    }

    private void allocateChunk(final int length) {
        chunkBytes = ByteBuffer.allocateDirect(length);
        chunk.wrap(chunkBytes);
        header.wrap(chunk, 0);
    }

    int count() {
        return count;
    }

    /** How many slots the chunk still takes. */
    int room() {
        return capacity - count;
    }

    /**
     * Takes slots, no more than there is room for.
     *
     * @param address of them outside the heap, one behind the other.
     */
    void add(final long address, final int slotCount) {
        if (slotCount >= LEAST_DIRECT) {
            drain();
            examiner.examine(address, slotCount);
        } else {
            gather(address, slotCount);
        }
        count += slotCount;
    }

    private void gather(final long address, final int slotCount) {
        if (slotCount > MOST_GATHERED - gatheredCount) {
            drain();
        }
        final int at = gatheredCount * SLOT_LENGTH;
        UnsafeApi.copyMemory(address, BufferUtil.address(gathered) + at, (long) slotCount * SLOT_LENGTH);
        gatheredCount += slotCount;
    }

    /** Examines what was gathered. */
    private void drain() {
        if (gatheredCount > 0) {
            examiner.examine(BufferUtil.address(gathered), gatheredCount);
            gatheredCount = 0;
        }
    }

    /**
     * Makes the chunk of the slots, of which there is at least one, and begins the next one.
     *
     * @return the chunk's bytes, from 0 to the limit; valid until the next call.
     */
    ByteBuffer encode() {
        pack();
        return assemble();
    }

    /** Makes the columns, the first half of {@link #encode}. */
    void pack() {
        drain();
        packer.pack();
    }

    /** Compresses the columns and makes the chunk of them, the other half. */
    ByteBuffer assemble() {
        reserveChunk();
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
        drop();
        return chunkBytes;
    }

    /** Begins the next chunk. */
    void drop() {
        columns.clear();
        examiner.clear();
        gatheredCount = 0;
        count = 0;
    }

    /** Makes room for the payload, and behind it for what LZ4 can make of its last section at worst. */
    private void reserveChunk() {
        int length =
                CHUNK_HEADER_LENGTH + ColumnDescriptor.HEAD_LENGTH + packer.formCount() * ColumnDescriptor.FORM_LENGTH;
        int longest = 0;
        for (int section = 0; section < ColumnDescriptor.SECTION_COUNT; section++) {
            length += packer.sectionLength(section);
            longest = Math.max(longest, packer.sectionLength(section));
        }
        length += longest / 128 + 128;
        if (length > chunkBytes.capacity()) {
            final ByteBuffer less = chunkBytes;
            allocateChunk(length + length / 4);
            BufferUtil.free(less);
        }
    }

    private int putPayload() {
        packer.putHead(chunk, CHUNK_HEADER_LENGTH);
        int at = CHUNK_HEADER_LENGTH + ColumnDescriptor.HEAD_LENGTH + packer.formCount() * ColumnDescriptor.FORM_LENGTH;
        for (int section = 0; section < ColumnDescriptor.SECTION_COUNT; section++) {
            final int length = packer.sectionLength(section);
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
                    packer.sectionMemory(section).byteBuffer(),
                    packer.sectionOffset(section),
                    length,
                    chunkBytes,
                    at,
                    chunkBytes.capacity() - at);
            if (stored <= length - length / LEAST_GAIN - 1) {
                return stored;
            }
        }
        chunk.putBytes(at, packer.sectionMemory(section), packer.sectionOffset(section), length);
        return length;
    }

    private void putStatistics() {
        chunk.putLong(FIRST_SEQUENCE_OFFSET, columns.firstSequence, BYTE_ORDER);
        chunk.putLong(FIRST_TIME_OFFSET, columns.firstTimeNs, BYTE_ORDER);
        chunk.putLong(LAST_TIME_OFFSET, columns.lastTimeNs, BYTE_ORDER);
        chunk.putLong(LEAST_TIME_OFFSET, columns.leastTimeNs, BYTE_ORDER);
        chunk.putLong(GREATEST_TIME_OFFSET, columns.greatestTimeNs, BYTE_ORDER);
        columns.contents.put(chunk, 0);
    }

    /** The header of the chunk encoded last. */
    Format2ChunkHeader header() {
        return header;
    }

    @Override
    public void close() {
        BufferUtil.free(gathered);
        BufferUtil.free(chunkBytes);
        examiner.close();
        packer.close();
        columns.close();
    }
}
