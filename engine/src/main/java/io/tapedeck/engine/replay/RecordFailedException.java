package io.tapedeck.engine.replay;

import io.tapedeck.codecs.record.SlotArray;
import java.io.UncheckedIOException;

/**
 * Says at which record of a batch a handler or a transform failed. Whoever goes through a batch record by record throws
 * this, so that a pipeline names the record and not the batch; the cause is what went wrong.
 *
 * <pre>{@code
 * long at = low;
 * try {
 *     for (; at <= high; at++) {
 *         apply(slots.buffer(), slots.offset(at));
 *     }
 * } catch (final RuntimeException ex) {
 *     throw RecordFailedException.at(slots, at, ex);
 * }
 * }</pre>
 */
public final class RecordFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long ringSequence;

    private RecordFailedException(final long ringSequence, final long sequence, final RuntimeException cause) {
        super("record " + sequence + ": " + cause.getMessage(), cause);
        this.ringSequence = ringSequence;
    }

    /**
     * Makes what is to be thrown.
     *
     * @param slots  of the batch.
     * @param at     ring sequence of the record at which it failed.
     * @param thrown by whatever was done with the record.
     * @return an exception that names the record; {@code thrown} itself where it is a failed write, which is no fault of
     *     the record, or names a record already.
     */
    public static RuntimeException at(final SlotArray slots, final long at, final RuntimeException thrown) {
        return thrown instanceof UncheckedIOException || thrown instanceof RecordFailedException
                ? thrown
                : new RecordFailedException(at, Slots.sequence(slots, at), thrown);
    }

    /**
     * Where the record is.
     *
     * @return its ring sequence, within the batch at work.
     */
    public long ringSequence() {
        return ringSequence;
    }
}
