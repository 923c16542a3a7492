package io.tapedeck.codecs.soup;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A client's login: the payload of a packet of type {@code L}.
 *
 * <pre>
 *   0       6            16           26                      46
 *  +-------+------------+------------+-----------------------+
 *  | user  | password   | session    | number wanted first   |
 *  +-------+------------+------------+-----------------------+
 * </pre>
 *
 * <p>All is ASCII, padded with spaces. A session of spaces is the one that is there; number 0 is that of the next message
 * to come.
 *
 * <p><b>Note:</b> used by one thread; allocates nothing.
 */
public final class SoupLoginRequest {
    /** Length of the user, in bytes. */
    public static final int USER_LENGTH = 6;

    /** Length of the password, in bytes. */
    public static final int PASSWORD_LENGTH = 10;

    /** Length of the session, in bytes. */
    public static final int SESSION_LENGTH = 10;

    private static final int USER_OFFSET = 0;
    private static final int PASSWORD_OFFSET = USER_OFFSET + USER_LENGTH;
    private static final int SESSION_OFFSET = PASSWORD_OFFSET + PASSWORD_LENGTH;
    private static final int SEQUENCE_OFFSET = SESSION_OFFSET + SESSION_LENGTH;
    private static final int LENGTH = SEQUENCE_OFFSET + SoupNumber.LENGTH;

    private DirectBuffer buffer;
    private int offset;

    /** Wraps nothing yet. */
    public SoupLoginRequest() {}

    /**
     * Writes a whole packet.
     *
     * @param buffer   to write to.
     * @param offset   of the packet, in bytes.
     * @param user     up to 6 characters.
     * @param password up to 10 characters.
     * @param session  up to 10 characters; blank for the one that is there.
     * @param sequence number of the message wanted first; 0 for the next one to come.
     * @return length of the packet, in bytes.
     */
    public static int put(
            final MutableDirectBuffer buffer,
            final int offset,
            final SoupText user,
            final SoupText password,
            final SoupText session,
            final long sequence) {
        final int payload = offset + SoupDescriptor.HEADER_LENGTH;
        user.putLeft(buffer, payload + USER_OFFSET, USER_LENGTH);
        password.putLeft(buffer, payload + PASSWORD_OFFSET, PASSWORD_LENGTH);
        session.putRight(buffer, payload + SESSION_OFFSET, SESSION_LENGTH);
        SoupNumber.put(buffer, payload + SEQUENCE_OFFSET, sequence, (byte) ' ');
        return SoupDescriptor.putHeader(buffer, offset, SoupDescriptor.LOGIN_REQUEST, LENGTH);
    }

    /**
     * Points at a payload if it can be a login.
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
     * Whether the login is a user's.
     *
     * @param user to compare with.
     * @return true when all but case agrees.
     */
    public boolean isOf(final SoupText user) {
        return user.matches(buffer, offset + USER_OFFSET, USER_LENGTH);
    }

    /**
     * Whether the password is right.
     *
     * @param password to compare with.
     * @return true when all but case agrees.
     */
    public boolean hasPassword(final SoupText password) {
        return password.matches(buffer, offset + PASSWORD_OFFSET, PASSWORD_LENGTH);
    }

    /**
     * Whether a session is wanted, by name or as the one that is there.
     *
     * @param session to compare with.
     * @return true when the field names it or is blank.
     */
    public boolean isFor(final SoupText session) {
        return session.matches(buffer, offset + SESSION_OFFSET, SESSION_LENGTH)
                || SoupText.BLANK.matches(buffer, offset + SESSION_OFFSET, SESSION_LENGTH);
    }

    /**
     * Number of the message wanted first.
     *
     * @return 0 for the next one to come, {@link SoupNumber#NONE} when it is no number.
     */
    public long sequence() {
        return SoupNumber.get(buffer, offset + SEQUENCE_OFFSET);
    }
}
