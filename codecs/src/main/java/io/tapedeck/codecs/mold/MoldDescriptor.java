package io.tapedeck.codecs.mold;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Layout of MoldUDP64 datagrams, as of the exchange's MoldUDP64 1.00; numbers are big-endian and unaligned.
 *
 * <pre>
 *   0                   10              18      20
 *  +-------------------+---------------+-------+- - - - - - - -
 *  | session, ASCII    | sequence      | count | count blocks
 *  +-------------------+---------------+-------+- - - - - - - -
 *
 *   a block:   0       2
 *             +-------+- - - - - - - - - - - - -+
 *             | length| message, length bytes   |
 *             +-------+- - - - - - - - - - - - -+
 * </pre>
 *
 * <p>Downstream, from the publisher: sequence is the number of the first message, the others count up from it. Count 0
 * is a heartbeat and {@link #END_OF_SESSION_COUNT} the end; both have no blocks, and their sequence is that of the
 * next message that there would be. Upstream, to the publisher, the same twenty bytes and no blocks ask for count
 * messages from sequence on: see {@link MoldRequest}. Only the port tells the two apart.
 */
public final class MoldDescriptor {
    /** Session name, ten ASCII bytes. */
    public static final int SESSION_OFFSET = 0;

    /** Length of a session name in bytes. */
    public static final int SESSION_LENGTH = 10;

    /** Sequence number, 64 bits unsigned. */
    public static final int SEQUENCE_OFFSET = SESSION_OFFSET + SESSION_LENGTH;

    /** Message count, 16 bits unsigned. */
    public static final int MESSAGE_COUNT_OFFSET = SEQUENCE_OFFSET + Long.BYTES;

    /** Length of the header, and of a request, in bytes. */
    public static final int HEADER_LENGTH = MESSAGE_COUNT_OFFSET + Short.BYTES;

    /** Length of a block's length field, which does not count itself. */
    public static final int BLOCK_LENGTH_FIELD_LENGTH = 2;

    /** Message count of a heartbeat. */
    public static final int HEARTBEAT_COUNT = 0;

    /** Message count that ends the session. */
    public static final int END_OF_SESSION_COUNT = 0xFFFF;

    /** The most messages that a packet can hold. */
    public static final int MAX_MESSAGE_COUNT = END_OF_SESSION_COUNT - 1;

    /** Payload that fills an Ethernet frame of 1,500 bytes, as the exchange's packets do: a receiver must take it. */
    public static final int ETHERNET_PAYLOAD_LENGTH = 1_472;

    /** The longest payload that an IPv4 datagram can have. */
    public static final int MAX_PAYLOAD_LENGTH = 65_507;

    private MoldDescriptor() {}

    /**
     * Reads a sequence number.
     *
     * @param buffer with the packet.
     * @param offset of the packet, in bytes.
     * @return number of the packet's first message, or of the first one asked for; unsigned.
     */
    public static long sequence(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + SEQUENCE_OFFSET, BIG_ENDIAN);
    }

    /**
     * Reads a message count.
     *
     * @param buffer with the packet.
     * @param offset of the packet, in bytes.
     * @return 0 to 65,535.
     */
    public static int messageCount(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset + MESSAGE_COUNT_OFFSET, BIG_ENDIAN) & 0xFFFF;
    }

    /**
     * Writes a header.
     *
     * @param buffer       to write to.
     * @param offset       of the packet, in bytes.
     * @param session      whose packet it is.
     * @param sequence     of the first message.
     * @param messageCount 0 to 65,535.
     */
    public static void putHeader(
            final MutableDirectBuffer buffer,
            final int offset,
            final MoldSession session,
            final long sequence,
            final int messageCount) {
        session.put(buffer, offset + SESSION_OFFSET);
        buffer.putLong(offset + SEQUENCE_OFFSET, sequence, BIG_ENDIAN);
        buffer.putShort(offset + MESSAGE_COUNT_OFFSET, (short) messageCount, BIG_ENDIAN);
    }

    static int blockLength(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset, BIG_ENDIAN) & 0xFFFF;
    }

    static void putBlockLength(final MutableDirectBuffer buffer, final int offset, final int length) {
        buffer.putShort(offset, (short) length, BIG_ENDIAN);
    }
}
