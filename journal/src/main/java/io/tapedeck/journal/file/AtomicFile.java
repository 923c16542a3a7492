package io.tapedeck.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Replaces small files as a whole: a reader, and whoever comes after a crash, sees the old content or the new. */
public final class AtomicFile {
    private AtomicFile() {}

    /**
     * Writes a file by way of a temporary one beside it, forced to the disk before it takes the name.
     *
     * @param path    of the file; its folder exists.
     * @param content all of it.
     * @throws IOException if it cannot be written; an older file of that name is left as it was.
     */
    public static void write(final Path path, final byte[] content) throws IOException {
        final Path folder = path.toAbsolutePath().getParent();
        final Path temporary = Files.createTempFile(folder, path.getFileName() + ".", ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                BlockWriter.write(temporary, channel, ByteBuffer.wrap(content), 0);
                channel.force(true);
            }
            Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
        FolderEntry.force(path);
    }
}
