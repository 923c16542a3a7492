package io.tapedeck.tools.counters;

import io.tapedeck.engine.pipeline.CounterValue;
import io.tapedeck.engine.pipeline.PipelineCounter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The counters of a process at one moment, with how far its consumers are behind.
 *
 * @param pid      of the process that writes or wrote them.
 * @param startMs  when it made the file, milliseconds since 1970 UTC.
 * @param isAlive  whether it is at work.
 * @param takenMs  when this was taken down, milliseconds since 1970 UTC.
 * @param takenNs  the same by a clock that only rises.
 * @param counters in the order of the file, each label once.
 */
public record CountersLook(
        long pid, long startMs, boolean isAlive, long takenMs, long takenNs, Map<CounterLabel, Long> counters) {
    /** Name of the derived values: records that were published and not yet consumed. */
    public static final String LAG = "lag";

    static CountersLook of(
            final long pid,
            final long startMs,
            final boolean isAlive,
            final long takenMs,
            final long takenNs,
            final List<CounterValue> values) {
        final Map<CounterLabel, Long> counters = new LinkedHashMap<>();
        final Map<String, Long> published = new LinkedHashMap<>();
        final List<CounterLabel> consumers = new ArrayList<>();
        for (final CounterValue value : values) {
            final CounterLabel label = CounterLabel.parse(value.label());
            counters.put(label, value.value());
            if (value.typeId() == PipelineCounter.PUBLISHED.typeId()) {
                published.put(label.unit(), value.value());
            } else if (value.typeId() == PipelineCounter.CONSUMED.typeId()) {
                consumers.add(label);
            }
        }
        for (final CounterLabel consumer : consumers) {
            // Taken down one after the other: what was published meanwhile may have been consumed already.
            final long lag = published.getOrDefault(consumer.unit(), 0L) - counters.get(consumer);
            counters.put(new CounterLabel(consumer.unit(), LAG, consumer.part()), Math.max(0, lag));
        }
        return new CountersLook(pid, startMs, isAlive, takenMs, takenNs, counters);
    }
}
