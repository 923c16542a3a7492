package io.tapedeck.codecs.mold;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Name of a MoldUDP64 session: ten bytes that are compared and written as two numbers. Immutable, and free to be used
 * by any thread.
 */
public final class MoldSession {
    private static final int TAIL_OFFSET = Long.BYTES;

    /** The first eight bytes. */
    private final long head;

    /** The last two bytes. */
    private final short tail;

    private MoldSession(final long head, final short tail) {
        this.head = head;
        this.tail = tail;
    }

    /**
     * Names a session.
     *
     * @param name one to ten printable ASCII characters; shorter names are padded with spaces at the end.
     * @return the session.
     * @throws IllegalArgumentException for any other name.
     */
    public static MoldSession of(final String name) {
        if (name.isBlank() || name.length() > MoldDescriptor.SESSION_LENGTH || !name.matches("[ -~]*")) {
            throw new IllegalArgumentException(
                    "session name must be 1 to " + MoldDescriptor.SESSION_LENGTH + " ASCII characters: name=" + name);
        }
        long head = 0;
        short tail = 0;
        for (int i = 0; i < MoldDescriptor.SESSION_LENGTH; i++) {
            final int c = i < name.length() ? name.charAt(i) : ' ';
            if (i < TAIL_OFFSET) {
                head = head << 8 | c;
            } else {
                tail = (short) (tail << 8 | c);
            }
        }
        return new MoldSession(head, tail);
    }

    /**
     * Takes the name from a packet, whatever its bytes are.
     *
     * @param buffer with the packet.
     * @param offset of the session field, in bytes.
     * @return a new session.
     */
    public static MoldSession read(final DirectBuffer buffer, final int offset) {
        return new MoldSession(buffer.getLong(offset, BIG_ENDIAN), buffer.getShort(offset + TAIL_OFFSET, BIG_ENDIAN));
    }

    /**
     * Whether a packet is of this session; allocates nothing.
     *
     * @param buffer with the packet.
     * @param offset of the session field, in bytes.
     * @return true when all ten bytes agree.
     */
    public boolean matches(final DirectBuffer buffer, final int offset) {
        return head == buffer.getLong(offset, BIG_ENDIAN) && tail == buffer.getShort(offset + TAIL_OFFSET, BIG_ENDIAN);
    }

    /**
     * Writes the ten bytes; allocates nothing.
     *
     * @param buffer to write to.
     * @param offset of the session field, in bytes.
     */
    public void put(final MutableDirectBuffer buffer, final int offset) {
        buffer.putLong(offset, head, BIG_ENDIAN);
        buffer.putShort(offset + TAIL_OFFSET, tail, BIG_ENDIAN);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof MoldSession && head == ((MoldSession) other).head && tail == ((MoldSession) other).tail;
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(head) + tail;
    }

    /**
     * The name as text.
     *
     * @return without the spaces at the end; bytes that are not ASCII come as ISO 8859-1.
     */
    @Override
    public String toString() {
        final byte[] bytes = new byte[MoldDescriptor.SESSION_LENGTH];
        for (int i = 0; i < TAIL_OFFSET; i++) {
            bytes[i] = (byte) (head >>> 8 * (TAIL_OFFSET - 1 - i));
        }
        bytes[TAIL_OFFSET] = (byte) (tail >>> 8);
        bytes[TAIL_OFFSET + 1] = (byte) tail;
        return new String(bytes, StandardCharsets.ISO_8859_1).stripTrailing();
    }
}
