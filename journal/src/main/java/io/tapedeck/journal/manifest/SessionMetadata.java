package io.tapedeck.journal.manifest;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.codecs.mold.MoldSession;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/**
 * What a tape says about itself: whose day it is, what its instrument ids stand for, and how its records can be made
 * again. Immutable. Its text is the same for the same content: no clock and no path goes into it.
 *
 * @param sessionDate of the trading day; event times count from its midnight. Years 1 to 9999.
 * @param zone        in which that midnight is.
 * @param unit        number of the unit, from 0.
 * @param sessionName of the MoldUDP64 session, 1 to 10 printable ASCII characters.
 * @param recipe      how the records came to be.
 * @param instruments in the order of the directory; may be empty where an importer does not know them beforehand.
 */
public record SessionMetadata(
        LocalDate sessionDate, ZoneId zone, int unit, String sessionName, Recipe recipe, List<Instrument> instruments) {
    /** The longest text that is written or read, in bytes. */
    public static final int MAX_LENGTH_BYTES = 16 << 20;

    /**
     * Checks every value and takes a copy of the list.
     *
     * @throws IllegalArgumentException if one is out of range; names it.
     */
    public SessionMetadata {
        ManifestText.requireYear("sessionDate", sessionDate);
        ManifestText.requireUnit("unit", unit);
        MoldSession.of(sessionName);
        instruments = Instrument.distinct(instruments);
    }

    /**
     * The metadata as JSON.
     *
     * @return lines of ASCII characters that end in line feeds, the last one too.
     * @throws IllegalArgumentException if there are more than {@link #MAX_LENGTH_BYTES}.
     */
    public byte[] toJson() {
        final byte[] json = ManifestWriter.of(this).getBytes(StandardCharsets.US_ASCII);
        if (json.length > MAX_LENGTH_BYTES) {
            throw new IllegalArgumentException(
                    "the metadata has " + json.length + " bytes, must have at most " + MAX_LENGTH_BYTES);
        }
        return json;
    }

    /**
     * Reads the text that {@link #toJson()} makes.
     *
     * @param path   of the file that it stands in, for the message of an error.
     * @param offset where in the file it begins.
     * @param json   the text.
     * @return the metadata, with every value in range.
     * @throws CorruptDataException if the text is not such metadata; names the key.
     */
    public static SessionMetadata parse(final Path path, final long offset, final byte[] json) {
        return DataSetParser.sessionMetadata(
                new JsonSource(path, offset, "The metadata cannot be repaired from the records; take another copy"),
                json);
    }
}
