package io.tapedeck.journal.manifest;

import io.tapedeck.codecs.CorruptDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder that holds a run: its manifest, and one tape for each unit and day. Immutable; says which files there are and
 * opens none of them.
 *
 * <pre>
 *   manifest.json
 *   2026-01-02.qrsdp           one unit
 *   u00/2026-01-02.qrsdp       several units
 *   u01/2026-01-02.qrsdp
 * </pre>
 *
 * @param path     of the folder.
 * @param manifest what it says.
 * @param tapes    dates ascending, and units ascending within a date.
 */
public record DataSet(Path path, DataSetManifest manifest, List<Tape> tapes) {
    /** How the name of a tape ends. */
    public static final String SUFFIX = ".qrsdp";

    /**
     * One unit's day.
     *
     * @param date  of the session.
     * @param unit  number of the unit.
     * @param path  of the file; inside the folder, and not a link that leads out of it.
     * @param entry what the manifest says about it; null for a day that is not done: its file is being written, or its
     *              writer was stopped.
     */
    public record Tape(LocalDate date, int unit, Path path, DataSetManifest.DayFile entry) {
        /**
         * Whether the manifest knows the tape.
         *
         * @return false while the day is not done.
         */
        public boolean isDone() {
            return entry != null;
        }
    }

    /** Takes a copy of the list. */
    public DataSet {
        tapes = List.copyOf(tapes);
    }

    /**
     * Where a tape belongs.
     *
     * @param unitCount of the run.
     * @param unit      number of the unit, from 0.
     * @param date      of the session.
     * @return path relative to the folder, with forward slashes.
     */
    public static String fileName(final int unitCount, final int unit, final LocalDate date) {
        return unitFolder(unitCount, unit) + date + SUFFIX;
    }

    private static String unitFolder(final int unitCount, final int unit) {
        return unitCount == 1 ? "" : String.format("u%02d/", unit);
    }

    /**
     * Reads the manifest of a folder, and looks which days are begun.
     *
     * @param path of the folder.
     * @return the run.
     * @throws CorruptDataException if the manifest is not one, or a tape is a link that leads out of the folder.
     * @throws IOException          if there is no manifest, or the folder cannot be read.
     */
    public static DataSet open(final Path path) throws IOException {
        final Path manifestPath = path.resolve(DataSetManifest.FILE_NAME);
        if (!Files.isRegularFile(manifestPath)) {
            throw new NoSuchFileException(
                    manifestPath.toString(), null, "the folder holds no run; name one that has a manifest");
        }
        final DataSetManifest manifest = DataSetManifest.read(manifestPath);
        final List<Tape> tapes = new ArrayList<>();
        for (final DataSetManifest.Day day : manifest.days()) {
            for (final DataSetManifest.DayFile file : day.files()) {
                tapes.add(new Tape(day.date(), file.unit(), path.resolve(file.file()), file));
            }
        }
        for (final DataSetManifest.Unit unit : manifest.units()) {
            addBegun(path, manifest, unit.number(), tapes);
        }
        tapes.sort(Comparator.comparing(Tape::date).thenComparing(Tape::unit));
        requireInside(path, manifestPath, tapes);
        return new DataSet(path, manifest, tapes);
    }

    private static void addBegun(
            final Path path, final DataSetManifest manifest, final int unit, final List<Tape> tapes)
            throws IOException {
        final Path folder = path.resolve(unitFolder(manifest.units().size(), unit));
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (final Path file : (Iterable<Path>) files::iterator) {
                final LocalDate date = dateOf(file.getFileName().toString());
                if (date != null
                        && tapes.stream()
                                .noneMatch(tape ->
                                        tape.unit() == unit && tape.date().equals(date))) {
                    tapes.add(new Tape(date, unit, file, null));
                }
            }
        }
    }

    private static LocalDate dateOf(final String fileName) {
        if (!fileName.endsWith(SUFFIX)) {
            return null;
        }
        try {
            return LocalDate.parse(fileName.substring(0, fileName.length() - SUFFIX.length()));
        } catch (final DateTimeParseException ex) {
            // A file of another name beside the tapes is none of them.
            return null;
        }
    }

    private static void requireInside(final Path path, final Path manifestPath, final List<Tape> tapes)
            throws IOException {
        final Path root = path.toRealPath();
        for (final Tape tape : tapes) {
            if (Files.exists(tape.path()) && !tape.path().toRealPath().startsWith(root)) {
                throw new CorruptDataException(
                        manifestPath,
                        0,
                        "the tape of " + tape.date() + ", " + tape.path() + ", is a link to "
                                + tape.path().toRealPath() + ", outside the folder of the run",
                        "Put the file itself there");
            }
        }
    }
}
