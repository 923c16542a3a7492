package io.tapedeck.journal.format1;

import static io.tapedeck.journal.format1.Format1Descriptor.BYTE_ORDER;
import static io.tapedeck.journal.format1.Format1Descriptor.RECORD_LENGTH;

import io.tapedeck.codecs.qrsdp1.Qrsdp1RecordDescriptor;
import io.tapedeck.codecs.qrsdp1.QueueEventType;
import io.tapedeck.codecs.qrsdp1.QueueSide;
import io.tapedeck.journal.file.DirectMemory;
import io.tapedeck.journal.file.ReadableFile;
import java.io.IOException;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Turns one chunk at a time into records that keep the format's promises. Its two buffers grow to the largest chunk
 * met, never beyond {@link Format1Descriptor#MAX_BUFFER_BYTES} together; a chunk whose header promises more than its
 * bytes can hold is refused before anything is allocated for it.
 */
final class Format1ChunkDecoder implements AutoCloseable {
    private final LZ4SafeDecompressor decompressor = LZ4Factory.nativeInstance().safeDecompressor();
    private final ReadableFile file;
    private final Format1Header header;
    private final Format1ChunkHeader chunkHeader = new Format1ChunkHeader();
    private final UnsafeBuffer compressed = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer records = new UnsafeBuffer(0, 0);
    private long faultOffset;

    Format1ChunkDecoder(final ReadableFile file, final Format1Header header) {
        this.file = file;
        this.header = header;
    }

    /** The records of the chunk decoded last, one behind the other. */
    UnsafeBuffer records() {
        return records;
    }

    /** The header of the chunk decoded last. */
    Format1ChunkHeader chunkHeader() {
        return chunkHeader;
    }

    /** Where in the file the fault lies that {@link #decode} found. */
    long faultOffset() {
        return faultOffset;
    }

    /**
     * Decodes a chunk and checks it against the index, its own header and the rules for records.
     *
     * @return what is wrong with the chunk, as a clause, or null if nothing is.
     * @throws IOException if the file cannot be read.
     */
    String decode(final Format1Index index, final int chunk) throws IOException {
        chunkHeader.read(file, index.offset(chunk));
        faultOffset = chunkHeader.offset();
        String fault = chunkHeader.fault(header, index.end(chunk));
        if (fault == null) {
            fault = indexFault(index, chunk);
        }
        if (fault == null) {
            fault = inflate();
        }
        return fault == null ? recordsFault() : fault;
    }

    private String indexFault(final Format1Index index, final int chunk) {
        if (chunkHeader.end() != index.end(chunk)) {
            return "the chunk ends at offset " + chunkHeader.end() + ", the next part begins at " + index.end(chunk);
        }
        if (chunkHeader.recordCount() != index.recordCount(chunk)
                || chunkHeader.firstTimestampNs() != index.firstTimestampNs(chunk)
                || chunkHeader.lastTimestampNs() != index.lastTimestampNs(chunk)) {
            return "the chunk has " + chunkHeader.recordCount() + " records from " + chunkHeader.firstTimestampNs()
                    + " to " + chunkHeader.lastTimestampNs() + " ns, its index entry says "
                    + index.recordCount(chunk) + " from " + index.firstTimestampNs(chunk) + " to "
                    + index.lastTimestampNs(chunk);
        }
        return null;
    }

    private String inflate() throws IOException {
        final int compressedSize = chunkHeader.compressedSize();
        final int uncompressedSize = chunkHeader.uncompressedSize();
        DirectMemory.ensureCapacity(compressed, compressedSize);
        DirectMemory.ensureCapacity(records, uncompressedSize);
        file.read(chunkHeader.payloadOffset(), compressed, 0, compressedSize);
        faultOffset = chunkHeader.payloadOffset();
        final int inflated;
        try {
            inflated = decompressor.decompress(
                    compressed.byteBuffer(), 0, compressedSize, records.byteBuffer(), 0, uncompressedSize);
        } catch (final LZ4Exception ex) {
            return "the chunk's LZ4 block is malformed: " + ex.getMessage();
        }
        return inflated == uncompressedSize
                ? null
                : "the chunk's LZ4 block inflates to " + inflated + " bytes, must be " + uncompressedSize;
    }

    /** One pass over the chunk: a handler behind it may index by type and side, and a search may trust the order. */
    private String recordsFault() {
        final UnsafeBuffer records = this.records;
        final int count = chunkHeader.recordCount();
        long previousNs = chunkHeader.firstTimestampNs();
        for (int i = 0, at = 0; i < count; i++, at += RECORD_LENGTH) {
            final long timestampNs = records.getLong(at, BYTE_ORDER);
            final int type = records.getByte(at + Qrsdp1RecordDescriptor.TYPE_OFFSET);
            final int side = records.getByte(at + Qrsdp1RecordDescriptor.SIDE_OFFSET);
            if (timestampNs < previousNs || !QueueEventType.isValid(type) || !QueueSide.isValid(side)) {
                return "record " + i + " of the chunk has time " + Long.toUnsignedString(timestampNs) + " after "
                        + previousNs + ", type " + (type & 0xFF) + ", side " + (side & 0xFF)
                        + "; times may not fall, types are 0 to 5, sides 0 to 2";
            }
            previousNs = timestampNs;
        }
        final long firstTimestampNs = records.getLong(0, BYTE_ORDER);
        if (firstTimestampNs != chunkHeader.firstTimestampNs() || previousNs != chunkHeader.lastTimestampNs()) {
            return "the chunk's records run from " + firstTimestampNs + " to " + previousNs + " ns, its header says "
                    + chunkHeader.firstTimestampNs() + " to " + chunkHeader.lastTimestampNs();
        }
        return null;
    }

    @Override
    public void close() {
        DirectMemory.free(compressed);
        DirectMemory.free(records);
    }
}
