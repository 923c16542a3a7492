package io.tapedeck.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.BufferUtil;
import org.agrona.MutableDirectBuffer;

/**
 * A file that grows while it is read. Its length is the one of the last {@link #refresh()}; bytes below it can be read.
 * It reads by system calls, since a mapping has to be made anew whenever the file has grown.
 *
 * <p><b>Note:</b> one thread reads at a time; a thread that is interrupted while it reads finds the file closed.
 */
public final class FollowedFile implements ReadableFile {
    private static final int BLOCK_LENGTH = 1 << 16;

    private final Path path;
    private final FileChannel channel;
    private final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_LENGTH);
    private long length;

    private FollowedFile(final Path path, final FileChannel channel) throws IOException {
        this.path = path;
        this.channel = channel;
        length = channel.size();
    }

    /**
     * Opens a file that another one may be writing.
     *
     * @param path of an existing file.
     * @return the open file; the caller closes it.
     * @throws IOException if there is no such file or it cannot be read.
     */
    public static FollowedFile open(final Path path) throws IOException {
        final FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            return new FollowedFile(path, channel);
        } catch (final IOException | RuntimeException ex) {
            channel.close();
            throw ex;
        }
    }

    /**
     * Looks how long the file has become.
     *
     * @return the new length in bytes.
     * @throws IOException if that cannot be seen, or the file is shorter than it was.
     */
    public long refresh() throws IOException {
        final long now = channel.size();
        if (now < length) {
            throw cut(now);
        }
        length = now;
        return now;
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void read(
            final long position, final MutableDirectBuffer destination, final int offset, final int lengthBytes)
            throws IOException {
        if (position < 0 || lengthBytes < 0 || position > length - lengthBytes) {
            throw new IndexOutOfBoundsException(
                    path + ": position=" + position + ", lengthBytes=" + lengthBytes + ", file length=" + length);
        }
        int done = 0;
        while (done < lengthBytes) {
            block.clear().limit(Math.min(BLOCK_LENGTH, lengthBytes - done));
            final int count = channel.read(block, position + done);
            if (count < 0) {
                throw cut(channel.size());
            }
            destination.putBytes(offset + done, block, 0, count);
            done += count;
        }
    }

    private IOException cut(final long now) {
        return new IOException(path + ": was cut while it was followed: it had " + length + " bytes and has " + now
                + ". Wait until nothing writes to it, then open it again");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (final IOException ex) {
            // Nothing was written, so nothing can be lost.
            length = 0;
        }
        BufferUtil.free(block);
    }
}
