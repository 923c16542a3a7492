package io.tapedeck.engine.pipeline;

/**
 * A consumer that the producer does not wait for. It is handed copies that were checked after copying, so it never sees
 * half an event; where the producer has lapped it, it is told what the ring lost and may take that from the journal.
 * Being behind is a normal state, not a failure.
 */
public interface FollowingConsumer extends BatchConsumer {
    /**
     * Called again and again, in place of {@link #onBatch}, while the ring does not hold the next event any more. Each
     * call may do a piece of catching up; the ring goes on as soon as the answer reaches {@code available}.
     *
     * <p>{@code available} stays half a ring behind the newest event, so that whoever rejoins there is not lapped at
     * once, and grows from call to call. To give the lost events up, return it.
     *
     * @param low       ring sequence of the first event that this consumer has not had.
     * @param available ring sequence from which the ring would go on.
     * @return ring sequence of the event that is needed next, from {@code low} (nothing done yet) to one after the
     *         newest event.
     */
    long onFallBehind(long low, long available);
}
