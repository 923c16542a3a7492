package io.tapedeck.engine.model;

import io.tapedeck.engine.random.PortableMath;
import io.tapedeck.engine.random.RandomSource;

/** The clock without a memory: waiting times are exponential, {@code -ln u / rate}. */
public final class PoissonClock implements EventClock {
    /** What a state that is never left waits, in seconds: longer than any session. */
    public static final double NEVER_SECONDS = 1e9;

    private static final double SMALLEST_UNIFORM = 1e-10;

    private final RandomSource random;

    /**
     * A clock.
     *
     * @param random one draw per step; the clock does not seed it.
     */
    public PoissonClock(final RandomSource random) {
        this.random = random;
    }

    @Override
    public void open() {
        // Nothing to forget.
    }

    @Override
    public double nextSeconds(final double nowSeconds, final MarketProcess process) {
        final double rate = process.totalRate(nowSeconds);
        if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
            return nowSeconds + NEVER_SECONDS;
        }
        final double u = random.nextDouble();
        return nowSeconds + -PortableMath.ln(u < SMALLEST_UNIFORM ? SMALLEST_UNIFORM : u) / rate;
    }
}
