package io.tapedeck.engine.importer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.agrona.BufferUtil;

/** Gathers rows and writes them to a channel in large pieces. */
final class CsvChannel implements AutoCloseable {
    private static final int CAPACITY = 1 << 16;

    private final WritableByteChannel channel;
    private final ByteBuffer pending = ByteBuffer.allocateDirect(CAPACITY);

    CsvChannel(final WritableByteChannel channel) {
        this.channel = channel;
    }

    /** Rows of at most the capacity. */
    void write(final byte[] bytes, final int offset, final int length) throws IOException {
        if (length > pending.remaining()) {
            flush();
        }
        pending.put(bytes, offset, length);
    }

    void flush() throws IOException {
        pending.flip();
        while (pending.hasRemaining()) {
            channel.write(pending);
        }
        pending.clear();
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
