package io.tapedeck.engine.replay.pipeline;

import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What became of a replay.
 *
 * @param readCount   records that the source delivered; what it was told not to deliver is not among them.
 * @param skippedCount records that were read and, as the replay was cancelled while they waited for their time, not handed on.
 * @param transforms  what each transform did, in their order.
 * @param sinks       what each sink did, in their order.
 * @param elapsedNs   on the wall.
 * @param isCancelled whether somebody ended it early.
 * @param isWhole     whether the source was read to its end; false too of a tape that is not closed.
 * @param pacingError how many nanoseconds too late records were handed on; null of a replay without a pace.
 */
public record ReplayStatistics(
        long readCount,
        long skippedCount,
        List<StageStatistics> transforms,
        List<StageStatistics> sinks,
        long elapsedNs,
        boolean isCancelled,
        boolean isWhole,
        Histogram pacingError) {
    /** Takes copies of the lists. */
    public ReplayStatistics {
        transforms = List.copyOf(transforms);
        sinks = List.copyOf(sinks);
    }

    /**
     * What one stage did.
     *
     * @param name of a transform or a sink.
     * @return its statistics.
     * @throws IllegalArgumentException if there is no such stage.
     */
    public StageStatistics stage(final String name) {
        for (final List<StageStatistics> stages : List.of(transforms, sinks)) {
            for (final StageStatistics stage : stages) {
                if (stage.name().equals(name)) {
                    return stage;
                }
            }
        }
        throw new IllegalArgumentException("the replay has no stage '" + name + "'");
    }

    /**
     * Where records were lost between two stages, or in a sink's ring.
     *
     * @return what does not add up; null if everything does.
     */
    String imbalance() {
        long emitted = readCount - skippedCount;
        String from = "the source";
        for (final StageStatistics stage : transforms) {
            if (stage.takenCount() != emitted) {
                return from + " emitted " + emitted + " records, but " + stage;
            }
            emitted = stage.emittedCount();
            from = stage.name();
        }
        for (final StageStatistics sink : sinks) {
            if (sink.takenCount() != emitted || !sink.isBalanced()) {
                return from + " emitted " + emitted + " records, but " + sink;
            }
        }
        return null;
    }
}
