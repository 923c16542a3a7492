package io.tapedeck.journal.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The name of a file: an entry of its folder, which has its own way to the disk. */
public final class FolderEntry {
    private FolderEntry() {}

    /**
     * Forces the name of a file to the disk, so that a file that is there before a loss of power is there after it.
     *
     * @param path of the file.
     * @throws IOException if the folder cannot be forced.
     */
    public static void force(final Path path) throws IOException {
        try (FileChannel folder = FileChannel.open(path.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
