package io.tapedeck.engine.importer;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.engine.record.RecordWriter;
import io.tapedeck.engine.record.SessionRecords;
import io.tapedeck.engine.replay.EventSource;
import io.tapedeck.engine.replay.ReplayHandler;
import io.tapedeck.engine.replay.SourceState;
import io.tapedeck.journal.format1.Format1Header;
import io.tapedeck.journal.manifest.Instrument;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * A session that the seed program recorded, order by order: {@link io.tapedeck.engine.order.OrderLayer} is laid over the
 * queue events of each security, from the book that the file's header opens with. The records are those of a native
 * session: events in the order of time, then instrument, between the system events, directory and trading actions that a
 * day begins and ends with. The queue events are kept as they are; which order is cancelled is drawn anew.
 *
 * <p>A file with re-initialisations is refused: format 1 does not record them, so they show as events that the book could
 * not have had. It does not seek.
 */
public final class Qrsdp1Source implements EventSource {
    /** Enough for a batch; an event rarely has more than one record. */
    private static final int RECORDS_AHEAD = 256;

    private final LocalDate date;
    private final List<Qrsdp1Lane> lanes = new ArrayList<>();
    private final List<Instrument> instruments = new ArrayList<>();
    private final SlotQueue made = new SlotQueue();
    private final RecordWriter writer = new RecordWriter(made);
    private final SessionRecords sessionRecords = new SessionRecords(writer);
    private CorruptDataException fault;
    private boolean isOpened;
    private boolean isClosed;

    private Qrsdp1Source(final LocalDate date) {
        this.date = date;
    }

    /**
     * Opens the files of one day.
     *
     * @param sessions at least one, with all instrument ids different, ascending.
     * @param date     of the session.
     * @param seed     decides, with symbol and date, which orders are cancelled.
     * @return a source before the first record.
     * @throws CorruptDataException if a header is damaged, or not one that orders can be made of.
     * @throws IOException          if a file cannot be read.
     */
    public static Qrsdp1Source open(final List<Qrsdp1Session> sessions, final LocalDate date, final long seed)
            throws IOException {
        final Qrsdp1Source source = new Qrsdp1Source(date);
        try {
            for (final Qrsdp1Session session : sessions) {
                source.lanes.add(Qrsdp1Lane.open(session, date, seed));
                source.instruments.add(session.instrument());
            }
        } catch (final IOException | RuntimeException ex) {
            source.close();
            throw ex;
        }
        return source;
    }

    @Override
    public int poll(final ReplayHandler handler, final int limit) throws IOException {
        if (!isOpened) {
            isOpened = true;
            handler.onSession(date);
            open();
        }
        if (made.size() == 0) {
            produce();
        }
        final int count = made.deliver(handler, Math.min(limit, RECORDS_AHEAD));
        if (count == 0 && fault != null) {
            throw fault;
        }
        return count;
    }

    private void open() {
        long openNs = Long.MAX_VALUE;
        for (final Qrsdp1Lane lane : lanes) {
            openNs = Math.min(openNs, lane.header().marketOpenNs());
        }
        sessionRecords.systemEvent(openNs, 'O');
        sessionRecords.systemEvent(openNs, 'S');
        for (final Qrsdp1Lane lane : lanes) {
            sessionRecords.directory(openNs, lane.instrumentId(), lane.symbol());
        }
        for (final Qrsdp1Lane lane : lanes) {
            sessionRecords.trading(openNs, lane.instrumentId(), lane.symbol());
        }
        for (final Qrsdp1Lane lane : lanes) {
            lane.open(writer);
        }
        sessionRecords.systemEvent(openNs, 'Q');
        writer.flush();
    }

    /** Makes the next records. A fault is kept for when all before it was delivered. */
    private void produce() throws IOException {
        try {
            Qrsdp1Lane lane = earliest();
            while (lane != null && fault == null && made.size() < RECORDS_AHEAD) {
                lane.produce();
                writer.flush();
                lane = earliest();
            }
            if (lane == null && !isClosed) {
                closeSession();
            }
        } catch (final CorruptDataException ex) {
            fault = ex;
        }
        writer.flush();
    }

    private Qrsdp1Lane earliest() {
        Qrsdp1Lane earliest = null;
        for (final Qrsdp1Lane lane : lanes) {
            if (lane.hasNext() && (earliest == null || lane.timeNs() < earliest.timeNs())) {
                earliest = lane;
            }
        }
        return earliest;
    }

    private void closeSession() {
        isClosed = true;
        long closeNs = 0;
        for (final Qrsdp1Lane lane : lanes) {
            closeNs = Math.max(closeNs, lane.header().marketCloseNs());
        }
        sessionRecords.systemEvent(closeNs, 'M');
        sessionRecords.systemEvent(closeNs, 'E');
        sessionRecords.systemEvent(closeNs, 'C');
    }

    /**
     * The headers of the files.
     *
     * @return in the order of the sessions; a new list.
     */
    public List<Format1Header> headers() {
        return lanes.stream().map(Qrsdp1Lane::header).toList();
    }

    @Override
    public SourceState state() {
        return isClosed && made.size() == 0 ? SourceState.ENDED : SourceState.ACTIVE;
    }

    @Override
    public List<Instrument> instruments() {
        return instruments;
    }

    @Override
    public Path fileOf(final LocalDate session, final int instrumentId) {
        for (final Qrsdp1Lane lane : lanes) {
            if (lane.instrumentId() == instrumentId) {
                return lane.file();
            }
        }
        return lanes.size() == 1 ? lanes.get(0).file() : null;
    }

    @Override
    public void close() {
        lanes.forEach(Qrsdp1Lane::close);
    }
}
