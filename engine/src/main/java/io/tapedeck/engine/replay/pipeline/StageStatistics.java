package io.tapedeck.engine.replay.pipeline;

/**
 * What one stage did. Unless the stage makes records of its own, {@code taken = emitted + dropped + errors}.
 *
 * @param name          of the stage.
 * @param takenCount    records that came to it.
 * @param emittedCount  records that it passed on; of a sink, that it has taken in.
 * @param droppedCount  records that went no further because they were not wanted, their instrument was halted, or a ring
 *                      was full.
 * @param errorCount    records at which it threw.
 * @param stallNs       how long the replay waited for room in its ring; 0 of a stage without one.
 * @param ringHighWater the most records that ever lay in its ring; 0 of a stage without one.
 */
public record StageStatistics(
        String name,
        long takenCount,
        long emittedCount,
        long droppedCount,
        long errorCount,
        long stallNs,
        long ringHighWater) {
    /**
     * Whether nothing was lost on the way.
     *
     * @return whether what came is what was emitted, dropped, or an error.
     */
    public boolean isBalanced() {
        return takenCount == emittedCount + droppedCount + errorCount;
    }
}
