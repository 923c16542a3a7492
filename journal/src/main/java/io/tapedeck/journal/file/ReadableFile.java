package io.tapedeck.journal.file;

import java.io.IOException;
import java.nio.file.Path;
import org.agrona.MutableDirectBuffer;

/**
 * A file that is read at any position.
 *
 * <p>Bytes are always copied into a buffer of the caller's. So what was checked is what is decoded, even when another
 * process writes to the file meanwhile, and native code such as a decompressor never touches memory that can vanish.
 *
 * <p><b>Note:</b> one thread reads at a time.
 */
public interface ReadableFile extends AutoCloseable {
    /**
     * Opens a file for reading by mapping it into memory.
     *
     * @param path of an existing regular file; may be larger than 2 GB.
     * @return the open file; the caller closes it.
     * @throws IOException if there is no such file or it cannot be read.
     */
    static ReadableFile open(final Path path) throws IOException {
        return MappedReadableFile.map(path);
    }

    /**
     * Which file this is.
     *
     * @return the path as given at opening.
     */
    Path path();

    /**
     * How long the file was when it was opened, or last looked at. Bytes that are appended later are not seen.
     *
     * @return length in bytes.
     */
    long length();

    /**
     * Copies bytes of the file. Does not allocate.
     *
     * @param position     of the first byte in the file, from 0.
     * @param destination  receives the bytes.
     * @param offset       in the destination.
     * @param lengthBytes  how many bytes, all of them inside {@link #length()}.
     * @throws IOException               if the file has been cut since it was opened.
     * @throws IndexOutOfBoundsException if the range is not inside the file or does not fit the destination.
     */
    void read(long position, MutableDirectBuffer destination, int offset, int lengthBytes) throws IOException;

    /** Gives up the mapping; further reads fail. Closing twice is harmless. */
    @Override
    void close();
}
