package io.tapedeck.journal.manifest;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.journal.file.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The manifest of a run in layout version 2.0: all that is needed to make the run again, and the files that are done. It
 * is written when the run begins, and again after every day. Immutable.
 *
 * @param recipe how the records are made, for all days.
 * @param zone   in which the days' midnights are.
 * @param units  numbers ascending from 0, at least one; no instrument is in two of them.
 * @param plan   of a run that can be resumed; null for data that was not simulated.
 * @param days   that are done, dates ascending.
 */
public record DataSetManifest(Recipe recipe, ZoneId zone, List<Unit> units, RunPlan plan, List<Day> days) {
    /** Name of the file inside the folder of the run. */
    public static final String FILE_NAME = ReferenceManifest.FILE_NAME;

    /** The version of the layout. */
    public static final String FORMAT_VERSION = "2.0";

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    /**
     * A set of instruments whose events are in one file a day.
     *
     * @param number      of the unit, from 0.
     * @param instruments of the unit.
     */
    public record Unit(int number, List<Instrument> instruments) {
        /** Checks the values and takes a copy of the list. */
        public Unit {
            ManifestText.requireUnit("number", number);
            instruments = List.copyOf(instruments);
        }
    }

    /**
     * A day that is done.
     *
     * @param date  of the session.
     * @param files one for each unit, in the units' order.
     */
    public record Day(LocalDate date, List<DayFile> files) {
        /** Checks the date and takes a copy of the list. */
        public Day {
            ManifestText.requireYear("date", date);
            files = List.copyOf(files);
        }
    }

    /**
     * A unit's tape of a day.
     *
     * @param unit        number of the unit.
     * @param file        relative to the folder of the run, with forward slashes; never leaves it.
     * @param sessionName of the MoldUDP64 session.
     * @param recordCount records on the tape.
     * @param lengthBytes of the file.
     * @param contentHash SHA-256 over the records, 64 lower-case hexadecimal digits.
     */
    public record DayFile(
            int unit, String file, String sessionName, long recordCount, long lengthBytes, String contentHash) {
        /**
         * Checks every value.
         *
         * @throws IllegalArgumentException if one is out of range; names it.
         */
        public DayFile {
            ManifestText.requireUnit("unit", unit);
            ManifestText.requireRelativePath("file", file);
            MoldSession.of(sessionName);
            if (recordCount < 0 || lengthBytes < 0) {
                throw new IllegalArgumentException(
                        "recordCount=" + recordCount + ", lengthBytes=" + lengthBytes + ": neither may be negative");
            }
            if (!HASH.matcher(contentHash).matches()) {
                throw new IllegalArgumentException(
                        "contentHash is \"" + contentHash + "\", must be 64 lower-case hexadecimal digits");
            }
        }
    }

    /**
     * Checks that the parts fit together and takes copies of the lists.
     *
     * @throws IllegalArgumentException if they do not; says which.
     */
    public DataSetManifest {
        units = List.copyOf(units);
        days = List.copyOf(days);
        if (units.isEmpty()) {
            throw new IllegalArgumentException("units is empty, must have at least one");
        }
        final List<Instrument> instruments = new ArrayList<>();
        for (int i = 0; i < units.size(); i++) {
            if (units.get(i).number() != i) {
                throw new IllegalArgumentException(
                        "unit number is " + units.get(i).number() + ", must be " + i);
            }
            instruments.addAll(units.get(i).instruments());
        }
        Instrument.requireDistinct(instruments);
        if (plan != null && plan.openingPricesTicks().size() != instruments.size()) {
            throw new IllegalArgumentException("the plan has "
                    + plan.openingPricesTicks().size() + " opening prices for " + instruments.size() + " instruments");
        }
        requireDays(units, days);
    }

    /**
     * The manifest of data that was not simulated.
     *
     * @param recipe as above.
     * @param zone   as above.
     * @param units  as above.
     * @param days   as above.
     */
    public DataSetManifest(final Recipe recipe, final ZoneId zone, final List<Unit> units, final List<Day> days) {
        this(recipe, zone, units, null, days);
    }

    private static void requireDays(final List<Unit> units, final List<Day> days) {
        final Set<String> files = new HashSet<>();
        LocalDate previous = LocalDate.MIN;
        for (final Day day : days) {
            if (!day.date().isAfter(previous)) {
                throw new IllegalArgumentException("date " + day.date() + " comes after " + previous);
            }
            previous = day.date();
            if (day.files().size() != units.size()) {
                throw new IllegalArgumentException(
                        day.date() + " has " + day.files().size() + " files for " + units.size() + " units");
            }
            for (int i = 0; i < units.size(); i++) {
                final DayFile file = day.files().get(i);
                if (file.unit() != i || !files.add(file.file())) {
                    throw new IllegalArgumentException(day.date() + ": " + file.file() + " of unit " + file.unit()
                            + " is out of order or there twice");
                }
            }
        }
    }

    /**
     * The manifest with one more day.
     *
     * @param day after all others.
     * @return a new manifest.
     * @throws IllegalArgumentException if the day does not fit.
     */
    public DataSetManifest with(final Day day) {
        final List<Day> more = new ArrayList<>(days);
        more.add(day);
        return new DataSetManifest(recipe, zone, units, plan, more);
    }

    /**
     * The manifest with another plan.
     *
     * @param newPlan of the run, or null.
     * @return a new manifest.
     */
    public DataSetManifest with(final RunPlan newPlan) {
        return new DataSetManifest(recipe, zone, units, newPlan, days);
    }

    /**
     * What the tape of one unit's day has to say about itself.
     *
     * @param date        of the day.
     * @param unit        number of the unit.
     * @param sessionName of the MoldUDP64 session.
     * @return the metadata.
     */
    public SessionMetadata sessionMetadata(final LocalDate date, final int unit, final String sessionName) {
        return new SessionMetadata(
                date, zone, unit, sessionName, recipe, units.get(unit).instruments());
    }

    /**
     * Reads the manifest of a run.
     *
     * @param path of the manifest itself.
     * @return the manifest, with every value in range and no path that leaves its folder.
     * @throws CorruptDataException if the text is not such a manifest; names the key.
     * @throws IOException          if the file cannot be read.
     */
    public static DataSetManifest read(final Path path) throws IOException {
        return DataSetParser.manifest(ReferenceManifest.json(path));
    }

    /**
     * Writes the manifest into the folder of the run as a whole: a reader, and whoever comes after a crash, sees the old
     * one or the new one.
     *
     * @param folder that the files' paths are relative to.
     * @throws IOException if it cannot be written.
     */
    public void write(final Path folder) throws IOException {
        AtomicFile.write(folder.resolve(FILE_NAME), toJson().getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * The manifest's text.
     *
     * @return lines that end in line feeds, the last one too.
     */
    public String toJson() {
        return ManifestWriter.of(this);
    }

    /**
     * Whether a folder's manifest says that it is of this layout.
     *
     * @param folder of a run.
     * @return false if there is no manifest, or one of another version.
     * @throws CorruptDataException if there is one that is not JSON.
     * @throws IOException          if it cannot be read.
     */
    public static boolean isIn(final Path folder) throws IOException {
        final Path path = folder.resolve(FILE_NAME);
        return Files.isRegularFile(path)
                && FORMAT_VERSION.equals(
                        ReferenceManifest.json(path).get("format_version").text());
    }
}
