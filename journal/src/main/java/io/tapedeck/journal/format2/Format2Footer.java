package io.tapedeck.journal.format2;

import static io.tapedeck.journal.format2.Format2Descriptor.*;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.journal.file.ReadableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What stands behind the chunks.
 *
 * @param index       of the chunks.
 * @param indexOffset where the footer begins in the file.
 * @param contentHash of all records.
 */
record Format2Footer(Format2Index index, long indexOffset, byte[] contentHash) {
    private static final String REMEDY = "Repair the file to keep its whole chunks, or take another copy";
    private static final int ENTRIES_AT_A_TIME = 128;

    /**
     * Reads the footer at the end of a file, with every value checked that can be checked without the chunks.
     *
     * @param dataOffset    where the first chunk begins, or -1 if the header is damaged and that is not known.
     * @param chunkCapacity of the file.
     * @throws CorruptDataException if there is no such footer.
     * @throws IOException          if the file cannot be read.
     */
    static Format2Footer read(final ReadableFile file, final long dataOffset, final int chunkCapacity)
            throws IOException {
        final long tailOffset = file.length() - TAIL_LENGTH;
        final long leastOffset = Math.max(dataOffset, HEADER_LENGTH);
        if (tailOffset < leastOffset + FOOTER_HEAD_LENGTH) {
            throw notClosed(file);
        }
        final ByteBuffer tailBytes = ByteBuffer.allocate(TAIL_LENGTH);
        final UnsafeBuffer tail = new UnsafeBuffer(tailBytes);
        file.read(tailOffset, tail, 0, TAIL_LENGTH);
        if (tail.getInt(TAIL_MAGIC_OFFSET, BYTE_ORDER) != TAIL_MAGIC) {
            throw notClosed(file);
        }
        final int chunkCount = tail.getInt(TAIL_CHUNK_COUNT_OFFSET, BYTE_ORDER);
        final long indexOffset = tail.getLong(TAIL_INDEX_OFFSET_OFFSET, BYTE_ORDER);
        final boolean fits = chunkCount >= 0
                && chunkCount <= MAX_CHUNKS
                && indexOffset == file.length() - footerLength(chunkCount)
                && indexOffset >= leastOffset + (long) chunkCount * CHUNK_HEADER_LENGTH;
        if (!fits) {
            throw corrupt(
                    file,
                    tailOffset,
                    "index offset is " + Long.toUnsignedString(indexOffset) + " and chunk count "
                            + Integer.toUnsignedString(chunkCount) + ", which does not fit a file of " + file.length()
                            + " bytes");
        }
        requireChecksum(file, indexOffset, tail.getInt(TAIL_CRC_OFFSET, BYTE_ORDER));
        final Format2Index index = readEntries(file, indexOffset, chunkCount, dataOffset, chunkCapacity);
        requireCounts(file, tailOffset, tail, index);
        final byte[] contentHash = new byte[HASH_LENGTH];
        tail.getBytes(TAIL_HASH_OFFSET, contentHash);
        return new Format2Footer(index, indexOffset, contentHash);
    }

