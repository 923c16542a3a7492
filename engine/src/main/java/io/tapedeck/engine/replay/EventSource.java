package io.tapedeck.engine.replay;

import io.tapedeck.journal.manifest.Instrument;
import java.io.IOException;
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
     * Goes to the event with a sequence, or to the next one that there is.
     *
     * @param sequence of the record, from 1, in the session that comes next.
     * @return false if this source cannot: it stays where it is.
     * @throws IOException if the source cannot be read.
     */
    boolean seekSequence(long sequence) throws IOException;

    /**
     * Goes to the first event, in the order of delivery, that is at or after a time. Times may fall where real data has
     * seams: events behind that one may be earlier, and of those before it none is as late. A source of several sessions
     * enters each of them there.
     *
     * @param timeNs since midnight of the session.
     * @return false if this source cannot: it stays where it is.
     * @throws IOException if the source cannot be read.
     */
    boolean seekTime(long timeNs) throws IOException;

    /**
     * What the instrument ids in the records stand for.
     *
     * @return all instruments that the source knows of, the same at any time.
     */
    List<Instrument> instruments();

    /**
     * How many events there are from the first to the last.
     *
     * @return the count, or -1 where it is not known beforehand.
     */
    long eventCount();

    /**
     * Gives back what the source holds.
     *
     * @throws IOException if a file cannot be closed.
     */
    @Override
    void close() throws IOException;
}
