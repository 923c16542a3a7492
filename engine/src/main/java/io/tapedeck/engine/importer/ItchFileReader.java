package io.tapedeck.engine.importer;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.codecs.binaryfile.BinaryFileDescriptor;
import io.tapedeck.codecs.binaryfile.BinaryFileIterator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads an ITCH file in BinaryFILE framing, of any size, message by message:
 *
 * <pre>
 *   try (ItchFileReader reader = ItchFileReader.open(path)) {
 *       while (reader.next()) {
 *           handle(reader.buffer(), reader.messageOffset(), reader.messageLength());
 *       }
 *   }
 * </pre>
 *
 * <p>The file is read into one direct buffer of 1 MiB and not mapped, so a file that shrinks meanwhile is an error and
 * not a crash, and memory does not depend on the file. A file may end with the session's end marker or without one.
 *
 * <p><b>Note:</b> used by one thread; allocates nothing after it was opened.
 */
public final class ItchFileReader implements AutoCloseable {
    private static final int WINDOW_LENGTH = 1 << 20;

    private final Path path;
    private final FileChannel channel;
    private final ByteBuffer window = ByteBuffer.allocateDirect(WINDOW_LENGTH);
    private final UnsafeBuffer buffer = new UnsafeBuffer(window);
    private final BinaryFileIterator iterator = new BinaryFileIterator();
    private long windowFileOffset;
    private boolean isFullyRead;
    private long messageNumber;
    private long bytesAfterEnd;
    private boolean hasEndMark;

    private ItchFileReader(final Path path, final FileChannel channel) {
        this.path = path;
        this.channel = channel;
        window.limit(0);
        iterator.wrap(buffer, 0, 0);
    }

    /**
     * Opens a file.
     *
     * @param path of an uncompressed file.
     * @return a reader in front of its first message.
     * @throws IOException if it cannot be opened.
     */
    public static ItchFileReader open(final Path path) throws IOException {
        return new ItchFileReader(path, FileChannel.open(path, StandardOpenOption.READ));
    }

    /**
     * Goes to the next message.
     *
     * @return false after the last one; {@link #bytesAfterEnd()} then tells whether the file goes on.
     * @throws IOException          if the file cannot be read.
     * @throws CorruptDataException if the file ends inside a message; every whole message came before.
     */
    public boolean next() throws IOException {
        int found = iterator.next();
        while (found == BinaryFileIterator.END_OF_WINDOW || found == BinaryFileIterator.TRUNCATED) {
            if (isFullyRead) {
                return end(found);
            }
            refill();
            found = iterator.next();
        }
        if (found == BinaryFileIterator.MESSAGE) {
            messageNumber++;
            return true;
        }
        hasEndMark = true;
        bytesAfterEnd = channel.size() - (nextFrameFileOffset() + BinaryFileDescriptor.LENGTH_FIELD_LENGTH);
        return false;
    }

    /**
     * Where the message's bytes are.
     *
     * @return the reader's own buffer; its content is good until the next {@link #next()}.
     */
    public UnsafeBuffer buffer() {
        return buffer;
    }

    /**
     * Where the message starts in {@link #buffer()}.
     *
     * @return offset in bytes.
     */
    public int messageOffset() {
        return iterator.messageOffset();
    }

    /**
     * How long the message is by its frame.
     *
     * @return 1 to 65,535 bytes.
     */
    public int messageLength() {
        return iterator.messageLength();
    }

    /**
     * Which message of the file this is.
     *
     * @return 1 for the first; 0 before it.
     */
    public long messageNumber() {
        return messageNumber;
    }

    /**
     * Where the message starts in the file.
     *
     * @return offset in bytes, behind the frame's length.
     */
    public long fileOffset() {
        return windowFileOffset + iterator.messageOffset();
    }

    /**
     * Whether the file ends with the session's end marker.
     *
     * @return false as long as {@link #next()} has not returned false.
     */
    public boolean hasEndMark() {
        return hasEndMark;
    }

    /**
     * What follows the session's end marker, and was not read.
     *
     * @return bytes; 0 as long as {@link #next()} has not returned false, and in a file without a marker.
     */
    public long bytesAfterEnd() {
        return bytesAfterEnd;
    }

    /**
     * Closes the file and gives the buffer's memory back; {@link #buffer()} is empty from then on.
     *
     * @throws IOException if the file cannot be closed.
     */
    @Override
    public void close() throws IOException {
        channel.close();
        buffer.wrap(0, 0);
        window.limit(0);
        iterator.wrap(buffer, 0, 0);
        BufferUtil.free(window);
    }

    private long nextFrameFileOffset() {
        return windowFileOffset + iterator.position();
    }

    /** Moves the frame that was cut by the window's end to its start and reads on behind it. */
    private void refill() throws IOException {
        window.position(iterator.position());
        windowFileOffset = nextFrameFileOffset();
        window.compact();
        try {
            isFullyRead = channel.read(window) < 0;
        } catch (final IOException ex) {
            throw new IOException(
                    path + ": cannot be read on at offset " + (windowFileOffset + window.position()) + ": "
                            + ex.getMessage(),
                    ex);
        }
        window.flip();
        iterator.wrap(buffer, 0, window.limit());
    }

    private boolean end(final int found) {
        if (found == BinaryFileIterator.TRUNCATED) {
            throw new CorruptDataException(
                    path,
                    nextFrameFileOffset(),
                    "the file ends inside message " + (messageNumber + 1) + ", after "
                            + (window.limit() - iterator.position()) + " bytes of its frame",
                    "The messages before it are whole and were read; fetch the file again to have the rest.");
        }
        return false;
    }
}
