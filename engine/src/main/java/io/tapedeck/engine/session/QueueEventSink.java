package io.tapedeck.engine.session;

/** Takes the events of a session, in order, on the thread that generates them. */
@FunctionalInterface
public interface QueueEventSink {
    /**
     * One event.
     *
     * @param timestampNs since midnight, nanoseconds; never before the event before.
     * @param type        one of {@link io.tapedeck.codecs.qrsdp1.QueueEventType}.
     * @param side        {@link io.tapedeck.codecs.qrsdp1.QueueSide#BID} or
     *                    {@link io.tapedeck.codecs.qrsdp1.QueueSide#ASK}; of an execution the resting side.
     * @param priceTicks  in ticks.
     * @param quantity    at least 1.
     * @param orderId     the event's number in its session, from 1: consecutive over all types.
     * @param flags       a set of the flags of {@link io.tapedeck.engine.model.MarketProcess}.
     */
    void onEvent(long timestampNs, int type, int side, int priceTicks, int quantity, long orderId, int flags);
}
