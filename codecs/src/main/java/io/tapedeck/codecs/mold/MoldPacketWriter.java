package io.tapedeck.codecs.mold;

import static io.tapedeck.codecs.mold.MoldDescriptor.BLOCK_LENGTH_FIELD_LENGTH;
import static io.tapedeck.codecs.mold.MoldDescriptor.END_OF_SESSION_COUNT;
import static io.tapedeck.codecs.mold.MoldDescriptor.HEADER_LENGTH;
import static io.tapedeck.codecs.mold.MoldDescriptor.HEARTBEAT_COUNT;
import static io.tapedeck.codecs.mold.MoldDescriptor.MAX_MESSAGE_COUNT;
import static io.tapedeck.codecs.mold.MoldDescriptor.MAX_PAYLOAD_LENGTH;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Builds downstream packets of one session. A message is written where {@link #claim(int)} says, or copied there by
 * {@link #append(DirectBuffer, int, int)}; when neither finds room the packet is full, and {@link #finish()} makes it
 * one to be sent.
 *
 * <p><b>Note:</b> used by one thread; allocates nothing. The buffer belongs to the caller.
 */
public final class MoldPacketWriter {
    /** Answer of {@link #claim(int)} when the packet has no room for the message. */
    public static final int FULL = -1;

    private final MoldSession session;
    private final int maxPayloadLength;
    private MutableDirectBuffer buffer;
    private int offset;
    private int position;
    private long sequence;
    private int messageCount;

    /**
     * Writes packets of a session.
     *
     * @param session          of all packets.
     * @param maxPayloadLength the longest packet to build, in bytes; {@link MoldDescriptor#ETHERNET_PAYLOAD_LENGTH} on
     *                         an ordinary network.
     * @throws IllegalArgumentException when no message would fit, or no datagram could hold the packet.
     */
    public MoldPacketWriter(final MoldSession session, final int maxPayloadLength) {
        if (maxPayloadLength <= HEADER_LENGTH + BLOCK_LENGTH_FIELD_LENGTH || maxPayloadLength > MAX_PAYLOAD_LENGTH) {
            throw new IllegalArgumentException("maxPayloadLength must be from "
                    + (HEADER_LENGTH + BLOCK_LENGTH_FIELD_LENGTH + 1)
                    + " to " + MAX_PAYLOAD_LENGTH + ": maxPayloadLength=" + maxPayloadLength);
        }
        this.session = session;
        this.maxPayloadLength = maxPayloadLength;
    }

    /**
     * The longest message that an empty packet has room for.
     *
     * @return in bytes.
     */
    public int maxMessageLength() {
        return maxPayloadLength - HEADER_LENGTH - BLOCK_LENGTH_FIELD_LENGTH;
    }

    /**
     * Starts a packet without messages.
     *
     * @param buffer   to build it in; must hold the longest packet from the offset on.
     * @param offset   of the packet, in bytes.
     * @param sequence of the first message that will be in it.
     * @throws IndexOutOfBoundsException when the buffer is too short.
     */
    public void begin(final MutableDirectBuffer buffer, final int offset, final long sequence) {
        buffer.boundsCheck(offset, maxPayloadLength);
        this.buffer = buffer;
        this.offset = offset;
        this.sequence = sequence;
        position = offset + HEADER_LENGTH;
        messageCount = 0;
    }

    /**
     * Adds a message that the caller then writes.
     *
     * @param length of the message, in bytes.
     * @return where in the buffer to write it, or {@link #FULL}, and nothing has changed.
     * @throws IllegalArgumentException when the length is negative, or more than an empty packet has room for.
     */
    public int claim(final int length) {
        final int messageOffset = position + BLOCK_LENGTH_FIELD_LENGTH;
        if (length < 0 || length > offset + maxPayloadLength - messageOffset || MAX_MESSAGE_COUNT == messageCount) {
            checkLength(length);
            return FULL;
        }
        MoldDescriptor.putBlockLength(buffer, position, length);
        position = messageOffset + length;
        messageCount++;
        return messageOffset;
    }

    /**
     * Where the block of the next message goes: blocks may be written from there on, up to {@link #blockLimit()}, and
     * added by {@link #commitBlocks(int, int)} then.
     *
     * @return offset in the buffer, in bytes.
     */
    public int nextBlockOffset() {
        return position;
    }

    /**
     * Where the packet ends at the latest.
     *
     * @return offset in the buffer, in bytes.
     */
    public int blockLimit() {
        return offset + maxPayloadLength;
    }

    /**
     * Adds the messages of blocks that were written from {@link #nextBlockOffset()} on, one behind the other.
     *
     * @param count how many.
     * @param end   of the last one: offset in the buffer, in bytes.
     * @throws IllegalArgumentException when the packet does not reach that far, or so little cannot be as many blocks.
     */
    public void commitBlocks(final int count, final int end) {
        if (count < 0 || end > blockLimit() || end - position < count * BLOCK_LENGTH_FIELD_LENGTH) {
            throw new IllegalArgumentException("blocks do not fit the packet: count=" + count + ", length="
                    + (end - position) + ", room=" + (blockLimit() - position));
        }
        position = end;
        messageCount += count;
    }

    /**
     * Leaves the message added last empty: it keeps its number and has no bytes.
     *
     * @param messageOffset what {@link #claim(int)} answered for that message.
     */
    public void empty(final int messageOffset) {
        MoldDescriptor.putBlockLength(buffer, messageOffset - BLOCK_LENGTH_FIELD_LENGTH, 0);
        position = messageOffset;
    }

    /**
     * Adds a copy of a message.
     *
     * @param message with its bytes.
     * @param messageOffset of the message, in bytes.
     * @param length of the message, in bytes.
     * @return false when the packet is full, and nothing has changed.
     * @throws IllegalArgumentException when the length is negative, or more than an empty packet has room for.
     */
    public boolean append(final DirectBuffer message, final int messageOffset, final int length) {
        final int claimed = claim(length);
        if (FULL == claimed) {
            return false;
        }
        buffer.putBytes(claimed, message, messageOffset, length);
        return true;
    }

    /**
     * Writes the header over what was added. A packet without messages is a heartbeat.
     *
     * @return length of the packet, in bytes.
     */
    public int finish() {
        MoldDescriptor.putHeader(buffer, offset, session, sequence, messageCount);
        return position - offset;
    }

    /**
     * The buffer that the packet is being built in.
     *
     * @return the one given to {@link #begin(MutableDirectBuffer, int, long)}.
     */
    public MutableDirectBuffer buffer() {
        return buffer;
    }

    /**
     * Where in it the packet is being built.
     *
     * @return offset given to {@link #begin(MutableDirectBuffer, int, long)}, in bytes.
     */
    public int offset() {
        return offset;
    }

    /**
     * How many messages were added.
     *
     * @return since {@link #begin(MutableDirectBuffer, int, long)}.
     */
    public int messageCount() {
        return messageCount;
    }

    /**
     * Number that the next message added will have.
     *
     * @return the packet's sequence and the number of its messages.
     */
    public long nextSequence() {
        return sequence + messageCount;
    }

    /**
     * Writes a heartbeat, apart from any packet begun.
     *
     * @param buffer       to write to.
     * @param offset       of the packet, in bytes.
     * @param nextSequence of the next message that there will be.
     * @return length of the packet, in bytes.
     */
    public int heartbeat(final MutableDirectBuffer buffer, final int offset, final long nextSequence) {
        MoldDescriptor.putHeader(buffer, offset, session, nextSequence, HEARTBEAT_COUNT);
        return HEADER_LENGTH;
    }

    /**
     * Writes an end of session, apart from any packet begun.
     *
     * @param buffer       to write to.
     * @param offset       of the packet, in bytes.
     * @param nextSequence one more than the last message's.
     * @return length of the packet, in bytes.
     */
    public int endOfSession(final MutableDirectBuffer buffer, final int offset, final long nextSequence) {
        MoldDescriptor.putHeader(buffer, offset, session, nextSequence, END_OF_SESSION_COUNT);
        return HEADER_LENGTH;
    }

    private void checkLength(final int length) {
        if (length < 0 || length > maxMessageLength()) {
            throw new IllegalArgumentException(
                    "message does not fit any packet: length=" + length + ", maxMessageLength=" + maxMessageLength());
        }
    }
}
