package io.tapedeck.codecs.soup;

import org.agrona.DirectBuffer;

/**
 * Walks over the packets in a piece of a stream, which may end in the middle of one. Any bytes may be read.
 *
 * <p><b>Note:</b> used by one thread; allocates nothing.
 */
public final class SoupPacketReader {
    /** Answer when there is a whole packet. */
    public static final int PACKET = 1;

    /** Answer when the rest of a packet has not come yet; also when nothing is left. */
    public static final int INCOMPLETE = 0;

    /** Answer when a packet has no type: what follows in the stream means nothing. */
    public static final int MALFORMED = -1;

    private DirectBuffer buffer;
    private int position;
    private int limit;
    private int packetOffset;

    /** Wraps nothing yet. */
    public SoupPacketReader() {}

    /**
     * Points at a piece of a stream, at whose start a packet starts.
     *
     * @param buffer with the bytes.
     * @param offset of the first one.
     * @param length in bytes.
     * @return this.
     * @throws IndexOutOfBoundsException when the piece is not inside the buffer.
     */
    public SoupPacketReader wrap(final DirectBuffer buffer, final int offset, final int length) {
        buffer.boundsCheck(offset, length);
        this.buffer = buffer;
        position = offset;
        limit = offset + length;
        packetOffset = offset;
        return this;
    }

    /**
     * Goes to the next packet.
     *
     * @return {@link #PACKET}, {@link #INCOMPLETE} or {@link #MALFORMED}; only after the first is there a packet to look
     *     at.
     */
    public int next() {
        if (limit - position < SoupDescriptor.TYPE_OFFSET) {
            return INCOMPLETE;
        }
        final int length = SoupDescriptor.length(buffer, position);
        if (length == 0) {
            return MALFORMED;
        }
        if (limit - position < SoupDescriptor.TYPE_OFFSET + length) {
            return INCOMPLETE;
        }
        packetOffset = position;
        position += SoupDescriptor.TYPE_OFFSET + length;
        return PACKET;
    }

    /**
     * Type of the packet.
     *
     * @return any byte may arrive.
     */
    public byte type() {
        return buffer.getByte(packetOffset + SoupDescriptor.TYPE_OFFSET);
    }

    /**
     * Where the payload starts.
     *
     * @return offset in the buffer, in bytes.
     */
    public int payloadOffset() {
        return packetOffset + SoupDescriptor.HEADER_LENGTH;
    }

    /**
     * How long the payload is.
     *
     * @return 0 to {@link SoupDescriptor#MAX_PAYLOAD_LENGTH}, in bytes.
     */
    public int payloadLength() {
        return position - payloadOffset();
    }

    /**
     * Where the first packet starts that was not read yet.
     *
     * @return offset in the buffer, in bytes.
     */
    public int position() {
        return position;
    }
}
