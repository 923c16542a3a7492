package io.tapedeck.journal.format2;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.journal.file.FolderEntry;
import io.tapedeck.journal.manifest.SessionMetadata;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.concurrent.SystemNanoClock;

/**
 * A file that is to be written: opens and locks it, brings it into the state in which a writer can take it over, and
 * gives it to one. What fails leaves nothing open.
 *
 * @param path          of the file; its folder exists.
 * @param metadata      of the session.
 * @param chunkCapacity records per chunk, 1 to {@link Format2Descriptor#MAX_CHUNK_CAPACITY}.
 * @param syncPolicy    when to force what was written to the disk.
 * @param compression   of the columns.
 */
record Format2Opening(
        Path path, SessionMetadata metadata, int chunkCapacity, SyncPolicy syncPolicy, Compression compression) {
    /** Makes a writer of a file that is open and locked. */
    private interface Preparation {
        Format2Writer writer(FileChannel channel) throws IOException;
    }

    /** What {@link Format2Writer#create} does. */
    Format2Writer create() throws IOException {
        Format2Header.requireChunkCapacity(chunkCapacity);
        try {
            return open(
                    FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), this::beginAnew);
        } catch (final FileAlreadyExistsException ex) {
            throw (FileAlreadyExistsException) new FileAlreadyExistsException(
                            path.toString(), null, "is not overwritten; move it away or replace it on purpose")
                    .initCause(ex);
        }
    }

    /** What {@link Format2Writer#replace} does. */
    Format2Writer replace() throws IOException {
        Format2Header.requireChunkCapacity(chunkCapacity);
        return open(FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE), this::beginAnew);
    }

    /** What {@link Format2Writer#resume} does. */
    Format2Writer resume() throws IOException {
        return open(
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                this::goOn);
    }

    private Format2Writer open(final FileChannel channel, final Preparation preparation) throws IOException {
        try {
            lock(path, channel);
            final Format2Writer writer = preparation.writer(channel);
            if (syncPolicy.isForcing()) {
                FolderEntry.force(path);
            }
            return writer;
        } catch (final IOException | RuntimeException | Error ex) {
            channel.close();
            throw ex;
        }
    }

    private static void lock(final Path path, final FileChannel channel) throws IOException {
        FileLock lock = null;
        OverlappingFileLockException cause = null;
        try {
            lock = channel.tryLock();
        } catch (final OverlappingFileLockException ex) {
            cause = ex;
        }
        if (lock == null) {
            throw new IOException(
                    path + ": another writer has the file open. Wait until it is closed, or write to another file",
                    cause);
        }
    }

    private Format2Writer beginAnew(final FileChannel channel) throws IOException {
        channel.truncate(0);
        return new Format2Writer(
                path, channel, metadata, chunkCapacity, syncPolicy, compression, SystemNanoClock.INSTANCE);
    }

    /**
     * Makes a writer of what a file has.
     *
     * @param channel open for reading and writing; closed by the writer, but not if this fails.
     * @throws CorruptDataException if the file has another header.
     */
    Format2Writer goOn(final FileChannel channel) throws IOException {
        final int headerLength = Format2Header.requireBegun(path, channel, chunkCapacity, metadata);
        if (channel.size() < headerLength) {
            return beginAnew(channel);
        }
        // Open as long as the writer is: closing it gives the lock up.
        final Format2Prefix prefix = new Format2Prefix(Format2Reader.recover(path), headerLength);
        try {
            return new Format2Writer(
                    path, channel, prefix, chunkCapacity, syncPolicy, compression, SystemNanoClock.INSTANCE);
        } catch (final IOException | RuntimeException | Error ex) {
            prefix.close();
            throw ex;
        }
    }

    /** What {@link Format2Writer#requireNoWriter} does. */
    static void requireNoWriter(final Path path) throws IOException {
        if (Files.exists(path)) {
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                lock(path, channel);
            }
        }
    }
}
