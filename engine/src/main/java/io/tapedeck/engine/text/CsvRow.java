package io.tapedeck.engine.text;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * One row of text in the making: numbers and names become ASCII in place, with a comma between fields. Reused from row
 * to row.
 *
 * <p><b>Note:</b> used by one thread; no allocation after construction.
 */
public final class CsvRow {
    /** Room for 32 fields of the longest kind. */
    private static final int CAPACITY = 32 * (Long.toString(Long.MIN_VALUE).length() + 2);

    private static final int PRICE_SCALE = 10_000;
    private static final long[] POWERS_OF_TEN = new long[16];

    static {
        POWERS_OF_TEN[0] = 1;
        for (int i = 1; i < POWERS_OF_TEN.length; i++) {
            POWERS_OF_TEN[i] = 10 * POWERS_OF_TEN[i - 1];
        }
    }

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
     * Adds a whole number of 64 bits without a sign.
     *
     * @param value any.
     * @return this.
     */
    public CsvRow unsigned(final long value) {
        if (value >= 0) {
            return number(value);
        }
        final long tenth = Long.divideUnsigned(value, 10);
        number(tenth);
        bytes[length++] = (byte) ('0' + (value - tenth * 10));
        return this;
    }

    /**
     * Adds a price as a decimal number with four decimals.
     *
     * @param tenThousandths the price x 10,000; above {@link Long#MIN_VALUE}.
     * @return this.
     */
    public CsvRow price(final long tenThousandths) {
        separate();
        if (tenThousandths < 0) {
            bytes[length++] = '-';
        }
        final long magnitude = Math.abs(tenThousandths);
        length += buffer.putLongAscii(length, magnitude / PRICE_SCALE);
        bytes[length++] = '.';
        int rest = (int) (magnitude % PRICE_SCALE);
        for (int scale = PRICE_SCALE / 10; scale > 0; scale /= 10) {
            bytes[length++] = (byte) ('0' + rest / scale);
            rest %= scale;
        }
        return this;
    }

    /**
     * Adds a number with a fixed number of decimals, rounded to the nearest, halves up.
     *
     * @param value    a number; one whose digits do not fit into a long is cut to the largest that does.
     * @param decimals 0 to 15.
     * @return this.
     */
    public CsvRow decimal(final double value, final int decimals) {
        separate();
        final long power = POWERS_OF_TEN[decimals];
        final long scaled = Math.max(-Long.MAX_VALUE, Math.round(value * power));
        if (scaled < 0) {
            bytes[length++] = '-';
        }
        final long magnitude = Math.abs(scaled);
        length += buffer.putLongAscii(length, magnitude / power);
        if (decimals > 0) {
            bytes[length++] = '.';
            long rest = magnitude % power;
            for (int i = decimals - 1; i >= 0; i--) {
                bytes[length + i] = (byte) ('0' + rest % 10);
                rest /= 10;
            }
            length += decimals;
        }
        return this;
    }

    /**
     * Adds a field with nothing in it; not the first one.
     *
     * @return this.
     */
    public CsvRow empty() {
        separate();
        return this;
    }

    /** Adds ASCII text that needs no quotes. */
    CsvRow text(final byte[] ascii) {
        separate();
        System.arraycopy(ascii, 0, bytes, length, ascii.length);
        length += ascii.length;
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
