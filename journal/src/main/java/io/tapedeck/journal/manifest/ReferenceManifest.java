package io.tapedeck.journal.manifest;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.journal.file.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The manifest of a run in the reference model's layout, versions 1.0 (one security without a name) and 1.1 (named
 * securities). It is written character by character as the seed program writes it. Immutable.
 *
 * @param runId          name of the run, {@code run_} and the seed.
 * @param producer       program that wrote the run.
 * @param baseSeed       seed of the first security's first day; 64 bits, unsigned.
 * @param sessionSeconds length of every session, not negative.
 * @param securities     in the order given to the run: exactly one with a null symbol, or one and more with symbols.
 */
public record ReferenceManifest(
        String runId, String producer, long baseSeed, int sessionSeconds, List<Security> securities) {
    /** Name of the file inside the run directory. */
    public static final String FILE_NAME = "manifest.json";

    /** The program that this layout comes from. */
    public static final String REFERENCE_PRODUCER = "qrsdp";

    /** The only rule for seeds that the layout knows: one more every day. */
    static final String SEED_STRATEGY = "sequential";

    /** The longest manifest that is read; some 800,000 sessions. */
    static final int MAX_LENGTH_BYTES = 64 << 20;

    /**
     * One security's parameters and sessions.
     *
     * @param symbol             its name, or null in a run of one nameless security.
     * @param openingPriceTicks  of its first day.
     * @param tickSize           a tick in 1/10,000 of the currency, at least 1.
     * @param levelsPerSide      as asked for, not negative.
     * @param initialSpreadTicks as asked for, not negative.
     * @param initialDepth       as asked for, not negative.
     * @param sessions           days ascending.
     */
    public record Security(
            String symbol,
            int openingPriceTicks,
            int tickSize,
            int levelsPerSide,
            int initialSpreadTicks,
            int initialDepth,
            List<Session> sessions) {
        /**
         * Checks every value.
         *
         * @throws IllegalArgumentException if one is out of range; names it.
         */
        public Security {
            if (symbol != null) {
                ManifestText.requireName("symbol", symbol);
            }
            requireAtLeast("tickSize", tickSize, 1);
            requireAtLeast("levelsPerSide", levelsPerSide, 0);
            requireAtLeast("initialSpreadTicks", initialSpreadTicks, 0);
            requireAtLeast("initialDepth", initialDepth, 0);
            sessions = List.copyOf(sessions);
        }
    }

    /**
     * One day of one security.
     *
     * @param date {@code YYYY-MM-DD}; that it is in the calendar is not demanded, as the seed program does not.
     * @param seed of the session; 64 bits, unsigned.
     * @param file relative to the run directory, with forward slashes; never leaves it.
     */
    public record Session(String date, long seed, String file) {
        /**
         * Checks every value.
         *
         * @throws IllegalArgumentException if the date or the path is not of that form.
         */
        public Session {
            ManifestText.requireDate("date", date);
            ManifestText.requireRelativePath("file", file);
        }
    }

    /**
     * Checks every value.
     *
     * @throws IllegalArgumentException if one is out of range; names it.
     */
    public ReferenceManifest {
        ManifestText.requireName("runId", runId);
        ManifestText.requireName("producer", producer);
        requireAtLeast("sessionSeconds", sessionSeconds, 0);
        securities = List.copyOf(securities);
        if (securities.isEmpty()) {
            throw new IllegalArgumentException("securities is empty, must have at least one");
        }
        final boolean nameless = securities.stream().anyMatch(security -> security.symbol() == null);
        if (nameless && securities.size() > 1) {
            throw new IllegalArgumentException("one of " + securities.size() + " securities has no symbol");
        }
    }

    /**
     * The manifest of a run as the seed program would name it.
     *
     * @param baseSeed       of the run.
     * @param sessionSeconds length of every session.
     * @param securities     see the record's parameter.
     * @return the manifest.
     */
    public static ReferenceManifest of(final long baseSeed, final int sessionSeconds, final List<Security> securities) {
        return new ReferenceManifest(
                "run_" + Long.toUnsignedString(baseSeed), REFERENCE_PRODUCER, baseSeed, sessionSeconds, securities);
    }

    /**
     * The version of the layout.
     *
     * @return {@code 1.0} for one nameless security, otherwise {@code 1.1}.
     */
    public String formatVersion() {
        return securities.get(0).symbol() == null ? "1.0" : "1.1";
    }

    /**
     * Reads the manifest of a run.
     *
     * @param path of the manifest itself.
     * @return the manifest, with every value in range and no path that leaves its folder.
     * @throws CorruptDataException if the text is not such a manifest; names the key.
     * @throws IOException          if the file cannot be read.
     */
    public static ReferenceManifest read(final Path path) throws IOException {
        return ManifestParser.parse(json(path));
    }

    /** The JSON of a manifest of any version; a file that is too long for one is not read. */
    static JsonValue json(final Path path) throws IOException {
        final long length = Files.size(path);
        if (length > MAX_LENGTH_BYTES) {
            throw new CorruptDataException(
                    path,
                    MAX_LENGTH_BYTES,
                    "the manifest has " + length + " bytes, must have at most " + MAX_LENGTH_BYTES,
                    "Check that this is a manifest");
        }
        return JsonValue.parse(JsonSource.manifest(path), Files.readAllBytes(path));
    }

    /**
     * Writes the manifest into a run directory as a whole: a reader sees the old one or the new one.
     *
     * @param directory that the sessions' paths are relative to.
     * @throws IOException if it cannot be written.
     */
    public void write(final Path directory) throws IOException {
        AtomicFile.write(directory.resolve(FILE_NAME), toJson().getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * The manifest's text.
     *
     * @return lines that end in line feeds, the last one too.
     */
    public String toJson() {
        return ManifestText.of(this);
    }

    private static void requireAtLeast(final String name, final int value, final int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + ", must be at least " + least);
        }
    }
}
