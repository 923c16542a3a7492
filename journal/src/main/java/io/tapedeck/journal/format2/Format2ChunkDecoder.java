package io.tapedeck.journal.format2;

import static io.tapedeck.codecs.record.EventSlotDescriptor.*;
import static io.tapedeck.journal.format2.Format2Descriptor.*;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.journal.file.ReadableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Turns one chunk at a time into slots. The header is believed only after its checksum, and the payload reaches the
 * decompressor only after its own. The two buffers grow to the largest chunk met, never beyond
 * {@link Format2Descriptor#MAX_BUFFER_BYTES} together.
 */
final class Format2ChunkDecoder implements AutoCloseable {
    private final LZ4SafeDecompressor decompressor = LZ4Factory.nativeInstance().safeDecompressor();
    private final Crc32c crc = new Crc32c();
    private final ReadableFile file;
    private final int chunkCapacity;
    private final ByteBuffer headerBytes = ByteBuffer.allocate(CHUNK_HEADER_LENGTH);
    private final UnsafeBuffer headerBuffer = new UnsafeBuffer(headerBytes);
    private final Format2ChunkHeader header = new Format2ChunkHeader().wrap(headerBuffer, 0);
    private final UnsafeBuffer payload = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer rows = new UnsafeBuffer(0, 0);
    private final SlotArray one = new SlotArray(1);
    private long offset;

    Format2ChunkDecoder(final ReadableFile file, final int chunkCapacity) {
        this.file = file;
        this.chunkCapacity = chunkCapacity;
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
     * Reads and inflates the payload that belongs to the header read last, which had no fault.
     *
     * @return what is wrong with it, as a clause, or null.
     * @throws IOException if the file cannot be read.
     */
    String readPayload() throws IOException {
        final int payloadLength = header.payloadLength();
        if (end() > file.length()) {
            return "the file ends inside the chunk, " + (end() - file.length()) + " bytes before its end";
        }
        ensureCapacity(payload, payloadLength);
        file.read(offset + CHUNK_HEADER_LENGTH, payload, 0, payloadLength);
        if (crc.of(payload.byteBuffer(), 0, payloadLength) != header.payloadCrc()) {
            return "the chunk's payload does not match its checksum";
        }
        final int rowsLength = header.recordCount() * ROW_LENGTH;
        ensureCapacity(rows, rowsLength);
        final int inflated;
        try {
            inflated =
                    decompressor.decompress(payload.byteBuffer(), 0, payloadLength, rows.byteBuffer(), 0, rowsLength);
        } catch (final LZ4Exception ex) {
            return "the chunk's LZ4 block is malformed: " + ex.getMessage();
        }
        return inflated == rowsLength
                ? null
                : "the chunk's LZ4 block inflates to " + inflated + " bytes, must be " + rowsLength;
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

    private static void ensureCapacity(final UnsafeBuffer buffer, final int length) {
        if (buffer.capacity() < length) {
            BufferUtil.free(buffer);
            buffer.wrap(ByteBuffer.allocateDirect(length));
        }
    }

    /** Puts rows of the chunk read last into slots that lie one behind the other. */
    void decode(final int row, final int count, final SlotArray slots, final long ringSequence) {
        Format2Rows.unpack(
                rows,
                row * ROW_LENGTH,
                count,
                header.firstSequence() + row,
                slots.buffer(),
                slots.offset(ringSequence));
    }

    /** Calls a handler for the rows of the chunk read last from one on. */
    void handle(final int fromRow, final EventHandler handler) {
        for (int row = fromRow; row < header.recordCount(); row++) {
            decode(row, 1, one, 0);
            final UnsafeBuffer slot = one.buffer();
            if (isEvent(slot, 0)) {
                handler.onEvent(
                        slot.getLong(SEQUENCE_OFFSET, BYTE_ORDER),
                        slot.getLong(EVENT_TIME_OFFSET, BYTE_ORDER),
                        slot.getByte(EVENT_TYPE_OFFSET) & 0xFF,
                        slot.getByte(SIDE_OFFSET) & 0xFF,
                        slot.getShort(FLAGS_OFFSET, BYTE_ORDER) & 0xFFFF,
                        slot.getInt(INSTRUMENT_ID_OFFSET, BYTE_ORDER),
                        slot.getLong(ORDER_ID_OFFSET, BYTE_ORDER),
                        slot.getLong(AUX_ID_OFFSET, BYTE_ORDER),
                        slot.getInt(PRICE_OFFSET, BYTE_ORDER),
                        slot.getInt(QUANTITY_OFFSET, BYTE_ORDER));
            } else {
                handler.onItchMessage(slot, 0);
            }
        }
    }

    /** Takes times of the chunk read last. */
    void times(final int row, final int count, final long[] timesNs) {
        for (int i = 0; i < count; i++) {
            timesNs[i] = rows.getLong((row + i) * ROW_LENGTH, BYTE_ORDER);
        }
    }

    /** The first row of the chunk read last whose sequence is not below a sequence, or the number of its rows. */
    int rowOfSequence(final long sequence) {
        final long first = header.firstSequence();
        return sequence <= first ? 0 : (int) Math.min(header.recordCount(), sequence - first);
    }

    /** The first row of the chunk read last whose time is at or after a time, or the number of its rows. */
    int rowOfTime(final long timeNs) {
        final int count = header.recordCount();
        int row = 0;
        while (row < count && rows.getLong(row * ROW_LENGTH, BYTE_ORDER) < timeNs) {
            row++;
        }
        return row;
    }

    @Override
    public void close() {
        BufferUtil.free(payload);
        BufferUtil.free(rows);
        payload.wrap(0, 0);
        rows.wrap(0, 0);
    }
}
