package io.tapedeck.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Writes whole blocks at given positions of a file, however little the system takes at a time. */
public final class BlockWriter {
    private BlockWriter() {}

    /**
     * Writes what remains in the block.
     *
     * @param path     of the file, for the message of an error.
     * @param channel  open for writing.
     * @param block    from its position to its limit; direct, so that nothing is copied on the way.
     * @param position in the file, of the block's first byte.
     * @throws IOException if the block cannot be written whole; names the file, the position and what to do. Part of
     *                     the block may be in the file then.
     */
    public static void write(final Path path, final FileChannel channel, final ByteBuffer block, final long position)
            throws IOException {
        final int start = block.position();
        try {
            while (block.hasRemaining()) {
                if (channel.write(block, position + block.position() - start) <= 0) {
                    throw new IOException("the system takes no more bytes");
                }
            }
        } catch (final IOException ex) {
            throw new IOException(
                    path + ": cannot write at position " + (position + block.position() - start) + ", "
                            + (block.position() - start) + " of a block of " + (block.limit() - start)
                            + " bytes are written: " + ex.getMessage()
                            + ". All before position " + position
                            + " is whole. Make room, then repair the file to keep that part, or write it anew",
                    ex);
        }
    }
}
