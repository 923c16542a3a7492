package io.tapedeck.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A file channel that goes wrong at one of its writes, forces and cuts, and takes nothing more from then on. */
public final class FaultAtStep extends PositionedChannel {
    /** What goes wrong. */
    public enum Kind {
        /** Nothing of the block is taken: the disk is full. */
        NO_SPACE,
        /** The system takes a part and says so; then the disk is full. */
        SHORT_WRITE,
        /** A part reaches the disk and the system reports an error. */
        TORN,
        /** All of it reaches the disk, and the system reports an error all the same. */
        LATE
    }

    private final FileChannel channel;
    private final int step;
    private final Kind kind;
    private int steps;
    private boolean isShort;

    public FaultAtStep(final FileChannel channel, final int step, final Kind kind) {
        this.channel = channel;
        this.step = step;
        this.kind = kind;
    }

    /** Whether the fault has happened. */
    public boolean isBroken() {
        return steps >= step;
    }

    @Override
    public int write(final ByteBuffer source, final long position) throws IOException {
        if (isShort) {
            throw new IOException("No space left on device");
        }
        if (++steps < step) {
            return channel.write(source, position);
        }
        if (steps > step || kind == Kind.NO_SPACE) {
            throw new IOException("No space left on device");
        }
        final int length = kind == Kind.LATE ? source.remaining() : source.remaining() / 2;
        final ByteBuffer part = source.slice().limit(length);
        while (part.hasRemaining()) {
            channel.write(part, position + part.position());
        }
        if (kind != Kind.SHORT_WRITE) {
            throw new IOException("Input/output error");
        }
        isShort = true;
        source.position(source.position() + length);
        return length;
    }

    @Override
    public void force(final boolean metaData) throws IOException {
        requireSound();
        channel.force(metaData);
    }

    @Override
    public FileChannel truncate(final long size) throws IOException {
        requireSound();
        channel.truncate(size);
        return this;
    }

    private void requireSound() throws IOException {
        if (++steps >= step) {
            throw new IOException("Input/output error");
        }
    }

    @Override
    public int read(final ByteBuffer destination, final long position) throws IOException {
        return channel.read(destination, position);
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    protected void implCloseChannel() throws IOException {
        channel.close();
    }
}
