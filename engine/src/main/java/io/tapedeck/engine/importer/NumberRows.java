package io.tapedeck.engine.importer;

import io.tapedeck.codecs.CorruptDataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Reads a text file of numbers, row by row: commas between the fields, no header, no quotes. Memory does not depend on
 * the file.
 *
 * <p><b>Note:</b> belongs to one thread. No allocation per row.
 */
final class NumberRows implements AutoCloseable {
    /** The longest row, in bytes. */
    static final int MAX_ROW_LENGTH = 1 << 16;

    /** The most fields of a row. */
    static final int MAX_FIELDS = 1 << 12;

    private static final int WINDOW_LENGTH = 1 << 18;
    private static final int MAX_DIGITS = 18;
    private static final int NANO_DIGITS = 9;
    private static final int MAX_SHOWN_LENGTH = 40;

    private final Path path;
    private final FileChannel channel;
    private final byte[] window = new byte[WINDOW_LENGTH];
    private final int[] fieldStarts = new int[MAX_FIELDS + 1];
    private long windowFileOffset;
    private int limit;
    private int nextRow;
    private boolean isFullyRead;
    private long lineNumber;
    private int fieldCount;

    private NumberRows(final Path path, final FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    static NumberRows open(final Path path) throws IOException {
        return new NumberRows(path, FileChannel.open(path, StandardOpenOption.READ));
    }

    /**
     * Goes to the next row.
     *
     * @return false at the end of the file.
     * @throws CorruptDataException if the row is too long, or has too many fields.
     * @throws IOException          if the file cannot be read.
     */
    boolean next() throws IOException {
        int end = endOfRow();
        if (end < 0 && !isFullyRead) {
            refill();
            end = endOfRow();
        }
        if (end < 0) {
            if (nextRow == limit) {
                return false;
            }
            // The last row may lack its end of line.
            end = limit;
        }
        lineNumber++;
        split(nextRow, end);
        nextRow = Math.min(limit, end + 1);
        return true;
    }

    private int endOfRow() {
        for (int at = nextRow; at < limit; at++) {
            if (window[at] == '\n') {
                return at;
            }
        }
        return -1;
    }

    private void refill() throws IOException {
        windowFileOffset += nextRow;
        System.arraycopy(window, nextRow, window, 0, limit - nextRow);
        limit -= nextRow;
        nextRow = 0;
        final ByteBuffer rest = ByteBuffer.wrap(window, limit, window.length - limit);
        while (rest.hasRemaining() && !isFullyRead) {
            isFullyRead = channel.read(rest) < 0;
        }
        limit = rest.position();
    }

    private void split(final int start, final int end) {
        final int last = end > start && window[end - 1] == '\r' ? end - 1 : end;
        fieldCount = 0;
        fieldStarts[0] = start;
        if (last - start > MAX_ROW_LENGTH) {
            throw wrong("has " + (last - start) + " bytes, rows have " + MAX_ROW_LENGTH + " at most");
        }
        for (int at = start; at <= last; at++) {
            if (at == last || window[at] == ',') {
                if (fieldCount == MAX_FIELDS) {
                    throw wrong("has more than " + MAX_FIELDS + " fields");
                }
                fieldStarts[++fieldCount] = at + 1;
            }
        }
    }

    /** How many fields the row has; 1 of an empty one. */
    int fieldCount() {
        return fieldCount;
    }

    /** The row's number in the file, from 1. */
    long lineNumber() {
        return lineNumber;
    }

    /**
     * A field with a whole number.
     *
     * @param field from 0.
     * @param name  for messages.
     * @param least that is allowed.
     * @param most  that is allowed.
     */
    long whole(final int field, final String name, final long least, final long most) {
        int at = fieldStarts[field];
        final int end = fieldEnd(field);
        final boolean isNegative = at < end && window[at] == '-';
        at += isNegative ? 1 : 0;
        long value = 0;
        boolean isNumber = at < end && end - at <= MAX_DIGITS;
        for (; isNumber && at < end; at++) {
            isNumber = isDigit(window[at]);
            value = value * 10 + (window[at] - '0');
        }
        value = isNegative ? -value : value;
        if (!isNumber || value < least || value > most) {
            throw wrong(name + " is \"" + text(field) + "\", must be a whole number from " + least + " to " + most);
        }
        return value;
    }

    /**
     * A field with seconds as a decimal number; digits behind the ninth decimal are rounded.
     *
     * @param field  from 0.
     * @param name   for messages.
     * @param mostNs that is allowed.
     * @return nanoseconds.
     */
    long nanoseconds(final int field, final String name, final long mostNs) {
        final int end = fieldEnd(field);
        int at = fieldStarts[field];
        long value = 0;
        int digits = 0;
        while (at < end && isDigit(window[at]) && digits <= NANO_DIGITS) {
            value = value * 10 + (window[at++] - '0');
            digits++;
        }
        boolean isNumber = digits > 0 && digits <= NANO_DIGITS;
        int decimals = 0;
        if (at < end && window[at] == '.') {
            at++;
            isNumber &= at < end;
            while (at < end && isDigit(window[at]) && decimals < NANO_DIGITS) {
                value = value * 10 + (window[at++] - '0');
                decimals++;
            }
        }
        for (; decimals < NANO_DIGITS; decimals++) {
            value *= 10;
        }
        value += at < end && isDigit(window[at]) && window[at] >= '5' ? 1 : 0;
        for (; at < end; at++) {
            isNumber &= isDigit(window[at]);
        }
        if (!isNumber || value > mostNs) {
            throw wrong(name + " is \"" + text(field) + "\", must be seconds from midnight, up to "
                    + mostNs / 1_000_000_000);
        }
        return value;
    }

    private int fieldEnd(final int field) {
        return fieldStarts[field + 1] - 1;
    }

    /** The fault of the row. */
    CorruptDataException wrong(final String what) {
        return new CorruptDataException(
                path,
                windowFileOffset + fieldStarts[0],
                "line " + lineNumber + ": " + what,
                "Everything before it is sound; correct the row, or fetch the file again");
    }

    private String text(final int field) {
        final int start = fieldStarts[field];
        final int end = Math.min(fieldEnd(field), start + MAX_SHOWN_LENGTH);
        final String text = new String(window, start, end - start, StandardCharsets.ISO_8859_1);
        return text.chars()
                .map(c -> c < ' ' || c > '~' ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isDigit(final byte character) {
        return character >= '0' && character <= '9';
    }

    @Override
    public void close() throws IOException {
        Arrays.fill(fieldStarts, 0);
        channel.close();
    }
}
