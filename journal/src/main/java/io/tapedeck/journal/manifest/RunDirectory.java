package io.tapedeck.journal.manifest;

import io.tapedeck.codecs.CorruptDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder that holds a run of the reference model: its manifest and the session files below it. Immutable; says which
 * files there should be and opens none of them.
 *
 * @param path     of the folder.
 * @param manifest what it says.
 * @param sessions all sessions, securities in the manifest's order, days ascending.
 */
public record RunDirectory(Path path, ReferenceManifest manifest, List<RunSession> sessions) {
    /**
     * One session's file.
     *
     * @param symbol of the security, or null in a run of one nameless security.
     * @param date   {@code YYYY-MM-DD}.
     * @param seed   of the session; 64 bits, unsigned.
     * @param file   its path; inside the folder, and not a link that leads out of it.
     */
    public record RunSession(String symbol, String date, long seed, Path file) {}

    /** Takes a copy of the list. */
    public RunDirectory {
        sessions = List.copyOf(sessions);
    }

    /**
     * Reads the manifest of a folder.
     *
     * @param path of the folder.
     * @return the run.
     * @throws CorruptDataException if the manifest is not one, or a session's file is a link that leads out of the
     *                              folder.
     * @throws IOException          if there is no manifest, or it cannot be read.
     */
    public static RunDirectory open(final Path path) throws IOException {
        final Path manifestPath = path.resolve(ReferenceManifest.FILE_NAME);
        if (!Files.isRegularFile(manifestPath)) {
            throw new NoSuchFileException(
                    manifestPath.toString(), null, "the folder holds no run; name one that has a manifest");
        }
        final ReferenceManifest manifest = ReferenceManifest.read(manifestPath);
        final Path root = path.toRealPath();
        final List<RunSession> sessions = new ArrayList<>();
        for (final ReferenceManifest.Security security : manifest.securities()) {
            for (final ReferenceManifest.Session session : security.sessions()) {
                final Path file = path.resolve(session.file());
                if (Files.exists(file) && !file.toRealPath().startsWith(root)) {
                    throw new CorruptDataException(
                            manifestPath,
                            0,
                            "the file of " + session.date() + ", " + session.file() + ", is a link to "
                                    + file.toRealPath() + ", outside the run directory",
                            "Put the file itself there");
                }
                sessions.add(new RunSession(security.symbol(), session.date(), session.seed(), file));
            }
        }
        return new RunDirectory(path, manifest, sessions);
    }
}
