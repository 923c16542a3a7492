package io.tapedeck.engine.run;

import org.agrona.concurrent.NanoClock;

/**
 * How fast the time of the market goes by: as fast as it can be simulated, or as a multiple of the wall clock's.
 *
 * @param speed market seconds per second; {@link Double#POSITIVE_INFINITY} for as fast as possible.
 */
public record Pace(double speed) {
    /** No waiting at all. */
    public static final Pace MAX = new Pace(Double.POSITIVE_INFINITY);

    /**
     * Checks the speed.
     *
     * @throws IllegalArgumentException if it is not positive.
     */
    public Pace {
        if (!(speed > 0)) {
            throw new IllegalArgumentException("speed must be positive: speed=" + speed);
        }
    }

    /**
     * Reads a pace as the command line has it.
     *
     * @param text {@code max}, or a factor: {@code 1x}, {@code 0.5x}, {@code 100x}.
     * @return the pace.
     * @throws IllegalArgumentException for any other text.
     */
    public static Pace parse(final String text) {
        if (text.equals("max")) {
            return MAX;
        }
        if (text.matches("[0-9]{1,6}([.][0-9]{1,6})?x?")) {
            return new Pace(Double.parseDouble(text.replace("x", "")));
        }
        throw new IllegalArgumentException("not a speed: '" + text + "'; write max, 1x, 0.5x or 100x");
    }

    /**
     * Whether there is anything to wait for.
     *
     * @return false at full speed.
     */
    public boolean isPaced() {
        return speed != Double.POSITIVE_INFINITY;
    }

    /**
     * The time that the market may have reached.
     *
     * @param marketOpenNs since midnight.
     * @param startNs      of the clock, when the market was at that time.
     * @param clock        of the wall.
     * @return nanoseconds since midnight; {@link Long#MAX_VALUE} at full speed.
     */
    public long marketNs(final long marketOpenNs, final long startNs, final NanoClock clock) {
        return isPaced() ? marketOpenNs + (long) ((clock.nanoTime() - startNs) * speed) : Long.MAX_VALUE;
    }

    @Override
    public String toString() {
        return isPaced() ? speed + "x" : "max";
    }
}