    private static void requireChecksum(final ReadableFile file, final long indexOffset, final int stored)
            throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(ENTRIES_AT_A_TIME * INDEX_ENTRY_LENGTH);
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        final CRC32C crc = new CRC32C();
        final long end = file.length() - TAIL_LENGTH + TAIL_CRC_OFFSET;
        for (long at = indexOffset; at < end; at += bytes.capacity()) {
            final int length = (int) Math.min(bytes.capacity(), end - at);
            file.read(at, buffer, 0, length);
            crc.update(bytes.clear().limit(length));
        }
        if ((int) crc.getValue() != stored) {
            throw corrupt(file, indexOffset, "the footer does not match its checksum");
        }
    }

    private static Format2Index readEntries(
            final ReadableFile file,
            final long indexOffset,
            final int chunkCount,
            final long dataOffset,
            final int chunkCapacity)
            throws IOException {
        final UnsafeBuffer bytes = new UnsafeBuffer(new byte[ENTRIES_AT_A_TIME * INDEX_ENTRY_LENGTH]);
        file.read(indexOffset, bytes, 0, FOOTER_HEAD_LENGTH);
        if (bytes.getInt(FOOTER_MAGIC_OFFSET, BYTE_ORDER) != FOOTER_MAGIC
                || bytes.getInt(FOOTER_CHUNK_COUNT_OFFSET, BYTE_ORDER) != chunkCount) {
            throw corrupt(file, indexOffset, "the footer's head is not TIDX with a chunk count of " + chunkCount);
        }
        final Format2Index index = new Format2Index();
        final Format2ChunkHeader entry = new Format2ChunkHeader();
        long chunkOffset = dataOffset >= 0 ? dataOffset : indexOffset;
        for (int i = 0; i < chunkCount; i++) {
            final long entryOffset = indexOffset + FOOTER_HEAD_LENGTH + (long) i * INDEX_ENTRY_LENGTH;
            final int at = i % ENTRIES_AT_A_TIME * INDEX_ENTRY_LENGTH;
            if (at == 0) {
                final int entries = Math.min(ENTRIES_AT_A_TIME, chunkCount - i);
                file.read(entryOffset, bytes, 0, entries * INDEX_ENTRY_LENGTH);
            }
            final long storedOffset = bytes.getLong(at + ENTRY_CHUNK_OFFSET_OFFSET, BYTE_ORDER);
            if (i == 0 && dataOffset < 0) {
                chunkOffset = storedOffset;
            }
            final String fault =
                    entryFault(entry.wrap(bytes, at), storedOffset, chunkOffset, index.lastSequence(), chunkCapacity);
            if (fault != null) {
                throw corrupt(file, entryOffset, "index entry " + i + ": " + fault);
            }
            index.add(chunkOffset, entry);
            chunkOffset += entry.length();
        }
        if (chunkOffset != indexOffset) {
            throw corrupt(
                    file,
                    indexOffset,
                    "the chunks end at offset " + chunkOffset + ", the footer begins at " + indexOffset);
        }
        return index;
    }

    private static String entryFault(
            final Format2ChunkHeader entry,
            final long storedOffset,
            final long chunkOffset,
            final long lastSequence,
            final int chunkCapacity) {
        if (storedOffset != chunkOffset || chunkOffset < HEADER_LENGTH) {
            return "chunk offset is " + Long.toUnsignedString(storedOffset) + ", must be " + chunkOffset;
        }
        final String fault = entry.fault(chunkCapacity);
        return fault != null || entry.firstSequence() > lastSequence
                ? fault
                : "first sequence is " + entry.firstSequence() + ", must be above " + lastSequence;
    }

    private static void requireCounts(
            final ReadableFile file, final long tailOffset, final UnsafeBuffer tail, final Format2Index index) {
        final long recordCount = tail.getLong(TAIL_RECORD_COUNT_OFFSET, BYTE_ORDER);
        if (recordCount != index.recordCount()) {
            throw corrupt(
                    file,
                    tailOffset + TAIL_RECORD_COUNT_OFFSET,
                    "record count is " + Long.toUnsignedString(recordCount) + ", the chunks have "
                            + index.recordCount());
        }
        final int flags = tail.getInt(TAIL_FLAGS_OFFSET, BYTE_ORDER);
        final int rightFlags = index.lastSequence() == recordCount ? 0 : FLAG_GAPS;
        if (flags != rightFlags) {
            throw corrupt(
                    file,
                    tailOffset + TAIL_FLAGS_OFFSET,
                    "flags are " + Integer.toUnsignedString(flags) + ", must be " + rightFlags + " for " + recordCount
                            + " records up to sequence " + index.lastSequence());
        }
    }

    private static CorruptDataException notClosed(final ReadableFile file) {
        return new CorruptDataException(
                file.path(),
                file.length(),
                "the file ends without a footer: it was not closed, or it is still being written",
                "Follow it, repair it to keep its whole chunks, or take another copy");
    }

    private static CorruptDataException corrupt(final ReadableFile file, final long offset, final String fault) {
        return new CorruptDataException(file.path(), offset, fault, REMEDY);
    }
}
