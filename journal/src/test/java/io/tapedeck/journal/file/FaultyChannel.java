package io.tapedeck.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A file channel that takes only a few bytes at a time, and none once its disk is full. */
public final class FaultyChannel extends PositionedChannel {
    private final FileChannel channel;
    private final int mostBytesPerWrite;
    private long bytesLeft;

    public FaultyChannel(final FileChannel channel, final int mostBytesPerWrite, final long bytesLeft) {
        this.channel = channel;
        this.mostBytesPerWrite = mostBytesPerWrite;
        this.bytesLeft = bytesLeft;
    }

    @Override
    public int write(final ByteBuffer source, final long position) throws IOException {
        if (bytesLeft == 0) {
            throw new IOException("No space left on device");
        }
        final int taken = (int) Math.min(Math.min(source.remaining(), mostBytesPerWrite), bytesLeft);
        final ByteBuffer part = source.slice().limit(taken);
        while (part.hasRemaining()) {
            channel.write(part, position + part.position());
        }
        source.position(source.position() + taken);
        bytesLeft -= taken;
        return taken;
    }

    @Override
    protected void implCloseChannel() throws IOException {
        channel.close();
    }

    @Override
    public void force(final boolean metaData) throws IOException {
        channel.force(metaData);
    }
}
