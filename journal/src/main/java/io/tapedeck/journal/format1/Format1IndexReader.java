package io.tapedeck.journal.format1;

import static io.tapedeck.journal.format1.Format1Descriptor.*;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.journal.check.Loss;
import io.tapedeck.journal.file.ReadableFile;
import java.io.IOException;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Finds the chunks of a file: in its index, or by walking from chunk header to chunk header. */
final class Format1IndexReader {
    private static final String REMEDY = "Repair the file to keep its whole chunks, or take another copy";
    private static final int ENTRIES_AT_A_TIME = 128;

    private final ReadableFile file;
    private final Format1Header header;
    private final UnsafeBuffer entries = new UnsafeBuffer(new byte[ENTRIES_AT_A_TIME * INDEX_ENTRY_LENGTH]);

    Format1IndexReader(final ReadableFile file, final Format1Header header) {
        this.file = file;
        this.header = header;
    }

    /**
     * Takes the index at the end of the file, with every value checked that can be checked without the chunks.
     *
     * @throws CorruptDataException if there is no such index.
     */
    Format1Index fromTail() throws IOException {
        final long tailOffset = file.length() - TAIL_LENGTH;
        if (tailOffset < HEADER_LENGTH) {
            throw corrupt(file.length(), "header_flags promises an index, and the file is too short for one");
        }
        file.read(tailOffset, entries, 0, TAIL_LENGTH);
        final int magic = entries.getInt(TAIL_MAGIC_OFFSET, BYTE_ORDER);
        if (magic != TAIL_MAGIC) {
            throw corrupt(tailOffset + TAIL_MAGIC_OFFSET, "tail magic is not QIDX");
        }
        final long chunkCount = entries.getInt(TAIL_CHUNK_COUNT_OFFSET, BYTE_ORDER) & 0xFFFF_FFFFL;
        final long indexStart = entries.getLong(TAIL_INDEX_START_OFFSET, BYTE_ORDER);
        final long rightStart = tailOffset - chunkCount * INDEX_ENTRY_LENGTH;
        if (indexStart != rightStart || chunkCount == 0 || indexStart < HEADER_LENGTH) {
            throw corrupt(
                    tailOffset,
                    "index_start_offset is " + Long.toUnsignedString(indexStart) + " and chunk_count " + chunkCount
                            + ", which does not fit a file of " + file.length() + " bytes");
        }
        return entries(indexStart, (int) chunkCount);
    }

    private Format1Index entries(final long indexStart, final int chunkCount) throws IOException {
        final Format1Index index = new Format1Index();
        for (int done = 0; done < chunkCount; done += ENTRIES_AT_A_TIME) {
            final int count = Math.min(ENTRIES_AT_A_TIME, chunkCount - done);
            final long position = indexStart + (long) done * INDEX_ENTRY_LENGTH;
            file.read(position, entries, 0, count * INDEX_ENTRY_LENGTH);
            for (int i = 0; i < count; i++) {
                addEntry(index, i * INDEX_ENTRY_LENGTH, position + (long) i * INDEX_ENTRY_LENGTH, indexStart);
            }
        }
        return index;
    }

    private void addEntry(final Format1Index index, final int at, final long entryOffset, final long indexStart) {
        final long chunkOffset = entries.getLong(at + ENTRY_CHUNK_OFFSET_OFFSET, BYTE_ORDER);
        final long firstTimestampNs = entries.getLong(at + ENTRY_FIRST_TIMESTAMP_NS_OFFSET, BYTE_ORDER);
        final long lastTimestampNs = entries.getLong(at + ENTRY_LAST_TIMESTAMP_NS_OFFSET, BYTE_ORDER);
        final int recordCount = entries.getInt(at + ENTRY_RECORD_COUNT_OFFSET, BYTE_ORDER);
        final int previous = index.size() - 1;
        final long leastOffset = previous < 0 ? HEADER_LENGTH : index.offset(previous) + CHUNK_HEADER_LENGTH + 1;
        final boolean firstMisplaced = previous < 0 && chunkOffset != HEADER_LENGTH;
        if (chunkOffset < leastOffset || chunkOffset > indexStart - CHUNK_HEADER_LENGTH || firstMisplaced) {
            throw corrupt(
                    entryOffset,
                    "index entry " + index.size() + ": chunk offset is " + Long.toUnsignedString(chunkOffset)
                            + ", must rise from " + leastOffset);
        }
        if (recordCount < 1 || recordCount > header.chunkCapacity()) {
            throw corrupt(
                    entryOffset + ENTRY_RECORD_COUNT_OFFSET,
                    "index entry " + index.size() + ": record_count is " + Integer.toUnsignedString(recordCount)
                            + ", must be 1 to chunk_capacity " + header.chunkCapacity());
        }
        final long leastTimestampNs = previous < 0 ? 0 : index.lastTimestampNs(previous);
        if (firstTimestampNs < leastTimestampNs || lastTimestampNs < firstTimestampNs) {
            throw corrupt(
                    entryOffset + ENTRY_FIRST_TIMESTAMP_NS_OFFSET,
                    "index entry " + index.size() + ": times run from " + Long.toUnsignedString(firstTimestampNs)
                            + " to " + Long.toUnsignedString(lastTimestampNs) + ", must not fall below "
                            + leastTimestampNs);
        }
        final int reserved = entries.getInt(at + ENTRY_RESERVED_OFFSET, BYTE_ORDER);
        if (reserved != 0) {
            throw corrupt(
                    entryOffset + ENTRY_RESERVED_OFFSET,
                    "index entry " + index.size() + ": reserved is " + Integer.toUnsignedString(reserved)
                            + ", must be 0");
        }
        index.endNewest(chunkOffset);
        index.add(chunkOffset, indexStart, firstTimestampNs, lastTimestampNs, recordCount);
    }

    /**
     * Walks the chunk headers from the first on, until the file ends or a header is impossible.
     *
     * @param losses receives what lies behind the last chunk, if anything does.
     */
    Format1Index walk(final List<Loss> losses) throws IOException {
        final Format1Index index = new Format1Index();
        final Format1ChunkHeader chunk = new Format1ChunkHeader();
        long offset = HEADER_LENGTH;
        long lastTimestampNs = 0;
        while (offset < file.length()) {
            final String fault = faultAt(chunk, offset, lastTimestampNs);
            if (fault != null) {
                losses.add(new Loss(offset, file.length() - offset, fault));
                break;
            }
            index.add(offset, chunk.end(), chunk.firstTimestampNs(), chunk.lastTimestampNs(), chunk.recordCount());
            lastTimestampNs = chunk.lastTimestampNs();
            offset = chunk.end();
        }
        return index;
    }

    private String faultAt(final Format1ChunkHeader chunk, final long offset, final long leastTimestampNs)
            throws IOException {
        if (offset + CHUNK_HEADER_LENGTH > file.length()) {
            return "the file ends inside a chunk header";
        }
        chunk.read(file, offset);
        // An entry of the index begins with the offset of a chunk: of the first one, 64 in the low half, 0 in the high.
        if (chunk.uncompressedSize() == HEADER_LENGTH && chunk.compressedSize() == 0) {
            return "the index, which was not finished; no records are lost here";
        }
        final String fault = chunk.fault(header, file.length());
        if (fault == null && chunk.firstTimestampNs() < leastTimestampNs) {
            return "first_ts_ns is " + chunk.firstTimestampNs() + ", must not fall below " + leastTimestampNs;
        }
        return fault;
    }

    private CorruptDataException corrupt(final long offset, final String fault) {
        return new CorruptDataException(file.path(), offset, fault, REMEDY);
    }
}
