package io.tapedeck.journal.format2;

import static io.tapedeck.journal.format2.Format2Descriptor.*;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A chunk header, or the index entry made of one: both have the fields at the same places. Reused.
 *
 * <p>The header has a CRC of its own, which covers the payload's. So a header can be believed before its payload is
 * read, and one that belongs to a damaged payload still says where the next chunk begins and which records are lost.
 */
final class Format2ChunkHeader {
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);

    Format2ChunkHeader wrap(final DirectBuffer bytes, final int offset) {
        buffer.wrap(bytes, offset, CHUNK_HEADER_LENGTH);
        return this;
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    int payloadCrc() {
        return buffer.getInt(PAYLOAD_CRC_OFFSET, BYTE_ORDER);
    }

    int payloadLength() {
        return buffer.getInt(PAYLOAD_LENGTH_OFFSET, BYTE_ORDER);
    }

    /** Length of header and payload; only of a header without a fault. */
    int length() {
        return CHUNK_HEADER_LENGTH + payloadLength();
    }

    long firstSequence() {
        return buffer.getLong(FIRST_SEQUENCE_OFFSET, BYTE_ORDER);
    }

    /** Sequence of the chunk's last record; only of a header without a fault. */
    long lastSequence() {
        return firstSequence() + recordCount() - 1;
    }

    int recordCount() {
        return buffer.getInt(RECORD_COUNT_OFFSET, BYTE_ORDER);
    }

    long firstTimeNs() {
        return buffer.getLong(FIRST_TIME_OFFSET, BYTE_ORDER);
    }

    long lastTimeNs() {
        return buffer.getLong(LAST_TIME_OFFSET, BYTE_ORDER);
    }

    long leastTimeNs() {
        return buffer.getLong(LEAST_TIME_OFFSET, BYTE_ORDER);
    }

    long greatestTimeNs() {
        return buffer.getLong(GREATEST_TIME_OFFSET, BYTE_ORDER);
    }

    ChunkContents contents() {
        final long[] instruments = new long[INSTRUMENT_SET_LENGTH / Long.BYTES];
        for (int i = 0; i < instruments.length; i++) {
            instruments[i] = buffer.getLong(INSTRUMENT_SET_OFFSET + i * Long.BYTES, BYTE_ORDER);
        }
        return new ChunkContents(buffer.getLong(TYPE_SET_OFFSET, BYTE_ORDER), instruments);
    }

    /**
     * What makes the fields impossible, whoever vouches for them.
     *
     * @param chunkCapacity of the file.
     * @return a clause with the value found and the values that would be right, or null if nothing is wrong.
     */
    String fault(final int chunkCapacity) {
        final int count = recordCount();
        if (count < 1 || count > chunkCapacity) {
            return "record count is " + Integer.toUnsignedString(count) + ", must be 1 to the chunk capacity "
                    + chunkCapacity;
        }
        final int reserved = buffer.getInt(CHUNK_RESERVED_OFFSET, BYTE_ORDER);
        if (reserved != 0) {
            return "reserved bytes are " + Integer.toUnsignedString(reserved) + ", must be 0";
        }
        final int payload = payloadLength();
        if (payload < ColumnDescriptor.HEAD_LENGTH || payload > ColumnDescriptor.maxPayloadLength(count)) {
            return "payload length is " + Integer.toUnsignedString(payload) + ", must be "
                    + ColumnDescriptor.HEAD_LENGTH + " to " + ColumnDescriptor.maxPayloadLength(count) + " for " + count
                    + " records";
        }
        if (firstSequence() < 1 || lastSequence() < firstSequence()) {
            return "first sequence is " + Long.toUnsignedString(firstSequence()) + ", must be from 1 to "
                    + (Long.MAX_VALUE - count + 1);
        }
        final boolean inside = leastTimeNs() <= Math.min(firstTimeNs(), lastTimeNs())
                && Math.max(firstTimeNs(), lastTimeNs()) <= greatestTimeNs();
        return inside
                ? null
                : "times " + firstTimeNs() + " and " + lastTimeNs() + " must lie between " + leastTimeNs() + " and "
                        + greatestTimeNs();
    }
}
