package io.tapedeck.engine.importer;

import org.agrona.concurrent.UnsafeBuffer;

/** One row of text in the making: numbers and symbols become ASCII in place. Reused from row to row. */
final class CsvRow {
    /** Room for eight fields of the longest kind. */
    private static final int CAPACITY = 8 * (Long.toString(Long.MIN_VALUE).length() + 1);

    private final byte[] bytes = new byte[CAPACITY];
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private int length;

    byte[] bytes() {
        return bytes;
    }

    /** Bytes of the row so far. */
    int length() {
        return length;
    }

    CsvRow start() {
        length = 0;
        return this;
    }

    CsvRow number(final long value) {
        separate();
        length += buffer.putLongAscii(length, value);
        return this;
    }

    CsvRow letter(final char letter) {
        separate();
        bytes[length++] = (byte) letter;
        return this;
    }

    /**
     * Eight bytes of which the spaces at the end do not count. A byte that would break a row, as only damaged data has
     * it, becomes a question mark.
     */
    CsvRow symbol(final long symbol) {
        separate();
        int end = length;
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            final byte character = (byte) (symbol >>> shift);
            bytes[length++] = character < ' ' || character == 0x7F || character == ',' || character == '"'
                    ? (byte) '?'
                    : character;
            if (character != ' ') {
                end = length;
            }
        }
        length = end;
        return this;
    }

    CsvRow end() {
        bytes[length++] = '\n';
        return this;
    }

    private void separate() {
        if (length > 0) {
            bytes[length++] = ',';
        }
    }
}
