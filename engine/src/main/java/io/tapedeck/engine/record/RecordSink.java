package io.tapedeck.engine.record;

import io.tapedeck.codecs.record.SlotArray;

/**
 * Lends slots to be filled with records: the writing end of a ring, of a journal, or of a buffer.
 *
 * <p>A claim may be larger than what is then needed: slots that were claimed and not published are lent again by the
 * next claim.
 *
 * <p><b>Note:</b> all calls come from one thread.
 */
public interface RecordSink {
    /** Answer of a claim when nothing more will be taken. */
    long CLOSED = -1;

    /**
     * How many slots to claim at once.
     *
     * @return 1 or more, always the same.
     */
    int claimSize();

    /**
     * Where to write what was claimed last.
     *
     * @return the array; a claim may have replaced it.
     */
    SlotArray slots();

    /**
     * Claims slots to write, and waits for them where it must.
     *
     * @param count how many, 1 to {@link #claimSize()}; the claim before has been published.
     * @return slot sequence of the first one, the others follow; or {@link #CLOSED}.
     */
    long claim(int count);

    /**
     * Hands filled slots over and ends the claim.
     *
     * @param low  what {@link #claim(int)} returned.
     * @param high slot sequence of the last slot that was filled; {@code low - 1} when none was.
     */
    void publish(long low, long high);
}
