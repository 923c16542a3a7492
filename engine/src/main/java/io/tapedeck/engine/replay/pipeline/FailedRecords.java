package io.tapedeck.engine.replay.pipeline;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.concurrent.TimeUnit;

/**
 * Where a stage failed: at one record, or somewhere in a batch of them.
 *
 * @param date          of the session; null before the first one.
 * @param firstSequence of the first record that it can have been; 0 if it was at none.
 * @param lastSequence  of the last one.
 * @param firstTimeNs   event time of the first record, nanoseconds since midnight.
 * @param lastTimeNs    event time of the last one.
 * @param instrumentId  that the records are about; 0 if about none, or about several.
 * @param symbol        of it; null if there is none, or the source does not know it.
 * @param file          that the records came from; null if there is none, or it is not known which one.
 */
public record FailedRecords(
        LocalDate date,
        long firstSequence,
        long lastSequence,
        long firstTimeNs,
        long lastTimeNs,
        int instrumentId,
        String symbol,
        Path file) {
    private static final long DAY_NS = TimeUnit.DAYS.toNanos(1);

    /** A failure between the records of a session. */
    static FailedRecords none(final LocalDate date) {
        return new FailedRecords(date, 0, 0, 0, 0, 0, null, null);
    }

    /** As it is told to people; begins with a space unless nothing is known. */
    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder();
        if (firstSequence > 0) {
            text.append(
                    firstSequence == lastSequence
                            ? " at record " + firstSequence
                            : " in records " + firstSequence + " to " + lastSequence);
        }
        if (instrumentId != 0) {
            text.append(" of ").append(symbol == null ? "instrument " + instrumentId : symbol);
        }
        if (date != null) {
            text.append(", ").append(date);
        }
        if (firstSequence > 0) {
            text.append(date == null ? ", " : " ").append(time(firstTimeNs));
            text.append(firstTimeNs == lastTimeNs ? "" : " to " + time(lastTimeNs));
        }
        return file == null ? text.toString() : text.append(", ").append(file).toString();
    }

    private static String time(final long timeNs) {
        return timeNs >= 0 && timeNs < DAY_NS ? LocalTime.ofNanoOfDay(timeNs).toString() : timeNs + " ns";
    }
}
