package io.tapedeck.engine.importer;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.codecs.itch.ItchHeaderDescriptor;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.codecs.translation.ItchToRecord;
import io.tapedeck.codecs.translation.Refusal;
import io.tapedeck.engine.replay.EventSource;
import io.tapedeck.engine.replay.InstrumentTable;
import io.tapedeck.engine.replay.ReplayHandler;
import io.tapedeck.engine.replay.SourceState;
import io.tapedeck.journal.manifest.Instrument;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/**
 * The messages of an ITCH file as records: one record for each, its sequence the message's number in the file. A message
 * that cannot be a record is an error that names it. It does not seek.
 */
public final class ItchSource implements EventSource {
    private static final int CAPACITY = 256;

    private final Path path;
    private final ItchFileReader reader;
    private final LocalDate date;
    private final List<Instrument> instruments;
    private final long messageCount;
    private final ItchToRecord translator;
    private final SlotArray slots = new SlotArray(CAPACITY);
    private CorruptDataException fault;
    private boolean isAnnounced;
    private boolean isEnded;

    private ItchSource(
            final Path path,
            final ItchFileReader reader,
            final LocalDate date,
            final List<Instrument> instruments,
            final long messageCount) {
        this.path = path;
        this.reader = reader;
        this.date = date;
        this.instruments = List.copyOf(instruments);
        this.messageCount = messageCount;
        translator = new ItchToRecord(InstrumentTable.of(instruments));
    }

    /**
     * Opens a file.
     *
     * @param path        of an uncompressed file in BinaryFILE framing.
     * @param date        of its session, which no message says.
     * @param instruments as {@link ItchInstruments} finds them in it.
     * @param facts       as the same pass finds them.
     * @return a source before its first message.
     * @throws IOException if it cannot be opened.
     */
    public static ItchSource open(
            final Path path, final LocalDate date, final List<Instrument> instruments, final ItchFileFacts facts)
            throws IOException {
        return new ItchSource(path, ItchFileReader.open(path), date, instruments, facts.messageCount());
    }

    @Override
    public int poll(final ReplayHandler handler, final int limit) throws IOException {
        if (!isAnnounced) {
            isAnnounced = true;
            handler.onSession(date);
        }
        final long low = reader.messageNumber();
        final int most = Math.min(limit, CAPACITY);
        int count = 0;
        while (count < most && readsOn(low + count)) {
            count++;
        }
        if (count > 0) {
            handler.onBatch(slots, low, low + count - 1);
        } else if (fault != null) {
            throw fault;
        }
        return count;
    }

    /** Makes a record of the next message. A fault is kept for when all before it was delivered. */
    private boolean readsOn(final long ringSequence) throws IOException {
        if (fault != null || isEnded) {
            return false;
        }
        try {
            isEnded = !reader.next();
        } catch (final CorruptDataException ex) {
            fault = ex;
            return false;
        }
        if (isEnded) {
            requireNothingBehindTheEnd();
            return false;
        }
        final int result = translator.translate(
                reader.buffer(),
                reader.messageOffset(),
                reader.messageLength(),
                slots.buffer(),
                slots.offset(ringSequence),
                reader.messageNumber());
        if (result < 0) {
            fault = refused(result);
        }
        return result > 0;
    }

    private void requireNothingBehindTheEnd() {
        if (reader.bytesAfterEnd() > 0) {
            fault = new CorruptDataException(
                    path,
                    reader.fileOffset(),
                    reader.bytesAfterEnd() + " bytes follow the end marker behind message " + reader.messageNumber(),
                    "They belong to no session; cut them off, or fetch the file again");
        }
    }

    private CorruptDataException refused(final int refusal) {
        final byte type = ItchHeaderDescriptor.type(reader.buffer(), reader.messageOffset());
        return new CorruptDataException(
                path,
                reader.fileOffset(),
                "message " + reader.messageNumber() + ", type " + (type > ' ' && type < 0x7F ? (char) type : '?')
                        + " with " + reader.messageLength() + " bytes, cannot be a record: "
                        + Refusal.describe(refusal),
                "Everything before it is whole; fetch the file again");
    }

    @Override
    public SourceState state() {
        return isEnded && fault == null ? SourceState.ENDED : SourceState.ACTIVE;
    }

    @Override
    public List<Instrument> instruments() {
        return instruments;
    }

    @Override
    public Path fileOf(final LocalDate date, final int instrumentId) {
        return path;
    }

    @Override
    public long eventCount() {
        return messageCount;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
