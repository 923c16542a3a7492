package io.tapedeck.tools.counters;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.engine.pipeline.CountersFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Looks at a counters file again and again; when another process has put its own in the same place, at that one. Any
 * thread may look.
 */
public final class CountersWatch {
    private final Path path;
    private CountersFile file;
    private Object openedKey;

    /**
     * Opens nothing yet.
     *
     * @param path of the file.
     */
    public CountersWatch(final Path path) {
        this.path = path;
    }

    /**
     * Takes down what the counters are now.
     *
     * @return a look.
     * @throws IOException          if there is no such file, or it cannot be read.
     * @throws CorruptDataException if it is no counters file.
     */
    public synchronized CountersLook look() throws IOException {
        final BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        // Mapped once for each file and not for each look: a mapping goes only with a collection, which may not come.
        final Object key = attributes.fileKey() == null ? attributes.creationTime() : attributes.fileKey();
        if (!key.equals(openedKey)) {
            file = CountersFile.open(path);
            openedKey = key;
        }
        // Asked first: a process that was alive before may have ended since, but what it wrote to the end is then seen.
        final boolean isAlive = file.isWriterAlive();
        return CountersLook.of(
                file.pid(), file.startMs(), isAlive, System.currentTimeMillis(), System.nanoTime(), file.look());
    }
}
