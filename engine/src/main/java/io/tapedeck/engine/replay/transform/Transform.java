package io.tapedeck.engine.replay.transform;

import io.tapedeck.codecs.record.SlotArray;
import java.time.LocalDate;

/**
 * A step between source and sinks: takes records and hands on what is to go further.
 *
 * <p>Of each record that it takes it says what becomes of it: it passes the record on, changed or not, or counts it as
 * dropped. That is checked at the end of a replay, unless the transform {@linkplain #createsRecords() makes records of its
 * own}.
 *
 * <p><b>Note:</b> called by one thread. A transform belongs to one pipeline.
 */
@FunctionalInterface
public interface Transform {
    /**
     * Takes records.
     *
     * @param slots holds them; they are not to be changed, and are no longer these records when the call has returned.
     * @param low   ring sequence of the first one.
     * @param high  ring sequence of the last one, at least {@code low}.
     * @param out   takes what goes further.
     */
    void onBatch(SlotArray slots, long low, long high, RecordOutput out);

    /**
     * Called when a session begins, before its first record and after the {@linkplain #onFlush flush} of the session
     * before: the place to forget that one.
     *
     * @param date of the session that begins.
     */
    default void onSession(final LocalDate date) {}

    /**
     * Called at the end of each session and of the replay: what was held back goes out now.
     *
     * @param out takes it.
     */
    default void onFlush(final RecordOutput out) {}

    /**
     * Whether more can come out than went in.
     *
     * @return false if every record that is taken is passed on once or dropped, which is then checked.
     */
    default boolean createsRecords() {
        return false;
    }

    /**
     * Whether what happens to a record depends on the records before it. A sampler in front of such a transform changes
     * what it means, and the pipeline warns.
     *
     * @return true unless said otherwise.
     */
    default boolean isStateful() {
        return true;
    }

    /**
     * Whether this transform leaves out records by count or chance, not by what they say.
     *
     * @return false unless said otherwise.
     */
    default boolean isSampler() {
        return false;
    }
}
