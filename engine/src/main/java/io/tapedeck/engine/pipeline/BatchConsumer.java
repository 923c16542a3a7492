package io.tapedeck.engine.pipeline;

import io.tapedeck.codecs.record.SlotArray;

/**
 * Reads events in batches. It does not know where they come from: a ring, a tape, a stream.
 *
 * <p>All three methods are called by one thread, never at the same time. A consumer that throws is reported, is called
 * no more except for {@link #onClose()}, and stops no other.
 */
public interface BatchConsumer {
    /**
     * Takes events {@code low} to {@code high}, which follow the last batch without a gap.
     *
     * @param slots holds the events under their ring sequences; they are not to be changed, and are no longer these
     *              events when the call has returned.
     * @param low   ring sequence of the first event, from 0.
     * @param high  ring sequence of the last event, at least {@code low}.
     */
    void onBatch(SlotArray slots, long low, long high);

    /**
     * Called again and again while there is no event to take: the place for timers, flushes and heartbeats.
     *
     * @param nowNs of a monotonic clock with an arbitrary origin.
     * @return how much was done; 0 lets the thread rest.
     */
    default int onIdle(final long nowNs) {
        return 0;
    }

    /** The last call, exactly once, also after a failure: gives back what the consumer holds. */
    default void onClose() {}
}
