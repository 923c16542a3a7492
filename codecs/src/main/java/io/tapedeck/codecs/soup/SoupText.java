package io.tapedeck.codecs.soup;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Text in a field of fixed length, padded with spaces on either side: a user, a password, a session. Case does not
 * matter. Immutable, and free to be used by any thread.
 */
public final class SoupText {
    /** The empty text, a field of spaces. */
    public static final SoupText BLANK = new SoupText("");

    private static final byte SPACE = ' ';

    private final byte[] bytes;

    private SoupText(final String text) {
        bytes = text.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Makes a text.
     *
     * @param text      printable ASCII characters; spaces around them do not count.
     * @param maxLength of the field that it is for, in characters.
     * @return the text.
     * @throws IllegalArgumentException when it is longer or has other characters.
     */
    public static SoupText of(final String text, final int maxLength) {
        final String stripped = text.strip();
        if (stripped.length() > maxLength || !stripped.matches("[ -~]*")) {
            throw new IllegalArgumentException(
                    "the field takes up to " + maxLength + " printable ASCII characters: text=" + text);
        }
        return new SoupText(stripped);
    }

    /**
     * Whether a field holds this text; allocates nothing.
     *
     * @param buffer with the field.
     * @param offset of the field, in bytes.
     * @param length of the field, in bytes.
     * @return true when all but case and the spaces around it agree.
     */
    public boolean matches(final DirectBuffer buffer, final int offset, final int length) {
        int start = offset;
        int end = offset + length;
        while (start < end && buffer.getByte(start) == SPACE) {
            start++;
        }
        while (start < end && buffer.getByte(end - 1) == SPACE) {
            end--;
        }
        if (end - start != bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if (upper(buffer.getByte(start + i)) != upper(bytes[i])) {
                return false;
            }
        }
        return true;
    }

    /**
     * Fills a field, with the text at its start.
     *
     * @param buffer to write to.
     * @param offset of the field, in bytes.
     * @param length of the field, in bytes, at least that of the text.
     */
    public void putLeft(final MutableDirectBuffer buffer, final int offset, final int length) {
        buffer.setMemory(offset, length, SPACE);
        buffer.putBytes(offset, bytes);
    }

    /**
     * Fills a field, with the text at its end.
     *
     * @param buffer to write to.
     * @param offset of the field, in bytes.
     * @param length of the field, in bytes, at least that of the text.
     */
    public void putRight(final MutableDirectBuffer buffer, final int offset, final int length) {
        buffer.setMemory(offset, length, SPACE);
        buffer.putBytes(offset + length - bytes.length, bytes);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof SoupText && upper().equals(((SoupText) other).upper());
    }

    @Override
    public int hashCode() {
        return upper().hashCode();
    }

    /**
     * The text.
     *
     * @return as it was given, without the spaces around it.
     */
    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private String upper() {
        return toString().toUpperCase(Locale.ROOT);
    }

    private static byte upper(final byte c) {
        return c >= 'a' && c <= 'z' ? (byte) (c - 'a' + 'A') : c;
    }
}
