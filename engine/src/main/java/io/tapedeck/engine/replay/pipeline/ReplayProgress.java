package io.tapedeck.engine.replay.pipeline;

/**
 * How far a replay has come.
 *
 * @param readCount  records read from the source.
 * @param totalCount records that will be read at most; -1 where that is not known beforehand.
 * @param elapsedNs  since the replay began; 0 before.
 */
public record ReplayProgress(long readCount, long totalCount, long elapsedNs) {
    /**
     * How much of the work is done.
     *
     * @return 0 to 1; NaN where the end is not known.
     */
    public double fraction() {
        return totalCount < 0 ? Double.NaN : totalCount == 0 ? 1 : Math.min(1, (double) readCount / totalCount);
    }

    /**
     * How long it will take to the end if it goes on like this.
     *
     * @return seconds; NaN where that cannot be said.
     */
    public double secondsLeft() {
        final double fraction = fraction();
        return fraction > 0 ? elapsedNs / 1e9 * (1 - fraction) / fraction : Double.NaN;
    }
}
