package io.tapedeck.codecs.soup;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Numbers as ASCII digits in a field of twenty bytes. */
public final class SoupNumber {
    /** Length of the field in bytes. */
    public static final int LENGTH = 20;

    /** Answer for a field that holds no number from 0 to 2^63 - 1. */
    public static final long NONE = -1;

    private static final int BASE = 10;

    private SoupNumber() {}

    /**
     * Reads a number; allocates nothing.
     *
     * @param buffer with the field.
     * @param offset of the field, in bytes.
     * @return the number between the spaces on either side, or {@link #NONE}.
     */
    public static long get(final DirectBuffer buffer, final int offset) {
        int start = offset;
        int end = offset + LENGTH;
        while (start < end && buffer.getByte(start) == ' ') {
            start++;
        }
        while (start < end && buffer.getByte(end - 1) == ' ') {
            end--;
        }
        if (start == end) {
            return NONE;
        }
        long number = 0;
        for (int i = start; i < end; i++) {
            final int digit = buffer.getByte(i) - '0';
            if (digit < 0 || digit >= BASE || number > (Long.MAX_VALUE - digit) / BASE) {
                return NONE;
            }
            number = number * BASE + digit;
        }
        return number;
    }

    /**
     * Writes a number at the end of its field; allocates nothing.
     *
     * @param buffer  to write to.
     * @param offset  of the field, in bytes.
     * @param number  0 to 2^63 - 1.
     * @param padding that fills the field in front of it: a space or a zero.
     */
    public static void put(final MutableDirectBuffer buffer, final int offset, final long number, final byte padding) {
        int position = offset + LENGTH;
        long rest = number;
        do {
            buffer.putByte(--position, (byte) ('0' + rest % BASE));
            rest /= BASE;
        } while (rest > 0);
        buffer.setMemory(offset, position - offset, padding);
    }
}
