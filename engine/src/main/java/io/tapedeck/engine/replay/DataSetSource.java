package io.tapedeck.engine.replay;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.journal.manifest.DataSet;
import io.tapedeck.journal.manifest.DataSetManifest;
import io.tapedeck.journal.manifest.Instrument;
import io.tapedeck.journal.manifest.SessionMetadata;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * All tapes of a data set as one stream: day after day, and within a day the units merged by time. Only the tapes of one
 * day are open at a time.
 *
 * <p>A day that the manifest does not know as done is followed as it is written, so such a source can be
 * {@link SourceState#CAUGHT_UP}; it stays so if the writer was stopped.
 */
public final class DataSetSource implements EventSource {
    private final DataSet dataSet;
    private final List<Instrument> instruments = new ArrayList<>();
    private final long eventCount;
    private long leftOutBefore;
    private int nextTape;
    private EventSource day;
    private long fromNs = Long.MIN_VALUE;
    private Selection selection = Selection.ALL;
    private boolean isEnded;

    private DataSetSource(final DataSet dataSet) {
        this.dataSet = dataSet;
        dataSet.manifest().units().forEach(unit -> instruments.addAll(unit.instruments()));
        eventCount = countEvents(dataSet);
    }

    /**
     * Opens a data set.
     *
     * @param folder of the run.
     * @return a source before the first record of the first day.
     * @throws CorruptDataException if the manifest is not one.
     * @throws IOException          if it cannot be read.
     */
    public static DataSetSource open(final Path folder) throws IOException {
        return new DataSetSource(DataSet.open(folder));
    }

    @Override
    public int poll(final ReplayHandler handler, final int limit) throws IOException {
        while (!isEnded) {
            if (day == null && !openDay()) {
                isEnded = true;
                return 0;
            }
            final int count = day.poll(handler, limit);
            if (count > 0 || day.state() != SourceState.ENDED) {
                return count;
            }
            closeDay();
        }
        return 0;
    }

    private boolean openDay() throws IOException {
        final List<DataSet.Tape> tapes = dataSet.tapes();
        if (nextTape == tapes.size()) {
            return false;
        }
        final LocalDate date = tapes.get(nextTape).date();
        final List<EventSource> units = new ArrayList<>();
        try {
            while (nextTape < tapes.size() && tapes.get(nextTape).date().equals(date)) {
                units.add(open(tapes.get(nextTape++)));
            }
        } catch (final IOException | RuntimeException ex) {
            for (final EventSource unit : units) {
                unit.close();
            }
            throw ex;
        }
        day = units.size() == 1 ? units.get(0) : new MergedSource(units);
        day.narrow(selection);
        if (fromNs != Long.MIN_VALUE) {
            day.seekTime(fromNs);
        }
        return true;
    }

    private EventSource open(final DataSet.Tape tape) throws IOException {
        if (tape.isDone()) {
            final JournalSource source = JournalSource.open(tape.path());
            requireSame(tape, source.metadata());
            return source;
        }
        final TailSource source = TailSource.open(tape.path(), 1);
        requireSame(tape, source.metadata());
        return source;
    }

    /** A tape that was put into the wrong folder would be read with the wrong symbols. */
    private void requireSame(final DataSet.Tape tape, final SessionMetadata metadata) {
        final DataSetManifest.Unit unit = dataSet.manifest().units().get(tape.unit());
        if (!metadata.sessionDate().equals(tape.date())
                || metadata.unit() != tape.unit()
                || !metadata.instruments().equals(unit.instruments())) {
            throw new CorruptDataException(
                    tape.path(),
                    0,
                    "the tape is of " + metadata.sessionDate() + ", unit " + metadata.unit() + ", with "
                            + metadata.instruments().size() + " instruments; the manifest has " + tape.date()
                            + ", unit " + tape.unit() + ", with "
                            + unit.instruments().size() + " instruments there, and they are not the same",
                    "Put the tape back into the folder of its own run, or replay it by itself");
        }
    }

    private void closeDay() throws IOException {
        final EventSource done = day;
        day = null;
        leftOutBefore += done.leftOutCount();
        done.close();
    }

    @Override
    public SourceState state() {
        if (isEnded) {
            return SourceState.ENDED;
        }
        return day == null || day.state() == SourceState.ENDED ? SourceState.ACTIVE : day.state();
    }

    @Override
    public boolean seekSequence(final long sequence) throws IOException {
        return !isEnded && (day != null || openDay()) && day.seekSequence(sequence);
    }

    @Override
    public boolean seekTime(final long timeNs) throws IOException {
        fromNs = timeNs;
        return day == null || day.seekTime(timeNs);
    }

    @Override
    public void narrow(final Selection wanted) throws IOException {
        selection = wanted;
        if (day != null) {
            day.narrow(wanted);
        }
    }

    @Override
    public long leftOutCount() {
        return leftOutBefore + (day == null ? 0 : day.leftOutCount());
    }

    @Override
    public List<SourcePlan> plan() throws IOException {
        final List<SourcePlan> plan = new ArrayList<>();
        for (final DataSet.Tape tape : dataSet.tapes()) {
            if (!tape.isDone()) {
                return List.of();
            }
            try (EventSource source = open(tape)) {
                source.narrow(selection);
                plan.addAll(source.plan());
            }
        }
        return plan;
    }

    @Override
    public List<Instrument> instruments() {
        return instruments;
    }

    @Override
    public Path fileOf(final LocalDate date, final int instrumentId) {
        final List<DataSetManifest.Unit> units = dataSet.manifest().units();
        return Origin.onlyOne(dataSet.tapes().stream()
                .filter(tape -> date == null || date.equals(tape.date()))
                .filter(tape ->
                        units.size() == 1 || Origin.has(units.get(tape.unit()).instruments(), instrumentId))
                .map(DataSet.Tape::path)
                .collect(Collectors.toList()));
    }

    @Override
    public long eventCount() {
        return eventCount;
    }

    private static long countEvents(final DataSet dataSet) {
        long count = 0;
        for (final DataSet.Tape tape : dataSet.tapes()) {
            if (!tape.isDone()) {
                return -1;
            }
            count += tape.entry().recordCount();
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        isEnded = true;
        if (day != null) {
            closeDay();
        }
    }
}
