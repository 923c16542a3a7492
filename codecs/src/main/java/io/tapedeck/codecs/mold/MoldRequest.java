package io.tapedeck.codecs.mold;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A receiver's request for messages that it missed: the twenty bytes of a header, see {@link MoldDescriptor}. The
 * answer is an ordinary downstream packet with the messages that fit into it.
 *
 * <p><b>Note:</b> used by one thread; allocates nothing.
 */
public final class MoldRequest {
    /** Length of a request in bytes. */
    public static final int LENGTH = MoldDescriptor.HEADER_LENGTH;

    private DirectBuffer buffer;
    private int offset;

    /**
     * Writes a request.
     *
     * @param buffer       to write to.
     * @param offset       of the request, in bytes.
     * @param session      to ask of.
     * @param sequence     of the first message wanted.
     * @param messageCount how many are wanted, 1 to 65,535.
     * @return length of the request, in bytes.
     */
    public static int put(
            final MutableDirectBuffer buffer,
            final int offset,
            final MoldSession session,
            final long sequence,
            final int messageCount) {
        MoldDescriptor.putHeader(buffer, offset, session, sequence, messageCount);
        return LENGTH;
    }

    /**
     * Points at a datagram if it can be a request.
     *
     * @param buffer with the datagram.
     * @param offset of the datagram, in bytes.
     * @param length of the datagram, in bytes.
     * @return false when it has another length, and nothing has changed.
     * @throws IndexOutOfBoundsException when the datagram is not inside the buffer.
     */
    public boolean tryWrap(final DirectBuffer buffer, final int offset, final int length) {
        buffer.boundsCheck(offset, length);
        if (LENGTH != length) {
            return false;
        }
        this.buffer = buffer;
        this.offset = offset;
        return true;
    }

    /**
     * Whether a session is asked.
     *
     * @param session to compare with.
     * @return true when all ten bytes agree.
     */
    public boolean isFor(final MoldSession session) {
        return session.matches(buffer, offset + MoldDescriptor.SESSION_OFFSET);
    }

    /**
     * First message wanted.
     *
     * @return unsigned; any value may arrive.
     */
    public long sequence() {
        return MoldDescriptor.sequence(buffer, offset);
    }

    /**
     * How many messages are wanted.
     *
     * @return 0 to 65,535; any value may arrive.
     */
    public int messageCount() {
        return MoldDescriptor.messageCount(buffer, offset);
    }
}
