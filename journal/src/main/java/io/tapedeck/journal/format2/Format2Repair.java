package io.tapedeck.journal.format2;

import static io.tapedeck.journal.format2.Format2Descriptor.CHUNK_HEADER_LENGTH;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.journal.check.RepairResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes a whole file of what is whole in a damaged one. The damaged file is not touched. Records keep their sequences;
 * where chunks between others are lost, the new file's footer says that there are gaps.
 */
public final class Format2Repair {
    private Format2Repair() {}

    /**
     * Writes every whole chunk, byte for byte, into a new file with a footer, and forces it to the disk.
     *
     * @param damaged  is read.
     * @param repaired is created; a file of that name is never overwritten.
     * @return what was kept and what was lost.
     * @throws CorruptDataException if header or metadata of the damaged file are damaged: what its numbers mean is lost.
     * @throws IOException          if one cannot be read or the other not written.
     */
    public static RepairResult repair(final Path damaged, final Path repaired) throws IOException {
        try (Format2Reader reader = Format2Reader.recover(damaged)) {
            if (reader.metadata() == null) {
                throw new CorruptDataException(
                        damaged,
                        0,
                        reader.losses().get(0).reason(),
                        "The records are whole, but what their instruments and times mean is not known any more");
            }
            try (Format2Writer writer = Format2Writer.create(
                    repaired, reader.metadata(), reader.chunkCapacity(), SyncPolicy.parse("interval:1000"))) {
                copy(reader, writer);
            }
            return new RepairResult(reader.recordCount(), reader.chunkCount(), reader.losses());
        }
    }

    private static void copy(final Format2Reader reader, final Format2Writer writer) throws IOException {
        final Format2Index index = reader.index();
        final Format2ChunkHeader entry = new Format2ChunkHeader();
        final ByteBuffer bytes =
                ByteBuffer.allocateDirect(CHUNK_HEADER_LENGTH + ColumnDescriptor.maxPayloadLength(longest(index)));
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        try (Format2Cursor cursor = reader.cursor()) {
            for (int i = 0; i < index.size(); i++) {
                index.entry(i, entry);
                // Through the cursor first: it checks the chunk once more.
                int records = 0;
                while (records < entry.recordCount()) {
                    records += cursor.nextBatch();
                    writer.takenOver().update(cursor.slots(), cursor.low(), cursor.high());
                }
                reader.file().read(index.offset(i), buffer, 0, entry.length());
                writer.appendChunk(bytes.clear().limit(entry.length()), entry);
            }
        } finally {
            BufferUtil.free(bytes);
        }
    }

    private static int longest(final Format2Index index) {
        int records = 0;
        for (int i = 0; i < index.size(); i++) {
            records = Math.max(records, index.recordCount(i));
        }
        return records;
    }
}
