package io.tapedeck.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** A file channel that takes only a few bytes at a time, and none once its disk is full. */
public final class FaultyChannel extends FileChannel {
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
    public int write(final ByteBuffer source) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long write(final ByteBuffer[] sources, final int offset, final int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int read(final ByteBuffer destination) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long read(final ByteBuffer[] destinations, final int offset, final int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int read(final ByteBuffer destination, final long position) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long position() {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel position(final long newPosition) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long size() {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel truncate(final long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void force(final boolean metaData) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferTo(final long position, final long count, final WritableByteChannel target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferFrom(final ReadableByteChannel source, final long position, final long count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(final MapMode mode, final long position, final long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(final long position, final long size, final boolean shared) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock tryLock(final long position, final long size, final boolean shared) {
        throw new UnsupportedOperationException();
    }
}
