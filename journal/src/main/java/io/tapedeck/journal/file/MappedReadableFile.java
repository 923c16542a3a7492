package io.tapedeck.journal.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.openhft.chronicle.bytes.MappedBytes;
import net.openhft.chronicle.core.OS;
import net.openhft.chronicle.core.io.BackgroundResourceReleaser;
import net.openhft.chronicle.core.io.IORuntimeException;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A file mapped as a whole by Chronicle Bytes. Against positioned reads a mapping saves a third of the time of a copy
 * out of the page cache, and an interrupted thread does not close it for everyone.
 *
 * <p>A file that someone cuts while it is mapped has no memory behind the pages that are gone. The JVM turns the fault
 * into an {@link InternalError}; JDK 17 throws it somewhere later in the thread. So the length is checked before and
 * after every copy, and a fault is called out of hiding before the cut is reported as an {@link IOException}.
 */
final class MappedReadableFile implements ReadableFile {
    /** Held, because the level of a logger that nobody holds is forgotten. */
    private static final Logger CLEANER_LOGGER =
            Logger.getLogger("net.openhft.chronicle.core.internal.cleaner.ReflectionBasedByteBufferCleanerService");

    static {
        // It warns of a flag that one of several interchangeable cleaners lacks; another one is used.
        CLEANER_LOGGER.setLevel(Level.OFF);
    }

    private final Path path;
    private final long length;
    private final MappedBytes bytes;
    private final RandomAccessFile file;
    private final long address;
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private Object faultCaller;

    private MappedReadableFile(final Path path, final long length, final MappedBytes bytes) {
        this.path = path;
        this.length = length;
        this.bytes = bytes;
        file = bytes == null ? null : bytes.mappedFile().raf();
        address = bytes == null ? 0 : bytes.addressForRead(0);
    }

    static MappedReadableFile map(final Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString(), null, "there is no such file");
        }
        if (!Files.isRegularFile(path)) {
            throw new IOException(path + ": is not a regular file");
        }
        final long length = Files.size(path);
        if (length == 0) {
            return new MappedReadableFile(path, 0, null);
        }
        try {
            // One chunk as long as the file. What singleMappedBytes maps is not unmapped when it is released.
            return new MappedReadableFile(
                    path, length, MappedBytes.mappedBytes(path.toFile(), OS.mapAlign(length), 0, true));
        } catch (final FileNotFoundException | IORuntimeException ex) {
            throw new IOException(path + ": cannot be opened for reading: " + ex.getMessage(), ex);
        }
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
        if (lengthBytes == 0) {
            return;
        }
        if (bytes.isClosed()) {
            throw new IllegalStateException(path + ": is closed");
        }
        requireUncut();
        try {
            view.wrap(address + position, lengthBytes);
            destination.putBytes(offset, view, 0, lengthBytes);
            requireUncut();
        } catch (final InternalError ex) {
            throw cut(ex);
        }
    }

    private void requireUncut() throws IOException {
        if (file.length() < length) {
            // Allocating two dimensions at once always goes through the VM, where a fault that waits is thrown.
            faultCaller = new byte[8][8];
            throw cut(null);
        }
    }

    private IOException cut(final InternalError cause) {
        return new IOException(
                path + ": was cut while it was read: it had " + length
                        + " bytes when it was opened. Wait until nothing writes to it, then open it again",
                cause);
    }

    @Override
    public void close() {
        if (bytes != null && !bytes.isClosed()) {
            view.wrap(0, 0);
            bytes.releaseLast();
            // Chronicle leaves the unmapping to a thread of its own; whoever closes a file wants it closed.
            BackgroundResourceReleaser.releasePendingResources();
        }
    }
}
