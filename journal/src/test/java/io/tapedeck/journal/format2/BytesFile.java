package io.tapedeck.journal.format2;

import io.tapedeck.journal.file.ReadableFile;
import java.nio.file.Path;
import org.agrona.MutableDirectBuffer;

/** A file that is an array. */
record BytesFile(byte[] bytes) implements ReadableFile {
    static final Path PATH = Path.of("bytes.qrsdp");

    @Override
    public Path path() {
        return PATH;
    }

    @Override
    public long length() {
        return bytes.length;
    }

    @Override
    public void read(
            final long position, final MutableDirectBuffer destination, final int offset, final int lengthBytes) {
        if (position < 0 || position > bytes.length - lengthBytes) {
            throw new IndexOutOfBoundsException("position=" + position + ", lengthBytes=" + lengthBytes);
        }
        destination.putBytes(offset, bytes, (int) position, lengthBytes);
    }

    @Override
    public void close() {}
}
