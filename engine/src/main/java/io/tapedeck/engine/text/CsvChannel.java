package io.tapedeck.engine.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import org.agrona.BufferUtil;

/**
 * Gathers rows and writes them to a channel in large pieces.
 *
 * <p><b>Note:</b> used by one thread; no allocation after construction.
 */
public final class CsvChannel implements AutoCloseable {
    private static final int CAPACITY = 1 << 16;

    private final WritableByteChannel channel;
    private final ByteBuffer pending = ByteBuffer.allocateDirect(CAPACITY);

    /**
     * Writes nothing yet.
     *
     * @param channel to write to; {@link #close()} closes it.
     */
    public CsvChannel(final WritableByteChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes a row.
     *
     * @param row complete, with its end of line.
     * @throws IOException if the channel cannot be written.
     */
    public void write(final CsvRow row) throws IOException {
        write(row.bytes(), 0, row.length());
    }

    /**
     * Takes the first row.
     *
     * @param header ASCII, with its end of line.
     * @throws IOException if the channel cannot be written.
     */
    public void writeHeader(final String header) throws IOException {
        final byte[] bytes = header.getBytes(StandardCharsets.US_ASCII);
        write(bytes, 0, bytes.length);
    }

    /** Takes rows of at most the capacity. */
    void write(final byte[] bytes, final int offset, final int length) throws IOException {
        if (length > pending.remaining()) {
            flush();
        }
        pending.put(bytes, offset, length);
    }

    /**
     * Writes what is pending, for whoever reads the rows while they come.
     *
     * @return how many bytes that were.
     * @throws IOException if the channel cannot be written.
     */
    public int flush() throws IOException {
        final int count = pending.position();
        pending.flip();
        while (pending.hasRemaining()) {
            channel.write(pending);
        }
        pending.clear();
        return count;
    }

    /** Writes what is pending and closes the channel. */
    @Override
    public void close() throws IOException {
        try (channel) {
            flush();
        } finally {
            BufferUtil.free(pending);
        }
    }
}
