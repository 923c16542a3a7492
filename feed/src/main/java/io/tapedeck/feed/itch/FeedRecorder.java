package io.tapedeck.feed.itch;

import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.codecs.translation.ItchToRecord;
import io.tapedeck.engine.importer.DataSetRecorder;
import io.tapedeck.engine.replay.JournalSource;
import io.tapedeck.feed.mold.MoldHandler;
import io.tapedeck.journal.format2.Format2Descriptor;
import io.tapedeck.journal.format2.Format2Writer;
import io.tapedeck.journal.format2.SyncPolicy;
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
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.agrona.MutableDirectBuffer;

/**
 * Records one session of a feed as a data set with one tape. Each message becomes a record; records are numbered from 1
 * without a hole, and have the feed's own numbers when the feed was heard from its first message on and whole.
 *
 * <p>A tape names its instruments before its first record, and a feed names them as it goes. So the messages go into a
 * journal beside the tape first, {@value #SPOOL_NAME}, which names none; {@link #finish} makes the tape of it. If the
 * process dies before, the journal is there and {@code verify --repair} reads it.
 *
 * <p><b>Note:</b> used by one thread; allocates nothing per message. Errors of the file come as
 * {@link UncheckedIOException} from the handler's methods.
 */
public final class FeedRecorder implements MoldHandler, AutoCloseable {
    /** Name of the journal that is written while the feed is heard, in the data set's folder. */
    public static final String SPOOL_NAME = "feed-unfinished.qrsdp";

    private static final int UNIT = 0;

    private final Path folder;
    private final ZoneId zone;
    private final boolean overwrite;
    private final Function<MoldSession, LocalDate> dates;
    private final String version;
    private final FeedInstruments instruments = new FeedInstruments();
    private final ItchToRecord translator = new ItchToRecord(instruments.directory());
    private final SlotArray slot = new SlotArray(1);
    private Format2Writer spool;
    private MoldSession session;
    private LocalDate date;
    private long firstSequence;
    private long missingCount;
    private long refusedCount;

    /**
     * Prepares a data set; nothing is written before the session is heard.
     *
     * @param folder    of the data set.
     * @param zone      in which the day's midnight is, from which the feed's times count.
     * @param dates     gives a session's date, which no message says.
     * @param version   of the program, for the tape.
     * @param overwrite whether a data set that is there is deleted, not refused.
     * @throws FileAlreadyExistsException if there is one that must not be replaced.
     */
    public FeedRecorder(
            final Path folder,
            final ZoneId zone,
            final Function<MoldSession, LocalDate> dates,
            final String version,
            final boolean overwrite)
            throws FileAlreadyExistsException {
        final Path manifest = folder.resolve(DataSetManifest.FILE_NAME);
        if (!overwrite && Files.exists(manifest)) {
            throw new FileAlreadyExistsException(manifest.toString());
        }
        this.folder = folder;
        this.zone = zone;
        this.dates = dates;
        this.version = version;
        this.overwrite = overwrite;
    }

    /**
     * Starts the journal.
     *
     * @throws IllegalStateException for a second session: it needs a data set of its own.
     */
    @Override
    public void onSession(final MoldSession heard) {
        if (session != null) {
            throw new IllegalStateException("a data set takes one session: recorded=" + session + ", heard=" + heard);
        }
        session = heard;
        date = dates.apply(heard);
        try {
            Files.createDirectories(folder);
            spool = Format2Writer.replace(
                    folder.resolve(SPOOL_NAME),
                    new SessionMetadata(date, zone, UNIT, heard.toString(), recipe(), List.of()),
                    Format2Descriptor.DEFAULT_CHUNK_CAPACITY,
                    SyncPolicy.parse("none"));
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    @Override
    public void onMessage(final long sequence, final MutableDirectBuffer buffer, final int offset, final int length) {
        instruments.learn(buffer, offset, length);
        final long number = spool.lastSequence() + 1;
        if (translator.translate(buffer, offset, length, slot.buffer(), slot.offset(0), number) < 0) {
            refusedCount++;
            return;
        }
        if (number == 1) {
            firstSequence = sequence;
        }
        try {
            spool.append(slot.buffer(), slot.offset(0));
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    @Override
    public void onGap(final long first, final long last) {
        missingCount += last - first + 1;
    }

    /**
     * Makes the data set of what was heard so far, whether or not the session is over.
     *
     * @param progress is told how many records were written.
     * @return how many records the tape has; 0 when no session was heard, and then there is no data set.
     * @throws IOException if a file cannot be read or written.
     */
    public long finish(final LongConsumer progress) throws IOException {
        if (session == null) {
            return 0;
        }
        spool.close();
        final Path path = folder.resolve(SPOOL_NAME);
        final DataSetRecorder recorder = DataSetRecorder.create(folder, recipe(), zone, instruments.list(), overwrite);
        final long count;
        try (JournalSource source = JournalSource.open(path)) {
            count = recorder.record(source, date, parameters(), Map.of(), progress);
        }
        Files.delete(path);
        return count;
    }

    /**
     * Messages that cannot be records: empty ones, of unknown type or length, or in contradiction to earlier ones.
     *
     * @return how many were left out.
     */
    public long refusedCount() {
        return refusedCount;
    }

    /**
     * The instruments of the tape.
     *
     * @return those named so far, ids ascending.
     */
    public List<Instrument> instruments() {
        return instruments.list();
    }

    /** Closes the journal; without {@link #finish} it stays. */
    @Override
    public void close() throws IOException {
        if (spool != null) {
            spool.close();
        }
    }

    private Map<String, String> parameters() {
        final Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("feedSession", session.toString());
        parameters.put("firstSequence", Long.toString(firstSequence));
        parameters.put("missingMessages", Long.toString(missingCount));
        parameters.put("refusedMessages", Long.toString(refusedCount));
        return parameters;
    }

    private Recipe recipe() {
        return new Recipe("tapedeck", version, "itch50", Map.of(), Map.of());
    }
}
