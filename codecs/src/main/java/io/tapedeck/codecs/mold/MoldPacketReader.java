package io.tapedeck.codecs.mold;

import static io.tapedeck.codecs.mold.MoldDescriptor.BLOCK_LENGTH_FIELD_LENGTH;
import static io.tapedeck.codecs.mold.MoldDescriptor.END_OF_SESSION_COUNT;
import static io.tapedeck.codecs.mold.MoldDescriptor.HEADER_LENGTH;
import static io.tapedeck.codecs.mold.MoldDescriptor.HEARTBEAT_COUNT;
import static io.tapedeck.codecs.mold.MoldDescriptor.SESSION_OFFSET;

import org.agrona.DirectBuffer;

/**
 * Reads a downstream packet and walks over its messages. Only bytes of the packet are read, whatever its fields claim.
 *
 * <pre>
 * if (MoldPacketReader.MESSAGES == packet.wrap(buffer, 0, bytesReceived)) {
 *     while (MoldPacketReader.MESSAGE == packet.next()) {
 *         dispatcher.dispatch(buffer, packet.messageOffset(), packet.messageLength());
 *     }
 * }
 * </pre>
 *
 * <p><b>Note:</b> used by one thread; allocates nothing.
 */
public final class MoldPacketReader {
    /** The packet claims to hold messages. */
    public static final int MESSAGES = 1;

    /** The publisher is there and has nothing to say. */
    public static final int HEARTBEAT = 2;

    /** The session is over. */
    public static final int END_OF_SESSION = 3;

    /** There is a message. */
    public static final int MESSAGE = 4;

    /** All messages that the header announced have been given. */
    public static final int END_OF_PACKET = 0;

    /** The packet ends inside its header, or before the messages that its header announced. */
    public static final int TRUNCATED = -1;

    private DirectBuffer buffer;
    private int offset;
    private int limit;
    private int position;
    private int messageCount;
    private int messagesRead;
    private int messageOffset;
    private int messageLength;

    /**
     * Starts at the front of a packet. After {@link #TRUNCATED} only {@link #next()} may be called.
     *
     * @param buffer with the packet.
     * @param offset of the packet, in bytes.
     * @param length of the packet as received, in bytes.
     * @return {@link #MESSAGES}, {@link #HEARTBEAT}, {@link #END_OF_SESSION} or {@link #TRUNCATED}.
     * @throws IndexOutOfBoundsException when the packet is not inside the buffer.
     */
    public int wrap(final DirectBuffer buffer, final int offset, final int length) {
        buffer.boundsCheck(offset, length);
        this.buffer = buffer;
        this.offset = offset;
        limit = offset + length;
        position = offset + HEADER_LENGTH;
        messagesRead = 0;
        messageOffset = position;
        messageLength = 0;
        if (length < HEADER_LENGTH) {
            messageCount = 1;
            return TRUNCATED;
        }
        final int count = MoldDescriptor.messageCount(buffer, offset);
        messageCount = END_OF_SESSION_COUNT == count ? 0 : count;
        if (HEARTBEAT_COUNT == count) {
            return HEARTBEAT;
        }
        return END_OF_SESSION_COUNT == count ? END_OF_SESSION : MESSAGES;
    }

    /**
     * Goes to the next message. Any answer but {@link #MESSAGE} stays the same however often it is asked for.
     *
     * @return {@link #MESSAGE}, {@link #END_OF_PACKET} or {@link #TRUNCATED}.
     */
    public int next() {
        if (messagesRead == messageCount) {
            return END_OF_PACKET;
        }
        if (limit - position < BLOCK_LENGTH_FIELD_LENGTH) {
            return TRUNCATED;
        }
        final int length = MoldDescriptor.blockLength(buffer, position);
        if (limit - position - BLOCK_LENGTH_FIELD_LENGTH < length) {
            return TRUNCATED;
        }
        messageOffset = position + BLOCK_LENGTH_FIELD_LENGTH;
        messageLength = length;
        position = messageOffset + length;
        messagesRead++;
        return MESSAGE;
    }

    /**
     * Whether the packet is of a session.
     *
     * @param session expected.
     * @return true when all ten bytes agree.
     */
    public boolean isOf(final MoldSession session) {
        return session.matches(buffer, offset + SESSION_OFFSET);
    }

    /**
     * Session of the packet, for cold code.
     *
     * @return a new object.
     */
    public MoldSession session() {
        return MoldSession.read(buffer, offset + SESSION_OFFSET);
    }

    /**
     * Number of the packet's first message; of a heartbeat or an end of session, of the next message expected.
     *
     * @return unsigned.
     */
    public long sequence() {
        return MoldDescriptor.sequence(buffer, offset);
    }

    /**
     * How many messages the header announces.
     *
     * @return 0 to 65,534; 0 for a heartbeat and an end of session.
     */
    public int messageCount() {
        return messageCount;
    }

    /**
     * Number of the message that {@link #next()} went to.
     *
     * @return unsigned.
     */
    public long messageSequence() {
        return sequence() + messagesRead - 1;
    }

    /**
     * Where that message starts.
     *
     * @return offset in the buffer, in bytes.
     */
    public int messageOffset() {
        return messageOffset;
    }

    /**
     * How long that message is.
     *
     * @return 0 to 65,535 bytes.
     */
    public int messageLength() {
        return messageLength;
    }

    /**
     * Bytes of the packet that have not been walked over. After {@link #END_OF_PACKET} they belong to no message.
     *
     * @return 0 for a sound packet.
     */
    public int remainingLength() {
        return Math.max(0, limit - position);
    }
}
