package io.tapedeck.engine.pipeline;

/**
 * What a pipeline counts. Each counter has one writer and two cache lines of its own; anyone may read. Its label is
 * {@code <unit> <name>}, with the consumer's name after it where there is one per consumer.
 */
public enum PipelineCounter {
    /** Events published. */
    PUBLISHED(201, "published"),

    /** How often a claim had to wait for a gating consumer. */
    STALLS(202, "stalls"),

    /** How long claims have waited altogether, in nanoseconds; a wait counts when it is over. */
    STALL_NS(203, "stall-ns"),

    /** Events that a consumer has done with, those let pass after a failure and those it missed included. */
    CONSUMED(204, "consumed"),

    /** Events that a following consumer could not take from the ring; 0 for a gating one. */
    MISSED(205, "missed"),

    /** How often a consumer has failed: at most once in each pipeline that it was part of. */
    FAILED(206, "failed");

    private final int typeId;
    private final String text;

    PipelineCounter(final int typeId, final String text) {
        this.typeId = typeId;
        this.text = text;
    }

    /**
     * Marks counters of this kind among those of a process.
     *
     * @return the type id under which {@code CountersReader} lists them.
     */
    public int typeId() {
        return typeId;
    }

    /**
     * The label of the counter of a pipeline.
     *
     * @param unit whose pipeline it is.
     * @return for example {@code u00 stalls}.
     */
    public String label(final String unit) {
        return unit + " " + text;
    }

    /**
     * The label of the counter of a consumer.
     *
     * @param unit     whose pipeline it is.
     * @param consumer its name.
     * @return for example {@code u00 consumed journal}.
     */
    public String label(final String unit, final String consumer) {
        return label(unit) + " " + consumer;
    }
}
