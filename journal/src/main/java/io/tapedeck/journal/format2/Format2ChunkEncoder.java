package io.tapedeck.journal.format2;

import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_TIME_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.INSTRUMENT_ID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SEQUENCE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;
import static io.tapedeck.codecs.record.EventSlotDescriptor.isEvent;
import static io.tapedeck.journal.format2.Format2Descriptor.*;

import io.tapedeck.codecs.record.ItchSlotDescriptor;
import java.nio.ByteBuffer;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Gathers slots outside the heap and makes a chunk of them. Allocates nothing after its construction. */
final class Format2ChunkEncoder implements AutoCloseable {
    private final LZ4Compressor compressor = LZ4Factory.nativeInstance().fastCompressor();
    private final Crc32c crc = new Crc32c();
    private final Format2ChunkHeader header = new Format2ChunkHeader();
    private final int capacity;
    private final ByteBuffer slotBytes;
    private final UnsafeBuffer slots;
    private final ByteBuffer rowBytes;
    private final UnsafeBuffer rows;
    private final ByteBuffer chunkBytes;
    private final UnsafeBuffer chunk;
    private int count;
    private long leastTimeNs;
    private long greatestTimeNs;

    Format2ChunkEncoder(final int capacity) {
        this.capacity = capacity;
        slotBytes = ByteBuffer.allocateDirect(capacity * SLOT_LENGTH);
        slots = new UnsafeBuffer(slotBytes);
        rowBytes = ByteBuffer.allocateDirect(capacity * ROW_LENGTH);
        rows = new UnsafeBuffer(rowBytes);
        final int payload = Math.max(maxPayloadLength(capacity), compressor.maxCompressedLength(capacity * ROW_LENGTH));
        chunkBytes = ByteBuffer.allocateDirect(CHUNK_HEADER_LENGTH + payload);
        chunk = new UnsafeBuffer(chunkBytes);
        header.wrap(chunk, 0);
    }

    int count() {
        return count;
    }

    /** How many slots the chunk still takes. */
    int room() {
        return capacity - count;
    }

    /** Takes slots that lie one behind the other, no more than there is room for. */
    void add(final DirectBuffer source, final int offset, final int slotCount) {
        if (count == 0) {
            leastTimeNs = Long.MAX_VALUE;
            greatestTimeNs = Long.MIN_VALUE;
        }
        slots.putBytes(count * SLOT_LENGTH, source, offset, slotCount * SLOT_LENGTH);
        for (int i = 0, at = offset + EVENT_TIME_OFFSET; i < slotCount; i++, at += SLOT_LENGTH) {
            final long timeNs = source.getLong(at, BYTE_ORDER);
            leastTimeNs = Math.min(leastTimeNs, timeNs);
            greatestTimeNs = Math.max(greatestTimeNs, timeNs);
        }
        count += slotCount;
    }

    /**
     * Makes the chunk of the slots, of which there is at least one, and begins the next one.
     *
     * @param contentHash takes in the slots.
     * @return the chunk's bytes, from 0 to the limit; valid until the next call.
     */
    ByteBuffer encode(final ContentHash contentHash) {
        slotBytes.clear().limit(count * SLOT_LENGTH);
        contentHash.update(slotBytes);
        Format2Rows.pack(slots, count, rows);
        chunkBytes.clear();
        final int payloadLength = compressor.compress(
                rowBytes,
                0,
                count * ROW_LENGTH,
                chunkBytes,
                CHUNK_HEADER_LENGTH,
                chunkBytes.capacity() - CHUNK_HEADER_LENGTH);
        chunk.putInt(CHUNK_MAGIC_OFFSET, CHUNK_MAGIC, BYTE_ORDER);
        chunk.putInt(PAYLOAD_CRC_OFFSET, crc.of(chunkBytes, CHUNK_HEADER_LENGTH, payloadLength), BYTE_ORDER);
        chunk.putInt(PAYLOAD_LENGTH_OFFSET, payloadLength, BYTE_ORDER);
        chunk.putLong(FIRST_SEQUENCE_OFFSET, slots.getLong(SEQUENCE_OFFSET, BYTE_ORDER), BYTE_ORDER);
        chunk.putInt(RECORD_COUNT_OFFSET, count, BYTE_ORDER);
        chunk.putInt(ENCODING_OFFSET, ENCODING_LZ4_ROWS, BYTE_ORDER);
        chunk.putLong(FIRST_TIME_OFFSET, slots.getLong(EVENT_TIME_OFFSET, BYTE_ORDER), BYTE_ORDER);
        final int last = (count - 1) * SLOT_LENGTH;
        chunk.putLong(LAST_TIME_OFFSET, slots.getLong(last + EVENT_TIME_OFFSET, BYTE_ORDER), BYTE_ORDER);
        chunk.putLong(LEAST_TIME_OFFSET, leastTimeNs, BYTE_ORDER);
        chunk.putLong(GREATEST_TIME_OFFSET, greatestTimeNs, BYTE_ORDER);
        putContents();
        final int headerCrc = crc.of(chunkBytes, PAYLOAD_CRC_OFFSET, CHUNK_HEADER_LENGTH - PAYLOAD_CRC_OFFSET);
        chunk.putInt(CHUNK_HEADER_CRC_OFFSET, headerCrc, BYTE_ORDER);
        chunkBytes.clear().limit(CHUNK_HEADER_LENGTH + payloadLength);
        count = 0;
        return chunkBytes;
    }

    private void putContents() {
        long types = 0;
        chunk.setMemory(INSTRUMENT_SET_OFFSET, INSTRUMENT_SET_LENGTH, (byte) 0);
        for (int at = 0; at < count * SLOT_LENGTH; at += SLOT_LENGTH) {
            final boolean isEvent = isEvent(slots, at);
            types |= ChunkContents.typeBit(slots, at, isEvent);
            final int instrumentOffset = isEvent ? INSTRUMENT_ID_OFFSET : ItchSlotDescriptor.INSTRUMENT_ID_OFFSET;
            final int instrumentId = slots.getInt(at + instrumentOffset, BYTE_ORDER);
            final int bits = INSTRUMENT_SET_OFFSET + (instrumentId >>> 6 & 3) * Long.BYTES;
            chunk.putLong(bits, chunk.getLong(bits, BYTE_ORDER) | 1L << instrumentId, BYTE_ORDER);
        }
        chunk.putLong(TYPE_SET_OFFSET, types, BYTE_ORDER);
    }

    /** The header of the chunk encoded last. */
    Format2ChunkHeader header() {
        return header;
    }

    @Override
    public void close() {
        BufferUtil.free(slotBytes);
        BufferUtil.free(rowBytes);
        BufferUtil.free(chunkBytes);
    }
}
