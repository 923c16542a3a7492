package io.tapedeck.codecs.soup;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Layout of SoupBinTCP packets, as of the exchange's SoupBinTCP 3.00; numbers are big-endian and unaligned.
 *
 * <pre>
 *   0       2    3
 *  +-------+----+- - - - - - - - - - - - - - -+
 *  | length|type| payload, length - 1 bytes   |
 *  +-------+----+- - - - - - - - - - - - - - -+
 *
 *  from whom  type  what                payload
 *  ---------  ----  ------------------  -------------------------------------------
 *  both        +    debug               text for people
 *  server      A    login accepted      see {@link SoupLoginAccepted}
 *  server      J    login rejected      a byte, {@link #NOT_AUTHORISED} or {@link #NO_SESSION}
 *  server      S    sequenced data      a message; its number is found by counting
 *  server      H    heartbeat           -
 *  server      Z    end of session      -
 *  client      L    login request       see {@link SoupLoginRequest}
 *  client      U    unsequenced data    a message
 *  client      R    heartbeat           -
 *  client      O    logout              -
 * </pre>
 *
 * <p>The first message of a session has number 1. Whoever has nothing to send for a second sends a heartbeat.
 */
public final class SoupDescriptor {
    /** Length of type and payload, 16 bits unsigned. */
    public static final int LENGTH_OFFSET = 0;

    /** Type of the packet, one ASCII byte. */
    public static final int TYPE_OFFSET = LENGTH_OFFSET + Short.BYTES;

    /** Length of what is in front of the payload, in bytes. */
    public static final int HEADER_LENGTH = TYPE_OFFSET + Byte.BYTES;

    /** The longest payload, in bytes. */
    public static final int MAX_PAYLOAD_LENGTH = 0xFFFF - Byte.BYTES;

    /** Debug packet, from either side. */
    public static final byte DEBUG = '+';

    /** Login accepted, from the server. */
    public static final byte LOGIN_ACCEPTED = 'A';

    /** Login rejected, from the server. */
    public static final byte LOGIN_REJECTED = 'J';

    /** Sequenced data, from the server. */
    public static final byte SEQUENCED_DATA = 'S';

    /** Heartbeat of the server. */
    public static final byte SERVER_HEARTBEAT = 'H';

    /** End of session, from the server. */
    public static final byte END_OF_SESSION = 'Z';

    /** Login request, from the client. */
    public static final byte LOGIN_REQUEST = 'L';

    /** Unsequenced data, from the client. */
    public static final byte UNSEQUENCED_DATA = 'U';

    /** Heartbeat of the client. */
    public static final byte CLIENT_HEARTBEAT = 'R';

    /** Logout, from the client. */
    public static final byte LOGOUT = 'O';

    /** Payload of a rejection: user or password are wrong. */
    public static final byte NOT_AUTHORISED = 'A';

    /** Payload of a rejection: the session, or the number in it, cannot be had. */
    public static final byte NO_SESSION = 'S';

    private SoupDescriptor() {}

    /**
     * Writes what is in front of a payload.
     *
     * @param buffer        to write to.
     * @param offset        of the packet, in bytes.
     * @param type          of the packet.
     * @param payloadLength 0 to {@link #MAX_PAYLOAD_LENGTH}, in bytes.
     * @return length of the whole packet, in bytes.
     */
    public static int putHeader(
            final MutableDirectBuffer buffer, final int offset, final byte type, final int payloadLength) {
        buffer.putShort(offset + LENGTH_OFFSET, (short) (payloadLength + Byte.BYTES), BIG_ENDIAN);
        buffer.putByte(offset + TYPE_OFFSET, type);
        return HEADER_LENGTH + payloadLength;
    }

    /**
     * Writes a rejection of a login.
     *
     * @param buffer to write to.
     * @param offset of the packet, in bytes.
     * @param reason {@link #NOT_AUTHORISED} or {@link #NO_SESSION}.
     * @return length of the whole packet, in bytes.
     */
    public static int putRejection(final MutableDirectBuffer buffer, final int offset, final byte reason) {
        buffer.putByte(offset + HEADER_LENGTH, reason);
        return putHeader(buffer, offset, LOGIN_REJECTED, Byte.BYTES);
    }

    static int length(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset + LENGTH_OFFSET, BIG_ENDIAN) & 0xFFFF;
    }
}
