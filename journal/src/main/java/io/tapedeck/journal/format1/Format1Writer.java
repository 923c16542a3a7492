package io.tapedeck.journal.format1;

import static io.tapedeck.journal.format1.Format1Descriptor.*;

import io.tapedeck.codecs.qrsdp1.Qrsdp1RecordFlyweight;
import io.tapedeck.codecs.qrsdp1.QueueEventType;
import io.tapedeck.codecs.qrsdp1.QueueSide;
import io.tapedeck.journal.file.BlockWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import org.agrona.BufferUtil;
import org.agrona.ExpandableDirectByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes a file of journal format 1. Records gather in a chunk outside the heap; a full chunk is compressed and written
 * in one piece. {@link #close()} writes the last chunk and the index, and marks the file as complete last of all: a
 * file whose writer never closed it keeps every chunk that was written.
 *
 * <p>Bytes go to the operating system, not to the disk: they survive the end of the process, not a loss of power.
 *
 * <p><b>Note:</b> not thread safe. {@link #append} does not allocate.
 */
public final class Format1Writer implements AutoCloseable {
    private final LZ4Compressor compressor = LZ4Factory.nativeInstance().fastCompressor();
    private final Qrsdp1RecordFlyweight record = new Qrsdp1RecordFlyweight();
    private final Path path;
    private final FileChannel channel;
    private final ByteBuffer recordBytes;
    private final UnsafeBuffer records;
    private final ByteBuffer chunkBytes;
    private final UnsafeBuffer chunk;
    private final ExpandableDirectByteBuffer indexEntries = new ExpandableDirectByteBuffer(256 * INDEX_ENTRY_LENGTH);
    private final int fullLength;
    private int recordsLength;
    private int chunkCount;
    private long position;
    private long recordCount;
    private long firstTimestampNs;
    private long lastTimestampNs;
    private boolean failed;
    private boolean closed;

    /**
     * Takes over a channel; what {@link #create} opens, or a test's.
     *
     * @param path    of the file, for messages.
     * @param channel open for writing, empty; closed by this writer.
     * @param header  of the file.
     */
    Format1Writer(final Path path, final FileChannel channel, final Format1Header header) throws IOException {
        this.path = path;
        this.channel = channel;
        fullLength = header.chunkCapacity() * RECORD_LENGTH;
        recordBytes = ByteBuffer.allocateDirect(fullLength);
        records = new UnsafeBuffer(recordBytes);
        final int payloadLength =
                Math.max(maxCompressedLength(header.chunkCapacity()), compressor.maxCompressedLength(fullLength));
        chunkBytes = ByteBuffer.allocateDirect(Math.max(HEADER_LENGTH, CHUNK_HEADER_LENGTH + payloadLength));
        chunk = new UnsafeBuffer(chunkBytes);
        header.encode(chunk, 0);
        chunkBytes.limit(HEADER_LENGTH);
        write(chunkBytes, 0);
        position = HEADER_LENGTH;
    }

    /**
     * Creates a file that does not exist yet.
     *
     * @param path   of the file; its folder exists.
     * @param header of the session.
     * @return the writer; the caller closes it.
     * @throws FileAlreadyExistsException if there is a file of that name; it is left as it is.
     * @throws IOException                if the file cannot be written.
     */
    public static Format1Writer create(final Path path, final Format1Header header) throws IOException {
        try {
            return open(path, header, StandardOpenOption.CREATE_NEW);
        } catch (final FileAlreadyExistsException ex) {
            throw (FileAlreadyExistsException) new FileAlreadyExistsException(
                            path.toString(), null, "is not overwritten; move it away or replace it on purpose")
                    .initCause(ex);
        }
    }

    /**
     * Creates a file, in the place of an older one if there is one.
     *
     * @param path   of the file; its folder exists.
     * @param header of the session.
     * @return the writer; the caller closes it.
     * @throws IOException if the file cannot be written.
     */
    public static Format1Writer replace(final Path path, final Format1Header header) throws IOException {
        return open(path, header, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    private static Format1Writer open(final Path path, final Format1Header header, final StandardOpenOption... how)
            throws IOException {
        final StandardOpenOption[] options = new StandardOpenOption[how.length + 1];
        System.arraycopy(how, 0, options, 0, how.length);
        options[how.length] = StandardOpenOption.WRITE;
        final FileChannel channel = FileChannel.open(path, options);
        try {
            return new Format1Writer(path, channel, header);
        } catch (final IOException | RuntimeException | Error ex) {
            channel.close();
            throw ex;
        }
    }

    /**
     * Appends a record.
     *
     * @param timestampNs nanoseconds since midnight; not negative and not before the record before it.
     * @param type        a {@link QueueEventType}.
     * @param side        a {@link QueueSide}.
     * @param priceTicks  signed, in ticks.
     * @param quantity    32 bits, unsigned.
     * @param orderId     any 64 bits.
     * @throws IllegalArgumentException if time, type or side is not such a value; the record is not taken.
     * @throws IllegalStateException    if the writer is closed or could not write before.
     * @throws IOException              if a full chunk cannot be written. The file keeps all chunks before it, and
     *                                  the writer takes no more.
     */
    public void append(
            final long timestampNs,
            final int type,
            final int side,
            final int priceTicks,
            final int quantity,
            final long orderId)
            throws IOException {
        if (timestampNs < lastTimestampNs || !QueueEventType.isValid(type) || !QueueSide.isValid(side)) {
            throw refused(timestampNs, type, side);
        }
        if (failed | closed) {
            throw new IllegalStateException(path + (closed ? ": is closed" : ": could not be written before"));
        }
        if (recordsLength == 0) {
            firstTimestampNs = timestampNs;
        }
        record.wrap(records, recordsLength).set(timestampNs, type, side, priceTicks, quantity, orderId);
        lastTimestampNs = timestampNs;
        recordCount++;
        recordsLength += RECORD_LENGTH;
        if (recordsLength == fullLength) {
            writeChunk();
        }
    }

    private IllegalArgumentException refused(final long timestampNs, final int type, final int side) {
        return new IllegalArgumentException(path + ": record " + recordCount + " refused: timestampNs=" + timestampNs
                + " must not be before " + lastTimestampNs + ", type=" + type + " must be 0 to 5, side=" + side
                + " must be 0 to 2");
    }

    /**
     * How many records were appended.
     *
     * @return records, those included that still wait in a chunk.
     */
    public long recordCount() {
        return recordCount;
    }

    private void writeChunk() throws IOException {
        final int compressedSize = compressor.compress(
                recordBytes,
                0,
                recordsLength,
                chunkBytes,
                CHUNK_HEADER_LENGTH,
                chunkBytes.capacity() - CHUNK_HEADER_LENGTH);
        final int records = recordsLength / RECORD_LENGTH;
        chunk.putInt(UNCOMPRESSED_SIZE_OFFSET, recordsLength, BYTE_ORDER);
        chunk.putInt(COMPRESSED_SIZE_OFFSET, compressedSize, BYTE_ORDER);
        chunk.putInt(CHUNK_RECORD_COUNT_OFFSET, records, BYTE_ORDER);
        chunk.putInt(CHUNK_FLAGS_OFFSET, 0, BYTE_ORDER);
        chunk.putLong(CHUNK_FIRST_TIMESTAMP_NS_OFFSET, firstTimestampNs, BYTE_ORDER);
        chunk.putLong(CHUNK_LAST_TIMESTAMP_NS_OFFSET, lastTimestampNs, BYTE_ORDER);
        chunkBytes.clear().limit(CHUNK_HEADER_LENGTH + compressedSize);
        writeChunkBytes(firstTimestampNs, lastTimestampNs, records, chunkBytes);
        recordsLength = 0;
    }

    /**
     * Takes over a chunk of another file as it is. Only chunks may be taken over before the first record is appended.
     *
     * @param bytes header and LZ4 block, from 0 to the limit.
     */
    void appendChunk(final long firstTimestampNs, final long lastTimestampNs, final int records, final ByteBuffer bytes)
            throws IOException {
        writeChunkBytes(firstTimestampNs, lastTimestampNs, records, bytes);
        this.lastTimestampNs = lastTimestampNs;
        recordCount += records;
    }

    private void writeChunkBytes(
            final long firstTimestampNs, final long lastTimestampNs, final int records, final ByteBuffer bytes)
            throws IOException {
        final long chunkOffset = position;
        write(bytes, chunkOffset);
        position += bytes.limit();
        final int entry = chunkCount * INDEX_ENTRY_LENGTH;
        indexEntries.putLong(entry + ENTRY_CHUNK_OFFSET_OFFSET, chunkOffset, BYTE_ORDER);
        indexEntries.putLong(entry + ENTRY_FIRST_TIMESTAMP_NS_OFFSET, firstTimestampNs, BYTE_ORDER);
        indexEntries.putLong(entry + ENTRY_LAST_TIMESTAMP_NS_OFFSET, lastTimestampNs, BYTE_ORDER);
        indexEntries.putInt(entry + ENTRY_RECORD_COUNT_OFFSET, records, BYTE_ORDER);
        indexEntries.putInt(entry + ENTRY_RESERVED_OFFSET, 0, BYTE_ORDER);
        chunkCount++;
    }

    private void writeIndex() throws IOException {
        final int tail = chunkCount * INDEX_ENTRY_LENGTH;
        indexEntries.putInt(tail + TAIL_CHUNK_COUNT_OFFSET, chunkCount, BYTE_ORDER);
        indexEntries.putInt(tail + TAIL_MAGIC_OFFSET, TAIL_MAGIC, BYTE_ORDER);
        indexEntries.putLong(tail + TAIL_INDEX_START_OFFSET, position, BYTE_ORDER);
        final ByteBuffer bytes = indexEntries.byteBuffer();
        bytes.clear().limit(tail + TAIL_LENGTH);
        write(bytes, position);
    }

    private void setIndexFlag() throws IOException {
        chunk.putInt(0, FLAG_INDEX, BYTE_ORDER);
        chunkBytes.clear().limit(Integer.BYTES);
        write(chunkBytes, FLAGS_OFFSET);
    }

    private void write(final ByteBuffer bytes, final long at) throws IOException {
        failed = true;
        BlockWriter.write(path, channel, bytes, at);
        failed = false;
    }

    /**
     * Completes the file: the chunk that is not full yet, the index, and the mark that they are there. After a failed
     * write it only closes the file. Closing twice is harmless.
     *
     * @throws IOException if the file cannot be completed.
     */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (channel) {
            if (!failed && recordsLength > 0) {
                writeChunk();
            }
            if (!failed && chunkCount > 0) {
                writeIndex();
                setIndexFlag();
            }
        } finally {
            BufferUtil.free(recordBytes);
            BufferUtil.free(chunkBytes);
            BufferUtil.free(indexEntries);
        }
    }
}
