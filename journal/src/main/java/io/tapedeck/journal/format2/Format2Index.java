package io.tapedeck.journal.format2;

import static io.tapedeck.journal.format2.Format2Descriptor.*;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Where the chunks of a file are and what is in them, in file order: the entries of the footer, byte for byte, and the
 * running maximum of the times. It takes up to 168 bytes of heap per chunk, where a chunk takes at least 105 of the file:
 * what a file makes a reader keep grows with the file, not with its claims.
 */
final class Format2Index {
    private static final int INITIAL_CAPACITY = 16;

    private final ExpandableArrayBuffer entries = new ExpandableArrayBuffer(INITIAL_CAPACITY * INDEX_ENTRY_LENGTH);
    private long[] greatestTimesNs = new long[INITIAL_CAPACITY];
    private int size;
    private long recordCount;

    /** Adds a chunk behind all others. */
    void add(final long offset, final Format2ChunkHeader header) {
        final int at = size * INDEX_ENTRY_LENGTH;
        entries.putLong(at + ENTRY_CHUNK_OFFSET_OFFSET, offset, BYTE_ORDER);
        entries.putBytes(
                at + PAYLOAD_CRC_OFFSET, header.buffer(), PAYLOAD_CRC_OFFSET, CHUNK_HEADER_LENGTH - PAYLOAD_CRC_OFFSET);
        if (size == greatestTimesNs.length) {
            greatestTimesNs = Arrays.copyOf(greatestTimesNs, 2 * size);
        }
        greatestTimesNs[size] =
                size == 0 ? header.greatestTimeNs() : Math.max(greatestTimesNs[size - 1], header.greatestTimeNs());
        recordCount += header.recordCount();
        size++;
    }

    int size() {
        return size;
    }

    /** How many records the chunks hold. */
    long recordCount() {
        return recordCount;
    }

    /** Points at the entry of a chunk. */
    Format2ChunkHeader entry(final int chunk, final Format2ChunkHeader header) {
        return header.wrap(entries, chunk * INDEX_ENTRY_LENGTH);
    }

    Format2Chunk describe(final int chunk) {
        final Format2ChunkHeader entry = entry(chunk, new Format2ChunkHeader());
        return new Format2Chunk(
                offset(chunk),
                entry.length(),
                entry.firstSequence(),
                entry.recordCount(),
                entry.firstTimeNs(),
                entry.lastTimeNs(),
                entry.leastTimeNs(),
                entry.greatestTimeNs(),
                entry.contents());
    }

    /** Whether a chunk header is the one that the entry was made of. */
    boolean isSame(final int chunk, final Format2ChunkHeader header) {
        final DirectBuffer bytes = header.buffer();
        final int at = chunk * INDEX_ENTRY_LENGTH;
        for (int i = PAYLOAD_CRC_OFFSET; i < CHUNK_HEADER_LENGTH; i += Long.BYTES) {
            if (bytes.getLong(i) != entries.getLong(at + i)) {
                return false;
            }
        }
        return true;
    }

    long offset(final int chunk) {
        return entries.getLong(chunk * INDEX_ENTRY_LENGTH + ENTRY_CHUNK_OFFSET_OFFSET, BYTE_ORDER);
    }

    /** Offset behind the chunk's last byte. */
    long end(final int chunk) {
        return offset(chunk)
                + CHUNK_HEADER_LENGTH
                + entries.getInt(chunk * INDEX_ENTRY_LENGTH + PAYLOAD_LENGTH_OFFSET, BYTE_ORDER);
    }

    long firstSequence(final int chunk) {
        return entries.getLong(chunk * INDEX_ENTRY_LENGTH + FIRST_SEQUENCE_OFFSET, BYTE_ORDER);
    }

    long lastSequence(final int chunk) {
        return firstSequence(chunk) + recordCount(chunk) - 1;
    }

    /** Sequence of the last record of all, or 0. */
    long lastSequence() {
        return size == 0 ? 0 : lastSequence(size - 1);
    }

    int recordCount(final int chunk) {
        return entries.getInt(chunk * INDEX_ENTRY_LENGTH + RECORD_COUNT_OFFSET, BYTE_ORDER);
    }

    /** The first chunk that holds a record with this sequence or a greater one, or {@link #size()}. */
    int chunkOfSequence(final long sequence) {
        int low = 0;
        int high = size;
        while (low < high) {
            final int middle = (low + high) >>> 1;
            if (lastSequence(middle) < sequence) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The first chunk that holds a record at or after the time, or {@link #size()}; times may fall between chunks. */
    int chunkOfTime(final long timeNs) {
        int low = 0;
        int high = size;
        while (low < high) {
            final int middle = (low + high) >>> 1;
            if (greatestTimesNs[middle] < timeNs) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * Writes the footer that belongs to these chunks.
     *
     * @param bytes       receives it from 0 on; has {@link Format2Descriptor#footerLength} bytes.
     * @param indexOffset where in the file the footer will stand.
     * @param contentHash of all records, in order.
     */
    void encodeFooter(final ByteBuffer bytes, final long indexOffset, final byte[] contentHash) {
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        final int tail = FOOTER_HEAD_LENGTH + size * INDEX_ENTRY_LENGTH;
        buffer.putInt(FOOTER_MAGIC_OFFSET, FOOTER_MAGIC, BYTE_ORDER);
        buffer.putInt(FOOTER_CHUNK_COUNT_OFFSET, size, BYTE_ORDER);
        buffer.putBytes(FOOTER_HEAD_LENGTH, entries, 0, size * INDEX_ENTRY_LENGTH);
        buffer.putBytes(tail + TAIL_HASH_OFFSET, contentHash, 0, HASH_LENGTH);
        buffer.putLong(tail + TAIL_RECORD_COUNT_OFFSET, recordCount, BYTE_ORDER);
        buffer.putLong(tail + TAIL_INDEX_OFFSET_OFFSET, indexOffset, BYTE_ORDER);
        buffer.putInt(tail + TAIL_CHUNK_COUNT_OFFSET, size, BYTE_ORDER);
        buffer.putInt(tail + TAIL_FLAGS_OFFSET, lastSequence() == recordCount ? 0 : FLAG_GAPS, BYTE_ORDER);
        buffer.putInt(tail + TAIL_CRC_OFFSET, new Crc32c().of(bytes, 0, tail + TAIL_CRC_OFFSET), BYTE_ORDER);
        buffer.putInt(tail + TAIL_MAGIC_OFFSET, TAIL_MAGIC, BYTE_ORDER);
        bytes.clear();
    }
}
