package io.tapedeck.engine.importer;

import io.tapedeck.codecs.mold.SessionName;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.replay.EventSource;
import io.tapedeck.engine.replay.Replay;
import io.tapedeck.engine.replay.ReplayHandler;
import io.tapedeck.engine.replay.SourceState;
import io.tapedeck.journal.format2.Format2Descriptor;
import io.tapedeck.journal.format2.Format2Writer;
import io.tapedeck.journal.format2.SyncPolicy;
import io.tapedeck.journal.manifest.DataSet;
import io.tapedeck.journal.manifest.DataSetManifest;
import io.tapedeck.journal.manifest.Instrument;
import io.tapedeck.journal.manifest.Recipe;
import io.tapedeck.journal.manifest.SessionMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Writes what sources deliver into a new data set of one unit, one tape for each session. A session that cannot be read
 * to its end leaves no tape, and if it is the first one no data set; those before it stay.
 *
 * <p><b>Note:</b> belongs to one thread.
 */
public final class DataSetRecorder {
    private static final int UNIT = 0;
    private static final int UNIT_COUNT = 1;

    private final Path folder;
    private DataSetManifest manifest;

    private DataSetRecorder(final Path folder, final DataSetManifest manifest) {
        this.folder = folder;
        this.manifest = manifest;
    }

    /**
     * Starts a data set: makes the folder and writes the manifest.
     *
     * @param folder      of the data set.
     * @param recipe      what all its tapes have in common.
     * @param zone        in which the days' midnights are.
     * @param instruments of all tapes.
     * @param overwrite   whether a data set that is there is deleted, not refused.
     * @return a recorder without a tape.
     * @throws FileAlreadyExistsException if there is one that must not be replaced.
     * @throws IOException                if the folder cannot be written.
     */
    public static DataSetRecorder create(
            final Path folder,
            final Recipe recipe,
            final ZoneId zone,
            final List<Instrument> instruments,
            final boolean overwrite)
            throws IOException {
        final Path manifestPath = folder.resolve(DataSetManifest.FILE_NAME);
        if (Files.exists(manifestPath)) {
            if (!overwrite) {
                throw new FileAlreadyExistsException(manifestPath.toString());
            }
            for (final DataSet.Tape old : DataSet.open(folder).tapes()) {
                Files.deleteIfExists(old.path());
            }
        }
        Files.createDirectories(folder);
        final DataSetManifest manifest =
                new DataSetManifest(recipe, zone, List.of(new DataSetManifest.Unit(UNIT, instruments)), List.of());
        manifest.write(folder);
        return new DataSetRecorder(folder, manifest);
    }

    /**
     * Records a session from its first record to its last.
     *
     * @param source     of one session, at its start; stays open.
     * @param date       of the session, later than those before.
     * @param parameters what the tape says about its source besides what all tapes have in common.
     * @param seeds      that it was made with, likewise.
     * @param progress   is told how many records were written.
     * @return how many records the tape has.
     * @throws io.tapedeck.codecs.CorruptDataException if the source is damaged.
     * @throws FileAlreadyExistsException              if there is a tape of that day.
     * @throws IOException                             if the source cannot be read or the tape not written.
     */
    public long record(
            final EventSource source,
            final LocalDate date,
            final Map<String, String> parameters,
            final Map<String, Long> seeds,
            final LongConsumer progress)
            throws IOException {
        final String name = DataSet.fileName(UNIT_COUNT, UNIT, date);
        final Path path = folder.resolve(name);
        final String sessionName = SessionName.of(date, UNIT).toString();
        final Format2Writer writer = Format2Writer.create(
                path,
                metadata(date, sessionName, parameters, seeds),
                Format2Descriptor.DEFAULT_CHUNK_CAPACITY,
                SyncPolicy.parse("none"));
        boolean isWhole = false;
        final long count;
        try (writer) {
            count = Replay.run(source, new Tape(writer), progress);
            isWhole = source.state() == SourceState.ENDED;
        } finally {
            if (!isWhole) {
                remove(path);
            }
        }
        manifest = manifest.with(new DataSetManifest.Day(
                date,
                List.of(new DataSetManifest.DayFile(
                        UNIT, name, sessionName, count, writer.lengthBytes(), writer.contentHash()))));
        manifest.write(folder);
        return count;
    }

    /** A tape that is not whole goes, and with it a data set that has no other. */
    private void remove(final Path tape) throws IOException {
        Files.deleteIfExists(tape);
        if (manifest.days().isEmpty()) {
            Files.deleteIfExists(folder.resolve(DataSetManifest.FILE_NAME));
        }
    }

    private SessionMetadata metadata(
            final LocalDate date,
            final String sessionName,
            final Map<String, String> parameters,
            final Map<String, Long> seeds) {
        final Recipe common = manifest.recipe();
        final Map<String, String> allParameters = new LinkedHashMap<>(common.parameters());
        allParameters.putAll(parameters);
        final Map<String, Long> allSeeds = new LinkedHashMap<>(common.seeds());
        allSeeds.putAll(seeds);
        return new SessionMetadata(
                date,
                manifest.zone(),
                UNIT,
                sessionName,
                new Recipe(common.generator(), common.generatorVersion(), common.model(), allParameters, allSeeds),
                manifest.units().get(UNIT).instruments());
    }

    /** Appends what comes. */
    private record Tape(Format2Writer writer) implements ReplayHandler {
        @Override
        public void onBatch(final SlotArray slots, final long low, final long high) {
            try {
                writer.append(slots, low, high);
            } catch (final IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }
    }
}
