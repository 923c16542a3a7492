package io.tapedeck.engine.replay.pipeline;

import java.util.concurrent.TimeUnit;

/**
 * How fast the market's time goes by in a replay. Each session starts anew: its first record comes at once.
 *
 * @param speed     how much faster than the clock on the wall, above 0; 1 is real time.
 * @param maxWaitNs the longest wait between two records, above 0: the time that is left of a longer one is skipped.
 * @param isStepped whether the replay begins paused, to be {@linkplain ReplayPipeline#step stepped}.
 */
public record Pacing(double speed, long maxWaitNs, boolean isStepped) {
    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of range.
     */
    public Pacing {
        if (!(speed > 0) || speed == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("a pace needs a positive, finite speed: speed=" + speed);
        }
        if (maxWaitNs <= 0) {
            throw new IllegalArgumentException("the longest wait must be positive: maxWaitNs=" + maxWaitNs);
        }
    }

    /**
     * A multiple of real time.
     *
     * @param speed above 0.
     * @return a pace that waits as long as the market did.
     */
    public static Pacing times(final double speed) {
        return new Pacing(speed, Long.MAX_VALUE, false);
    }

    /**
     * One record at a time, when asked for.
     *
     * @return a pace that begins paused.
     */
    public static Pacing step() {
        return new Pacing(1, 1, true);
    }

    /**
     * The same with a limit to each wait.
     *
     * @param duration longest wait.
     * @param unit     of the duration.
     * @return a copy.
     */
    public Pacing withMaxWait(final long duration, final TimeUnit unit) {
        return new Pacing(speed, unit.toNanos(duration), isStepped);
    }
}
