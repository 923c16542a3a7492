package io.tapedeck.codecs.glimpse;

import io.tapedeck.codecs.soup.SoupNumber;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The last message of a snapshot, of the exchange's GLIMPSE 5.0: with which message of the feed to go on. It is the only
 * message without the header of ITCH.
 *
 * <pre>
 *   0   1                      21
 *  +---+----------------------+
 *  | G | number, ASCII digits |
 *  +---+----------------------+
 * </pre>
 */
public final class EndOfSnapshot {
    /** Type byte. */
    public static final byte TYPE = 'G';

    /** Length in bytes. */
    public static final int LENGTH = 1 + SoupNumber.LENGTH;

    private static final int TYPE_OFFSET = 0;
    private static final int SEQUENCE_OFFSET = 1;

    private EndOfSnapshot() {}

    /**
     * Writes the message.
     *
     * @param buffer   to write to.
     * @param offset   of the message, in bytes.
     * @param sequence of the first message that the snapshot does not contain, from 1.
     * @return length of the message, in bytes.
     */
    public static int put(final MutableDirectBuffer buffer, final int offset, final long sequence) {
        buffer.putByte(offset + TYPE_OFFSET, TYPE);
        SoupNumber.put(buffer, offset + SEQUENCE_OFFSET, sequence, (byte) '0');
        return LENGTH;
    }

    /**
     * Whether a message is of this type and length.
     *
     * @param buffer with the message.
     * @param offset of the message, in bytes.
     * @param length of the message, in bytes.
     * @return false for every other.
     */
    public static boolean is(final DirectBuffer buffer, final int offset, final int length) {
        return length == LENGTH && buffer.getByte(offset + TYPE_OFFSET) == TYPE;
    }

    /**
     * Number of the first message that the snapshot does not contain.
     *
     * @param buffer with the message.
     * @param offset of the message, in bytes.
     * @return from 0, or {@link SoupNumber#NONE} when it is no number.
     */
    public static long sequence(final DirectBuffer buffer, final int offset) {
        return SoupNumber.get(buffer, offset + SEQUENCE_OFFSET);
    }
}
