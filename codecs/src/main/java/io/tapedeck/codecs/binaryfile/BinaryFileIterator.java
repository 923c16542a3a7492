package io.tapedeck.codecs.binaryfile;

import static io.tapedeck.codecs.binaryfile.BinaryFileDescriptor.END_OF_SESSION_LENGTH;
import static io.tapedeck.codecs.binaryfile.BinaryFileDescriptor.LENGTH_FIELD_LENGTH;

import org.agrona.DirectBuffer;

/**
 * Walks over the frames of a buffer, which may be a window of a longer file. Only bytes of the window are read.
 *
 * <pre>
 * iterator.wrap(buffer, 0, bytesRead);
 * while (BinaryFileIterator.MESSAGE == iterator.next()) {
 *     dispatcher.dispatch(buffer, iterator.messageOffset(), iterator.messageLength());
 * }
 * </pre>
 *
 * <p><b>Note:</b> used by one thread; allocates nothing.
 */
public final class BinaryFileIterator {
    /** A whole message is there. */
    public static final int MESSAGE = 1;

    /** The window ends where a frame ends. */
    public static final int END_OF_WINDOW = 0;

    /** A frame of length zero: nothing belongs to the session after it. */
    public static final int END_OF_SESSION = -1;

    /** The window ends inside a frame; {@link #position()} is where that frame starts. */
    public static final int TRUNCATED = -2;

    private DirectBuffer buffer;
    private int position;
    private int limit;
    private int messageOffset;
    private int messageLength;

    /**
     * Starts at the front of a window.
     *
     * @param buffer with frames; must not change while they are walked over.
     * @param offset of the first frame, in bytes.
     * @param length of the window, in bytes.
     * @return this.
     * @throws IndexOutOfBoundsException when the window is not inside the buffer.
     */
    public BinaryFileIterator wrap(final DirectBuffer buffer, final int offset, final int length) {
        buffer.boundsCheck(offset, length);
        this.buffer = buffer;
        position = offset;
        limit = offset + length;
        messageOffset = offset;
        messageLength = 0;
        return this;
    }

    /**
     * Goes to the next message. Any answer but {@link #MESSAGE} stays the same however often it is asked for.
     *
     * @return {@link #MESSAGE}, {@link #END_OF_WINDOW}, {@link #END_OF_SESSION} or {@link #TRUNCATED}.
     */
    public int next() {
        final int available = limit - position;
        if (available < LENGTH_FIELD_LENGTH) {
            return 0 == available ? END_OF_WINDOW : TRUNCATED;
        }
        final int length = BinaryFileDescriptor.messageLength(buffer, position);
        if (END_OF_SESSION_LENGTH == length) {
            return END_OF_SESSION;
        }
        if (available < LENGTH_FIELD_LENGTH + length) {
            return TRUNCATED;
        }
        messageOffset = position + LENGTH_FIELD_LENGTH;
        messageLength = length;
        position = messageOffset + length;
        return MESSAGE;
    }

    /**
     * Where the message starts that {@link #next()} went to.
     *
     * @return offset in the buffer, in bytes.
     */
    public int messageOffset() {
        return messageOffset;
    }

    /**
     * How long that message is.
     *
     * @return 1 to 65,535 bytes.
     */
    public int messageLength() {
        return messageLength;
    }

    /**
     * Where the next frame starts: after a truncated one, the bytes from here on belong in front of the next window;
     * after the end of the session, it is the end marker's own offset.
     *
     * @return offset in the buffer, in bytes.
     */
    public int position() {
        return position;
    }
}
