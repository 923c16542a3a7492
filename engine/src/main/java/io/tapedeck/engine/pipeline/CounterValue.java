package io.tapedeck.engine.pipeline;

/**
 * A counter as it was at a look.
 *
 * @param typeId what is counted, for example that of a {@link PipelineCounter}.
 * @param label  {@code <unit> <name>}, with the name of a part after it where there is one counter for each.
 * @param value  at that moment.
 */
public record CounterValue(int typeId, String label, long value) {}
