package io.tapedeck.journal.format1;

import static io.tapedeck.journal.format1.Format1Descriptor.CHUNK_HEADER_LENGTH;
import static io.tapedeck.journal.format1.Format1Descriptor.maxCompressedLength;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.journal.check.RepairResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** Makes a whole file of what is whole in a damaged one. The damaged file is not touched. */
public final class Format1Repair {
    private Format1Repair() {}

    /**
     * Writes every whole chunk, byte for byte, into a new file with an index.
     *
     * @param damaged  is read.
     * @param repaired is created; a file of that name is never overwritten.
     * @return what was kept and what was lost.
     * @throws CorruptDataException if the damaged file has no valid header.
     * @throws IOException          if one cannot be read or the other not written.
     */
    public static RepairResult repair(final Path damaged, final Path repaired) throws IOException {
        try (Format1Reader reader = Format1Reader.recover(damaged);
                Format1Writer writer = Format1Writer.create(repaired, reader.header())) {
            final int longest = longestChunk(reader);
            final ByteBuffer bytes = ByteBuffer.allocateDirect(longest);
            final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
            try {
                for (int i = 0; i < reader.chunkCount(); i++) {
                    final int length = (int) (reader.chunkEnd(i) - reader.chunkOffset(i));
                    reader.file().read(reader.chunkOffset(i), buffer, 0, length);
                    bytes.clear().limit(length);
                    writer.appendChunk(
                            reader.chunkFirstTimestampNs(i),
                            reader.chunkLastTimestampNs(i),
                            reader.chunkRecordCount(i),
                            bytes);
                }
            } finally {
                BufferUtil.free(bytes);
            }
            return new RepairResult(reader.recordCount(), reader.chunkCount(), reader.losses());
        }
    }

    private static int longestChunk(final Format1Reader reader) {
        int records = 0;
        for (int i = 0; i < reader.chunkCount(); i++) {
            records = Math.max(records, reader.chunkRecordCount(i));
        }
        return CHUNK_HEADER_LENGTH + maxCompressedLength(records);
    }
}
