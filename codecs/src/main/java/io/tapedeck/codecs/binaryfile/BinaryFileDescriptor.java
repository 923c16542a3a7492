package io.tapedeck.codecs.binaryfile;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Layout of a BinaryFILE frame, as of the exchange's BinaryFILE 1.00. Frames follow each other without padding; a
 * length of zero ends the session.
 *
 * <pre>
 *   0               2
 *  +---------------+- - - - - - - - - - - - - - - +
 *  | length, big-e.| message, that many bytes      |
 *  +---------------+- - - - - - - - - - - - - - - +
 * </pre>
 */
public final class BinaryFileDescriptor {
    /** Length of the length field, which does not count itself. */
    public static final int LENGTH_FIELD_LENGTH = 2;

    /** The longest message that a frame can hold, in bytes. */
    public static final int MAX_MESSAGE_LENGTH = 0xFFFF;

    /** Value of a length field after which nothing follows. */
    public static final int END_OF_SESSION_LENGTH = 0;

    private BinaryFileDescriptor() {}

    /**
     * Reads a length field.
     *
     * @param buffer with the frame.
     * @param offset of the frame, in bytes.
     * @return length of the message, 0 to {@link #MAX_MESSAGE_LENGTH} bytes.
     */
    public static int messageLength(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset, BIG_ENDIAN) & 0xFFFF;
    }

    /**
     * Writes a length field.
     *
     * @param buffer to write to.
     * @param offset of the frame, in bytes.
     * @param length of the message that follows, 0 to {@link #MAX_MESSAGE_LENGTH} bytes.
     */
    public static void putMessageLength(final MutableDirectBuffer buffer, final int offset, final int length) {
        buffer.putShort(offset, (short) length, BIG_ENDIAN);
    }
}
