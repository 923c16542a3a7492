package io.tapedeck.journal.format2;

import org.agrona.UnsafeApi;

/**
 * Ids of a chunk in the order of its records, each as the distance from the one before: half a byte says how wide the
 * distance is, and the bits follow behind all of those. The distance is unsigned, so that a smaller id takes 64 bits:
 * an exchange numbers upwards.
 *
 * <p>Addresses are of memory outside the heap that the caller owns, little-endian. A list is padded by 8 bytes that do
 * not belong to it.
 */
final class IdList {
    /** Bytes behind a list that may be read, and are written over. */
    static final int PADDING = Long.BYTES;

    private static final int[] WIDTHS = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 16, 32, 64};
    private static final long[] OFFSETS = new long[WIDTHS.length];
    private static final int WIDEST = WIDTHS.length - 1;

    /** How many widths, from 0 on, are one more than the one before. */
    private static final int SINGLE_WIDTHS = 13;

    static {
        for (int i = 1; i < WIDEST; i++) {
            OFFSETS[i] = OFFSETS[i - 1] + (1L << WIDTHS[i - 1]);
        }
    }

    private IdList() {}

    private static int codesLength(final int count) {
        return (count + 1) / 2;
    }

    /** Writes a list and gives its length. */
    static int encode(final long[] ids, final int count, final long address) {
        final long bits = address + codesLength(count);
        UnsafeApi.setMemory(address, codesLength(count), (byte) 0);
        long position = 0;
        long previous = 0;
        for (int i = 0; i < count; i++) {
            final long distance = ids[i] - previous;
            previous = ids[i];
            final int code = code(distance);
            final long codeAddress = address + (i >>> 1);
            final int shift = (i & 1) << 2;
            UnsafeApi.putByte(codeAddress, (byte) (UnsafeApi.getByte(codeAddress) | code << shift));
            final long value = distance - OFFSETS[code];
            position = put(bits, position, value & 0xFFFF_FFFFL, Math.min(WIDTHS[code], Integer.SIZE));
            if (code == WIDEST) {
                position = put(bits, position, value >>> Integer.SIZE, Integer.SIZE);
            }
        }
        return codesLength(count) + (int) (position + 7 >>> 3);
    }

    private static int code(final long distance) {
        if (distance >= 0 && distance < OFFSETS[SINGLE_WIDTHS]) {
            // Widths that count up from 0: a class begins at one less than a power of two.
            return Long.SIZE - 1 - Long.numberOfLeadingZeros(distance + 1);
        }
        if (distance < 0 || distance >= OFFSETS[WIDEST - 1] + (1L << WIDTHS[WIDEST - 1])) {
            return WIDEST;
        }
        int code = WIDEST - 1;
        while (distance < OFFSETS[code]) {
            code--;
        }
        return code;
    }

    /** Writes over what was above the position, so that the memory need not be zeroed. */
    private static long put(final long bits, final long position, final long value, final int width) {
        final long address = bits + (position >>> 3);
        final long below = UnsafeApi.getByte(address) & (1L << (position & 7)) - 1;
        UnsafeApi.putLong(address, below | value << (position & 7));
        return position + width;
    }

    /**
     * Reads a list.
     *
     * @return whether it has just the length that it has to have.
     */
    static boolean decode(final long address, final int length, final long[] ids, final int count) {
        final int codesLength = codesLength(count);
        if (length < codesLength) {
            return false;
        }
        final long bits = address + codesLength;
        final long limit = (long) (length - codesLength) << 3;
        long position = 0;
        long id = 0;
        for (int i = 0; i < count; i++) {
            final int code = UnsafeApi.getByte(address + (i >>> 1)) >>> ((i & 1) << 2) & 0xF;
            final int width = WIDTHS[code];
            if (position + width > limit) {
                return false;
            }
            final long low = get(bits, position) & (1L << Math.min(width, Integer.SIZE)) - 1;
            final long high = width > Integer.SIZE ? get(bits, position + Integer.SIZE) << Integer.SIZE : 0;
            position += width;
            id += OFFSETS[code] + (low | high);
            ids[i] = id;
        }
        return position + 7 >>> 3 == length - codesLength;
    }

    private static long get(final long bits, final long position) {
        return UnsafeApi.getLong(bits + (position >>> 3)) >>> (position & 7);
    }
}
