package io.tapedeck.codecs.itch;

import java.nio.charset.StandardCharsets;

/**
 * ITCH text as numbers. An alpha field holds ASCII, left-justified, padded with spaces; read as one big-endian number
 * it compares and hashes in a register. The methods here are for cold code: they make and take strings.
 */
public final class Alpha {
    private Alpha() {}

    /**
     * An eight-byte field as text, for example a stock.
     *
     * @param value eight bytes, the first character highest.
     * @return the characters without the spaces at the end; bytes that are not ASCII come as ISO 8859-1.
     */
    public static String text(final long value) {
        return text(value, Long.BYTES);
    }

    /**
     * A four-byte field as text, for example an MPID.
     *
     * @param value four bytes, the first character highest.
     * @return the characters without the spaces at the end; bytes that are not ASCII come as ISO 8859-1.
     */
    public static String text(final int value) {
        return text(value, Integer.BYTES);
    }

    /**
     * Text as an eight-byte field.
     *
     * @param text up to eight ASCII characters.
     * @return eight bytes, the first character highest, padded with spaces.
     * @throws IllegalArgumentException when the text is longer or not ASCII.
     */
    public static long toLong(final CharSequence text) {
        return pack(text, Long.BYTES);
    }

    /**
     * Text as a four-byte field.
     *
     * @param text up to four ASCII characters.
     * @return four bytes, the first character highest, padded with spaces.
     * @throws IllegalArgumentException when the text is longer or not ASCII.
     */
    public static int toInt(final CharSequence text) {
        return (int) pack(text, Integer.BYTES);
    }

    private static String text(final long value, final int length) {
        final byte[] bytes = new byte[length];
        int end = 0;
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (value >>> 8 * (length - 1 - i));
            if (' ' != bytes[i]) {
                end = i + 1;
            }
        }
        return new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
    }

    private static long pack(final CharSequence text, final int length) {
        if (text.length() > length) {
            throw new IllegalArgumentException("text too long for its field: text=" + text + ", length=" + length);
        }
        long value = 0;
        for (int i = 0; i < length; i++) {
            final char c = i < text.length() ? text.charAt(i) : ' ';
            if (c > 0x7F) {
                throw new IllegalArgumentException("text is not ASCII: text=" + text + ", index=" + i);
            }
            value = value << 8 | c;
        }
        return value;
    }
}
