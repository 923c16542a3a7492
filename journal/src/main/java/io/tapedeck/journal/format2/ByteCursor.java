package io.tapedeck.journal.format2;

import static io.tapedeck.journal.format2.ColumnDescriptor.MAX_VARINT64_LENGTH;
import static io.tapedeck.journal.format2.Format2Descriptor.BYTE_ORDER;

import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A place in a section whose parts have no fixed length: moved on by everything that is written or read. A varint has
 * seven bits in each byte, the lowest first; the eighth bit says that more follow. A signed one is zigzag-coded.
 *
 * <p>Reading beyond the end gives zeros and is remembered: {@link #isWithin()} asks once for many reads.
 */
final class ByteCursor {
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private int position;
    private int limit;

    /** Begins at an address; the memory is the caller's. */
    void wrap(final long address, final int length) {
        buffer.wrap(address, length);
        position = 0;
        limit = length;
    }

    int position() {
        return position;
    }

    /** Whether nothing was read beyond the end. */
    boolean isWithin() {
        return position <= limit;
    }

    boolean isAtEnd() {
        return position == limit;
    }

    void putVarint(final long value) {
        long rest = value;
        while ((rest & -0x80L) != 0) {
            buffer.putByte(position++, (byte) (rest | 0x80));
            rest >>>= 7;
        }
        buffer.putByte(position++, (byte) rest);
    }

    void putSigned(final long value) {
        putVarint(value << 1 ^ value >> 63);
    }

    void putLong(final long value) {
        buffer.putLong(position, value, BYTE_ORDER);
        position += Long.BYTES;
    }

    /** Copies bytes from an address outside the heap. */
    void putBytes(final long source, final int length) {
        UnsafeApi.copyMemory(source, buffer.addressOffset() + position, length);
        position += length;
    }

    long varint() {
        long value = 0;
        for (int i = 0; i < MAX_VARINT64_LENGTH && position < limit; i++) {
            final byte next = buffer.getByte(position++);
            value |= (next & 0x7FL) << 7 * i;
            if (next >= 0) {
                return value;
            }
        }
        position = limit + 1;
        return 0;
    }

    long signed() {
        final long value = varint();
        return value >>> 1 ^ -(value & 1);
    }

    /** Moves on over bytes that are read at their place, and gives where they begin, or -1 if they are not there. */
    int skip(final int length) {
        if (length > limit - position) {
            position = limit + 1;
            return -1;
        }
        position += length;
        return position - length;
    }

    UnsafeBuffer buffer() {
        return buffer;
    }
}
