package io.tapedeck.engine.replay.parallel;

import io.tapedeck.engine.replay.JournalSource;
import io.tapedeck.journal.manifest.Instrument;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * What one worker replays without interruption.
 *
 * @param tape        journal of format 2, closed.
 * @param date        of its session.
 * @param unit        that it is of.
 * @param symbol      the only one that is wanted; null for all.
 * @param recordCount of the tape: how long the task takes, compared with others.
 */
public record ReplayTask(Path tape, LocalDate date, int unit, String symbol, long recordCount) {
    /** How tapes become tasks. */
    public enum Split {
        /** A task for each unit's day: every record is decoded once. */
        UNIT_DAY,
        /** A task for each instrument's day: for what is done with the records costs more than to read them again. */
        INSTRUMENT_DAY
    }

    /**
     * Makes the tasks of some tapes.
     *
     * @param tapes journals of format 2, closed, in the order in which their results are wanted.
     * @param split how.
     * @return tapes in their order; instruments of a tape in the order of its directory.
     * @throws io.tapedeck.codecs.CorruptDataException if a tape is damaged or not closed.
     * @throws IOException                             if one cannot be read.
     */
    public static List<ReplayTask> of(final List<Path> tapes, final Split split) throws IOException {
        final List<ReplayTask> tasks = new ArrayList<>();
        for (final Path tape : tapes) {
            try (JournalSource source = JournalSource.open(tape)) {
                final LocalDate date = source.metadata().sessionDate();
                final int unit = source.metadata().unit();
                if (split == Split.UNIT_DAY) {
                    tasks.add(new ReplayTask(tape, date, unit, null, source.eventCount()));
                } else {
                    for (final Instrument instrument : source.instruments()) {
                        tasks.add(new ReplayTask(tape, date, unit, instrument.symbol(), source.eventCount()));
                    }
                }
            }
        }
        return tasks;
    }

    @Override
    public String toString() {
        return date + ", unit " + unit + (symbol == null ? "" : ", " + symbol);
    }
}
