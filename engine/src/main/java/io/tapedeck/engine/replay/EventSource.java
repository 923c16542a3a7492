package io.tapedeck.engine.replay;

import io.tapedeck.journal.manifest.Instrument;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/**
 * Where recorded events come from: a closed journal, one that is being written, several of them in one order, or a file
 * in a foreign format. The events are the same 64-byte slots whatever the source.
 *
 * <p>Slots are numbered by the source. In a source of a single tape the ring sequence of a slot is one less than the
 * record's own sequence; where records of several tapes meet, it counts what was delivered, from 0.
 *
 * <p><b>Note:</b> belongs to one thread. Polling does not allocate per event.
 */
public interface EventSource extends AutoCloseable {
    /**
     * Delivers the next events, in at most one batch.
     *
     * @param handler gets them.
     * @param limit   how many at most, at least 1.
     * @return how many were delivered; with 0, {@link #state()} tells whether to go on.
     * @throws io.tapedeck.codecs.CorruptDataException if what comes next is damaged; what came before it was delivered.
     * @throws IOException                             if the source cannot be read.
     */
    int poll(ReplayHandler handler, int limit) throws IOException;

    /**
     * What is to be expected of the next poll.
     *
     * @return the state after the last poll.
     */
    SourceState state();

    /**
     * Goes to the event with a sequence, or to the next one that there is. Units number their records each for itself, so a
     * source that merges them has no one sequence to go to.
     *
     * @param sequence of the record, from 1, in the session that comes next.
     * @return false if this source cannot: it stays where it is.
     * @throws IOException if the source cannot be read.
     */
    default boolean seekSequence(final long sequence) throws IOException {
        return false;
    }

    /**
     * Goes to the first event, in the order of delivery, that is at or after a time. Times may fall where real data has
     * seams: events behind that one may be earlier, and of those before it none is as late. A source of several sessions
     * enters each of them there.
     *
     * @param timeNs since midnight of the session.
     * @return false if this source cannot: it stays where it is.
     * @throws IOException if the source cannot be read.
     */
    default boolean seekTime(final long timeNs) throws IOException {
        return false;
    }

    /**
     * Says what will be wanted, so that the source need not read all of the rest. Whoever asks still has to choose: a
     * source may deliver what is not selected, but delivers all that is, in the same order. Said once, before the first
     * poll and the first seek.
     *
     * @param selection what is wanted.
     * @throws IOException if the source cannot be read.
     */
    default void narrow(final Selection selection) throws IOException {}

    /**
     * How many records were read over so far and not delivered, because they are not {@linkplain #narrow wanted}: with those
     * that were delivered they add up to what {@link #plan} says will be read.
     *
     * @return their number.
     */
    default long leftOutCount() {
        return 0;
    }

    /**
     * The greatest event time among the records that were left out before those that the last poll delivered. Who merges
     * sources by time needs it, because a time that falls counts as the greatest one before it.
     *
     * @return nanoseconds since midnight; {@link Long#MIN_VALUE} if none were left out.
     */
    default long skippedTimeNs() {
        return Long.MIN_VALUE;
    }

    /**
     * What a replay from the start would read, after {@link #narrow}. It opens what it has to look at, and reads no
     * records.
     *
     * @return one entry for each file; empty where nothing is known beforehand.
     * @throws IOException if a file cannot be read.
     */
    default List<SourcePlan> plan() throws IOException {
        return List.of();
    }

    /**
     * What the instrument ids in the records stand for.
     *
     * @return all instruments that the source knows of, the same at any time.
     */
    List<Instrument> instruments();

    /**
     * Which file a record came from, for messages. Any thread may ask, also when the source has gone on.
     *
     * @param date         of the record's session; null if that is not known.
     * @param instrumentId that the record is about; 0 if it is about none.
     * @return the file; null where there is none, or where it is not known which one it was.
     */
    default Path fileOf(final LocalDate date, final int instrumentId) {
        return null;
    }

    /**
     * How many events there are from the first to the last.
     *
     * @return the count, or -1 where it is not known beforehand.
     */
    default long eventCount() {
        return -1;
    }

    /**
     * Gives back what the source holds.
     *
     * @throws IOException if a file cannot be closed.
     */
    @Override
    void close() throws IOException;
}
