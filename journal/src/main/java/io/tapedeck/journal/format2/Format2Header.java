package io.tapedeck.journal.format2;

import static io.tapedeck.journal.format2.Format2Descriptor.*;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.codecs.sbe.EventEncoder;
import io.tapedeck.journal.file.ReadableFile;
import io.tapedeck.journal.manifest.SessionMetadata;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What stands in front of the chunks. Immutable.
 *
 * @param chunkCapacity records per full chunk, 1 to {@link Format2Descriptor#MAX_CHUNK_CAPACITY}.
 * @param metadata      of the session.
 * @param lengthBytes   of file header and metadata: where the first chunk begins.
 */
record Format2Header(int chunkCapacity, SessionMetadata metadata, int lengthBytes) {
    private static final String REMEDY = "It cannot be mended from the rest of the file; take another copy";

    static void requireChunkCapacity(final int chunkCapacity) {
        if (chunkCapacity < 1 || chunkCapacity > MAX_CHUNK_CAPACITY) {
            throw new IllegalArgumentException(
                    "chunkCapacity is " + chunkCapacity + ", must be 1 to " + MAX_CHUNK_CAPACITY);
        }
    }

    /** The bytes of header and metadata, in a direct buffer that the caller frees. */
    static ByteBuffer encode(final int chunkCapacity, final SessionMetadata metadata) {
        requireChunkCapacity(chunkCapacity);
        final byte[] json = metadata.toJson();
        final ByteBuffer bytes = ByteBuffer.allocateDirect(HEADER_LENGTH + json.length);
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        final Crc32c crc = new Crc32c();
        buffer.putBytes(HEADER_LENGTH, json);
        buffer.putLong(MAGIC_OFFSET, MAGIC, BYTE_ORDER);
        buffer.putShort(VERSION_MAJOR_OFFSET, (short) VERSION_MAJOR, BYTE_ORDER);
        buffer.putShort(VERSION_MINOR_OFFSET, (short) VERSION_MINOR, BYTE_ORDER);
        buffer.putInt(CHUNK_CAPACITY_OFFSET, chunkCapacity, BYTE_ORDER);
        buffer.putShort(SCHEMA_ID_OFFSET, (short) EventEncoder.SCHEMA_ID, BYTE_ORDER);
        buffer.putShort(SCHEMA_VERSION_OFFSET, (short) EventEncoder.SCHEMA_VERSION, BYTE_ORDER);
        buffer.putInt(METADATA_LENGTH_OFFSET, json.length, BYTE_ORDER);
        buffer.putInt(METADATA_CRC_OFFSET, crc.of(bytes, HEADER_LENGTH, json.length), BYTE_ORDER);
        buffer.putInt(HEADER_CRC_OFFSET, crc.of(bytes, 0, HEADER_CRC_OFFSET), BYTE_ORDER);
        return bytes.clear();
    }

    /**
     * Makes sure that a file begins as a writer of this session would have begun it, as far as the file goes.
     *
     * @return how long header and metadata are.
     * @throws CorruptDataException if there is another byte; names the first one.
     * @throws IOException          if the file cannot be read.
     */
    static int requireBegun(
            final Path path, final FileChannel channel, final int chunkCapacity, final SessionMetadata metadata)
            throws IOException {
        final ByteBuffer expected = encode(chunkCapacity, metadata);
        final ByteBuffer found = ByteBuffer.allocateDirect(expected.limit());
        try {
            while (found.hasRemaining() && channel.read(found, found.position()) > 0) {
                // The system may give less than was asked for.
            }
            final int different = expected.mismatch(found.flip());
            if (different >= 0 && different < found.limit()) {
                throw new CorruptDataException(
                        path,
                        different,
                        "the file does not begin as this run would begin it",
                        "It is of another run or damaged. Move it away, and resume makes the day from its beginning");
            }
            return expected.limit();
        } finally {
            BufferUtil.free(expected);
            BufferUtil.free(found);
        }
    }

    /**
     * Reads header and metadata from a file that nobody has checked.
     *
     * @throws CorruptDataException if they are not such; names the first field that is wrong.
     * @throws IOException          if the file cannot be read.
     */
    static Format2Header read(final ReadableFile file) throws IOException {
        final Path path = file.path();
        if (file.length() < HEADER_LENGTH) {
            throw corrupt(
                    path,
                    file.length(),
                    "the file has " + file.length() + " bytes, a header alone has " + HEADER_LENGTH);
        }
        final ByteBuffer headerBytes = ByteBuffer.allocate(HEADER_LENGTH);
        final UnsafeBuffer header = new UnsafeBuffer(headerBytes);
        file.read(0, header, 0, HEADER_LENGTH);
        requireKnown(path, header, new Crc32c().of(headerBytes, 0, HEADER_CRC_OFFSET));
        final int chunkCapacity = header.getInt(CHUNK_CAPACITY_OFFSET, BYTE_ORDER);
        final int metadataLength = header.getInt(METADATA_LENGTH_OFFSET, BYTE_ORDER);
        if (chunkCapacity < 1 || chunkCapacity > MAX_CHUNK_CAPACITY) {
            throw corrupt(
                    path,
                    CHUNK_CAPACITY_OFFSET,
                    "chunk capacity is " + Integer.toUnsignedString(chunkCapacity) + ", must be 1 to "
                            + MAX_CHUNK_CAPACITY);
        }
        final long most = Math.min(MAX_METADATA_LENGTH, file.length() - HEADER_LENGTH);
        if (metadataLength < 0 || metadataLength > most) {
            throw corrupt(
                    path,
                    METADATA_LENGTH_OFFSET,
                    "metadata length is " + Integer.toUnsignedString(metadataLength) + ", must be at most " + most);
        }
        final ByteBuffer metadata = ByteBuffer.allocate(metadataLength);
        file.read(HEADER_LENGTH, new UnsafeBuffer(metadata), 0, metadataLength);
        if (new Crc32c().of(metadata, 0, metadataLength) != header.getInt(METADATA_CRC_OFFSET, BYTE_ORDER)) {
            throw corrupt(path, HEADER_LENGTH, "the metadata does not match its checksum");
        }
        return new Format2Header(
                chunkCapacity,
                SessionMetadata.parse(path, HEADER_LENGTH, metadata.array()),
                HEADER_LENGTH + metadataLength);
    }

    private static void requireKnown(final Path path, final UnsafeBuffer header, final int crc) {
        if (header.getLong(MAGIC_OFFSET, BYTE_ORDER) != MAGIC) {
            throw new CorruptDataException(
                    path, MAGIC_OFFSET, "magic is not TAPEDECK", "This is not a journal of format 2; check the path");
        }
        final int major = header.getShort(VERSION_MAJOR_OFFSET, BYTE_ORDER) & 0xFFFF;
        final int minor = header.getShort(VERSION_MINOR_OFFSET, BYTE_ORDER) & 0xFFFF;
        if (major != VERSION_MAJOR || minor != VERSION_MINOR) {
            throw new CorruptDataException(
                    path,
                    VERSION_MAJOR_OFFSET,
                    "version is " + major + "." + minor + ", must be " + VERSION_MAJOR + "." + VERSION_MINOR,
                    "Read it with the program that wrote it, or write it anew with this one");
        }
        if (crc != header.getInt(HEADER_CRC_OFFSET, BYTE_ORDER)) {
            throw corrupt(path, 0, "the file header does not match its checksum");
        }
        final int schemaId = header.getShort(SCHEMA_ID_OFFSET, BYTE_ORDER) & 0xFFFF;
        final int schemaVersion = header.getShort(SCHEMA_VERSION_OFFSET, BYTE_ORDER) & 0xFFFF;
        if (schemaId != EventEncoder.SCHEMA_ID || schemaVersion != EventEncoder.SCHEMA_VERSION) {
            throw new CorruptDataException(
                    path,
                    SCHEMA_ID_OFFSET,
                    "record schema is " + schemaId + " version " + schemaVersion + ", must be " + EventEncoder.SCHEMA_ID
                            + " version " + EventEncoder.SCHEMA_VERSION,
                    "Read it with the program that wrote it, or a newer one");
        }
    }

    private static CorruptDataException corrupt(final Path path, final long offset, final String fault) {
        return new CorruptDataException(path, offset, fault, REMEDY);
    }
}
