package io.tapedeck.engine.text;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * One row of text in the making: numbers and names become ASCII in place, with a comma between fields. Reused from row
 * to row.
 *
 * <p><b>Note:</b> used by one thread; no allocation after construction.
 */
public final class CsvRow {
    /** Room for twelve fields of the longest kind. */
    private static final int CAPACITY = 12 * (Long.toString(Long.MIN_VALUE).length() + 1);

    private final byte[] bytes = new byte[CAPACITY];
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private int length;

    /** An empty row. */
    public CsvRow() {}

    /**
     * Forgets the row before.
     *
     * @return this.
     */
    public CsvRow start() {
        length = 0;
        return this;
    }

    /**
     * Adds a whole number.
     *
     * @param value any.
     * @return this.
     */
    public CsvRow number(final long value) {
        separate();
        length += buffer.putLongAscii(length, value);
        return this;
    }

    /**
     * Adds a single character.
     *
     * @param letter of ASCII.
     * @return this.
     */
    public CsvRow letter(final char letter) {
        separate();
        bytes[length++] = (byte) letter;
        return this;
    }

    /**
     * Adds a name. A byte that would break a row, as only damaged data has it, becomes a question mark.
     *
     * @param symbol eight ASCII bytes, the first one highest, of which the spaces at the end do not count.
     * @return this.
     */
    public CsvRow symbol(final long symbol) {
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

    /**
     * Ends the row.
     *
     * @return this, with an end of line.
     */
    public CsvRow end() {
        bytes[length++] = '\n';
        return this;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Bytes of the row so far. */
    int length() {
        return length;
    }

    private void separate() {
        if (length > 0) {
            bytes[length++] = ',';
        }
    }
}
