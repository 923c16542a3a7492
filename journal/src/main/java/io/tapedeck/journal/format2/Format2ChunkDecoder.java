package io.tapedeck.journal.format2;

import static io.tapedeck.journal.format2.Format2Descriptor.*;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.journal.file.DirectMemory;
import io.tapedeck.journal.file.ReadableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.IntPredicate;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Turns one chunk at a time into slots. The header is believed only after its checksum, and the payload is looked into
 * only after its own. Its buffers grow to the largest chunk met, never beyond
 * {@link Format2Descriptor#MAX_BUFFER_BYTES} together.
 */
final class Format2ChunkDecoder implements AutoCloseable {
    private static final String REMEDY = "The checksums are right, so it was written so: tell who wrote it";

    private final Crc32c crc = new Crc32c();
    private final ReadableFile file;
    private final int chunkCapacity;
    private final ByteBuffer headerBytes = ByteBuffer.allocate(CHUNK_HEADER_LENGTH);
    private final UnsafeBuffer headerBuffer = new UnsafeBuffer(headerBytes);
    private final Format2ChunkHeader header = new Format2ChunkHeader().wrap(headerBuffer, 0);
    private final UnsafeBuffer payload = new UnsafeBuffer(0, 0);
    private final ColumnDecoder columns = new ColumnDecoder();
    private final SlotArray passed = new SlotArray(ColumnDecoder.BATCH);
    private final long[] timesNs = new long[ColumnDecoder.BATCH];
    private TimeColumn times;
    private long offset;
    private boolean isClosed;

    Format2ChunkDecoder(final ReadableFile file, final int chunkCapacity) {
        this.file = file;
        this.chunkCapacity = chunkCapacity;
    }

    /** Leaves the records of other instruments out from the next chunk on, where that is cheaper than not to. */
    void only(final IntPredicate wantedInstruments) {
        columns.only(wantedInstruments);
    }

    /** The header read last. */
    Format2ChunkHeader header() {
        return header;
    }

    /**
     * Reads the header of the chunk that begins at an offset. It may promise more bytes than the file has.
     *
     * @return why no chunk can begin there, as a clause, or null.
     * @throws IOException if the file cannot be read.
     */
    String readHeader(final long offset) throws IOException {
        this.offset = offset;
        if (offset > file.length() - CHUNK_HEADER_LENGTH) {
            return "the file ends inside a chunk header";
        }
        file.read(offset, headerBuffer, 0, CHUNK_HEADER_LENGTH);
        if (headerBuffer.getInt(CHUNK_MAGIC_OFFSET, BYTE_ORDER) != CHUNK_MAGIC) {
            return "chunk magic is not TCHK";
        }
        final int actual = crc.of(headerBytes, PAYLOAD_CRC_OFFSET, CHUNK_HEADER_LENGTH - PAYLOAD_CRC_OFFSET);
        if (actual != headerBuffer.getInt(CHUNK_HEADER_CRC_OFFSET, BYTE_ORDER)) {
            return "the chunk header does not match its checksum";
        }
        return header.fault(chunkCapacity);
    }

    /** Offset behind the chunk whose header was read last. */
    long end() {
        return offset + header.length();
    }

    /**
     * Reads the payload that belongs to the header read last, which had no fault, and places itself before its rows.
     *
     * @return what is wrong with it, as a clause, or null.
     * @throws IOException if the file cannot be read.
     */
    String readPayload() throws IOException {
        if (isClosed) {
            // The memory that is read and written without a look is given back.
            throw new IllegalStateException(file.path() + ": is closed");
        }
        final int payloadLength = header.payloadLength();
        if (end() > file.length()) {
            return "the file ends inside the chunk, " + (end() - file.length()) + " bytes before its end";
        }
        DirectMemory.ensureCapacity(payload, payloadLength);
        file.read(offset + CHUNK_HEADER_LENGTH, payload, 0, payloadLength);
        if (crc.of(payload.byteBuffer(), 0, payloadLength) != header.payloadCrc()) {
            return "the chunk's payload does not match its checksum";
        }
        times = null;
        return columns.take(payload, header);
    }

    /**
     * Reads a chunk that the index knows.
     *
     * @return what is wrong with it, as a clause, or null.
     * @throws IOException if the file cannot be read.
     */
    String read(final Format2Index index, final int chunk) throws IOException {
        final String fault = readHeader(index.offset(chunk));
        if (fault != null) {
            return fault;
        }
        return index.isSame(chunk, header) ? readPayload() : "the chunk header is not the one that the index has";
    }

    /** Decodes all rows of the chunk read last, and gives what is wrong with them, as a clause, or null. */
    String check() {
        return columns.seek(header.recordCount(), passed);
    }

    /**
     * Puts rows of the chunk read last into slots that lie one behind the other. It goes there by way of all rows before
     * them, if it is not there yet.
     *
     * @param count at most {@link ColumnDecoder#BATCH}.
     * @return how many slots were filled: fewer if instruments are left out.
     */
    int decode(final int row, final int count, final SlotArray slots, final long ringSequence) {
        String fault = columns.row() == row ? null : columns.seek(row, passed);
        if (fault == null) {
            fault = columns.decode(count, slots.buffer().addressOffset() + slots.offset(ringSequence), null);
        }
        requireNone(fault);
        return columns.decodedCount();
    }

    private void requireNone(final String fault) {
        if (fault != null) {
            throw new CorruptDataException(file.path(), offset, fault, REMEDY);
        }
    }

    /** Calls a handler for the rows of the chunk read last from one on, and says how often. */
    int handle(final int fromRow, final EventHandler handler) {
        int handled = 0;
        String fault = columns.row() == fromRow ? null : columns.seek(fromRow, passed);
        while (fault == null && columns.row() < header.recordCount()) {
            final int count = Math.min(ColumnDecoder.BATCH, header.recordCount() - columns.row());
            fault = columns.decode(count, passed.buffer().addressOffset(), handler);
            handled += columns.decodedCount();
        }
        requireNone(fault);
        return handled;
    }

    /** Takes times of the chunk read last, by way of all before them if it is not there yet. */
    void times(final int row, final int count, final long[] destination) {
        if (times == null || times.row() > row) {
            times = columns.times();
        }
        while (times.row() < row) {
            takeTimes(timesNs, 0, Math.min(ColumnDecoder.BATCH, row - times.row()));
        }
        for (int done = 0; done < count; ) {
            final int part = Math.min(ColumnDecoder.BATCH, count - done);
            takeTimes(destination, done, part);
            done += part;
        }
    }

    private void takeTimes(final long[] destination, final int at, final int count) {
        requireNone(times.next(destination, at, count) ? null : "the chunk's columns end too early");
    }

    /** The first row of the chunk read last whose sequence is not below a sequence, or the number of its rows. */
    int rowOfSequence(final long sequence) {
        final long first = header.firstSequence();
        return sequence <= first ? 0 : (int) Math.min(header.recordCount(), sequence - first);
    }

    /** The first row of the chunk read last whose time is at or after a time, or the number of its rows. */
    int rowOfTime(final long timeNs) {
        final int recordCount = header.recordCount();
        times = columns.times();
        for (int row = 0; row < recordCount; row = times.row()) {
            final int count = Math.min(ColumnDecoder.BATCH, recordCount - row);
            takeTimes(timesNs, 0, count);
            for (int i = 0; i < count; i++) {
                if (timesNs[i] >= timeNs) {
                    return row + i;
                }
            }
        }
        return recordCount;
    }

    @Override
    public void close() {
        isClosed = true;
        DirectMemory.free(payload);
        columns.close();
    }
}
