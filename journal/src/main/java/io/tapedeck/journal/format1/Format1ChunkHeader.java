package io.tapedeck.journal.format1;

import static io.tapedeck.journal.format1.Format1Descriptor.*;

import io.tapedeck.journal.file.ReadableFile;
import java.io.IOException;
import org.agrona.concurrent.UnsafeBuffer;

/** One chunk header at a time, read from a file and judged before anything believes it. Reused. */
final class Format1ChunkHeader {
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[CHUNK_HEADER_LENGTH]);
    private long offset;

    void read(final ReadableFile file, final long offset) throws IOException {
        this.offset = offset;
        file.read(offset, buffer, 0, CHUNK_HEADER_LENGTH);
    }

    long offset() {
        return offset;
    }

    int uncompressedSize() {
        return buffer.getInt(UNCOMPRESSED_SIZE_OFFSET, BYTE_ORDER);
    }

    int compressedSize() {
        return buffer.getInt(COMPRESSED_SIZE_OFFSET, BYTE_ORDER);
    }

    int recordCount() {
        return buffer.getInt(CHUNK_RECORD_COUNT_OFFSET, BYTE_ORDER);
    }

    int flags() {
        return buffer.getInt(CHUNK_FLAGS_OFFSET, BYTE_ORDER);
    }

    long firstTimestampNs() {
        return buffer.getLong(CHUNK_FIRST_TIMESTAMP_NS_OFFSET, BYTE_ORDER);
    }

    long lastTimestampNs() {
        return buffer.getLong(CHUNK_LAST_TIMESTAMP_NS_OFFSET, BYTE_ORDER);
    }

    /** Where the chunk's LZ4 block begins. */
    long payloadOffset() {
        return offset + CHUNK_HEADER_LENGTH;
    }

    /** Where the chunk ends; only of a header without a fault. */
    long end() {
        return payloadOffset() + compressedSize();
    }

    /**
     * What makes this header impossible.
     *
     * @param header of the file.
     * @param limit  offset that the chunk may not reach beyond.
     * @return a clause with the value found and the values that would be right, or null if nothing is wrong.
     */
    String fault(final Format1Header header, final long limit) {
        final int count = recordCount();
        if (count < 1 || count > header.chunkCapacity()) {
            return "record_count is " + Integer.toUnsignedString(count) + ", must be 1 to chunk_capacity "
                    + header.chunkCapacity();
        }
        if (uncompressedSize() != count * RECORD_LENGTH) {
            return "uncompressed_size is " + Integer.toUnsignedString(uncompressedSize()) + ", must be "
                    + count * RECORD_LENGTH + " for " + count + " records";
        }
        final int compressed = compressedSize();
        final long least = (uncompressedSize() + MAX_LZ4_EXPANSION - 1) / MAX_LZ4_EXPANSION;
        if (compressed < least || compressed > maxCompressedLength(count)) {
            return "compressed_size is " + Integer.toUnsignedString(compressed) + ", must be " + least + " to "
                    + maxCompressedLength(count) + " for " + count + " records";
        }
        if (end() > limit) {
            return "compressed_size is " + compressed + ", only " + (limit - payloadOffset()) + " bytes are left";
        }
        if (flags() != 0) {
            return "chunk_flags is " + Integer.toUnsignedString(flags()) + ", must be 0";
        }
        if (firstTimestampNs() < 0 || lastTimestampNs() < firstTimestampNs()) {
            return "times run from " + Long.toUnsignedString(firstTimestampNs()) + " to "
                    + Long.toUnsignedString(lastTimestampNs()) + ", must not be negative nor fall";
        }
        return null;
    }
}
