package io.tapedeck.engine.pipeline;

/**
 * How one consumer ended.
 *
 * @param name    of the consumer.
 * @param gating  whether the producer waited for it.
 * @param ending  what became of it.
 * @param handled events that it was handed, or passed over after a failure.
 * @param missed  events that the ring no longer had when a following consumer wanted them; 0 for a gating one.
 * @param failure what it threw, or null.
 */
public record ConsumerReport(String name, boolean gating, Ending ending, long handled, long missed, Throwable failure) {

    /** What became of a consumer. */
    public enum Ending {
        /** It reached the last event and closed. */
        DRAINED,
        /** It threw; events passed it by from then on. It was closed. */
        FAILED,
        /** The grace was over before it reached the last event. It was closed. */
        CUT_OFF,
        /** It did not come back within the grace. It is closed by its own thread, should it come back. */
        STUCK
    }
}
