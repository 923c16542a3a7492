package io.tapedeck.codecs.soup;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A server's answer to a login that it accepts: the payload of a packet of type {@code A}.
 *
 * <pre>
 *   0            10                      30
 *  +------------+-----------------------+
 *  | session    | number of the next one|
 *  +------------+-----------------------+
 * </pre>
 *
 * <p>Both are ASCII at the end of their fields, behind spaces.
 *
 * <p><b>Note:</b> used by one thread; allocates nothing.
 */
public final class SoupLoginAccepted {
    private static final int SESSION_OFFSET = 0;
    private static final int SEQUENCE_OFFSET = SESSION_OFFSET + SoupLoginRequest.SESSION_LENGTH;
    private static final int LENGTH = SEQUENCE_OFFSET + SoupNumber.LENGTH;

    private DirectBuffer buffer;
    private int offset;

    /** Wraps nothing yet. */
    public SoupLoginAccepted() {}

    /**
     * Writes a whole packet.
     *
     * @param buffer   to write to.
     * @param offset   of the packet, in bytes.
     * @param session  that the client is logged in to, up to 10 characters.
     * @param sequence number of the first message that will be sent.
     * @return length of the packet, in bytes.
     */
    public static int put(
            final MutableDirectBuffer buffer, final int offset, final SoupText session, final long sequence) {
        final int payload = offset + SoupDescriptor.HEADER_LENGTH;
        session.putRight(buffer, payload + SESSION_OFFSET, SoupLoginRequest.SESSION_LENGTH);
        SoupNumber.put(buffer, payload + SEQUENCE_OFFSET, sequence, (byte) ' ');
        return SoupDescriptor.putHeader(buffer, offset, SoupDescriptor.LOGIN_ACCEPTED, LENGTH);
    }

    /**
     * Points at a payload if it can be such an answer.
     *
     * @param buffer with the payload.
     * @param offset of the payload, in bytes.
     * @param length of the payload, in bytes.
     * @return false when it has another length, and nothing has changed.
     */
    public boolean tryWrap(final DirectBuffer buffer, final int offset, final int length) {
        if (length != LENGTH) {
            return false;
        }
        this.buffer = buffer;
        this.offset = offset;
        return true;
    }

    /**
     * Whether it is a session that the client is logged in to.
     *
     * @param session to compare with.
     * @return true when all but case agrees.
     */
    public boolean isFor(final SoupText session) {
        return session.matches(buffer, offset + SESSION_OFFSET, SoupLoginRequest.SESSION_LENGTH);
    }

    /**
     * Number of the first message that will be sent.
     *
     * @return {@link SoupNumber#NONE} when it is no number.
     */
    public long sequence() {
        return SoupNumber.get(buffer, offset + SEQUENCE_OFFSET);
    }
}
