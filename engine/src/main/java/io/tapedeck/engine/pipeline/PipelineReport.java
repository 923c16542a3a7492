package io.tapedeck.engine.pipeline;

import java.util.List;

/**
 * How a pipeline ended.
 *
 * @param unit            whose pipeline it was.
 * @param events          published.
 * @param producerStopped false when the producer still held a claim when the grace was over.
 * @param stalls          how often a claim had to wait.
 * @param stallNs         how long claims have waited altogether, in nanoseconds.
 * @param consumers       how each ended, in the order in which they were added.
 */
public record PipelineReport(
        String unit, long events, boolean producerStopped, long stalls, long stallNs, List<ConsumerReport> consumers) {

    /**
     * Whether everything was handled as it should be.
     *
     * @return true when the producer had stopped and every consumer has drained.
     */
    public boolean isClean() {
        return producerStopped
                && consumers.stream().allMatch(consumer -> consumer.ending() == ConsumerReport.Ending.DRAINED);
    }
}
