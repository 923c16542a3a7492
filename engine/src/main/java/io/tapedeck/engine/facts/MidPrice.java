package io.tapedeck.engine.facts;

import io.tapedeck.engine.statistics.Autocorrelation;
import io.tapedeck.engine.statistics.LogHistogram;
import io.tapedeck.engine.statistics.Moments;

/**
 * Returns of the mid price on a grid of tenths of a second, by horizon. Returns of a horizon do not overlap; they are
 * logarithms in basis points where the price is positive, as with all real data, and ticks where it is not.
 */
final class MidPrice {
    static final long STEP_NS = 100_000_000L;

    /** Horizons in steps: 0.1 s to 10 min. */
    static final int[] HORIZONS = {1, 2, 5, 10, 20, 50, 100, 200, 600, 1_200, 3_000, 6_000};

    /** Lags of the autocorrelations of 1-s returns, in seconds. */
    static final int[] LAGS = {1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 300};

    private static final int STEPS_PER_SECOND = 10;
    private static final double BASIS_POINTS = 1e4;

    private final Moments[] returns = new Moments[HORIZONS.length];
    private final LogHistogram[] sizes = new LogHistogram[HORIZONS.length];
    private final LogHistogram[] falls = new LogHistogram[HORIZONS.length];
    private final double[] last = new double[HORIZONS.length];
    private final Autocorrelation signed = new Autocorrelation(LAGS);
    private final Autocorrelation absolute = new Autocorrelation(LAGS);
    private double lastSecond = Double.NaN;
    private long step;

    MidPrice() {
        for (int i = 0; i < HORIZONS.length; i++) {
            returns[i] = new Moments();
            sizes[i] = new LogHistogram();
            falls[i] = new LogHistogram();
        }
    }

    /** No return spans what was before and what comes now. */
    void gap() {
        step = 0;
        lastSecond = Double.NaN;
        signed.gap();
        absolute.gap();
    }

    /** The mid price at the next step of the grid, in half ticks. */
    void add(final long halfTicks) {
        final double level = halfTicks > 0 ? BASIS_POINTS * Math.log(halfTicks) : halfTicks / 2.0;
        for (int i = 0; i < HORIZONS.length; i++) {
            if (step % HORIZONS[i] == 0) {
                if (step > 0) {
                    final double change = level - last[i];
                    returns[i].add(change);
                    sizes[i].add(Math.abs(change));
                    if (change < 0) {
                        falls[i].add(-change);
                    }
                }
                last[i] = level;
            }
        }
        if (step % STEPS_PER_SECOND == 0) {
            if (!Double.isNaN(lastSecond)) {
                signed.add(level - lastSecond);
                absolute.add(Math.abs(level - lastSecond));
            }
            lastSecond = level;
        }
        step++;
    }

    Moments returns(final int horizon) {
        return returns[horizon];
    }

    /** Absolute returns; those of no change are counted apart. */
    LogHistogram sizes(final int horizon) {
        return sizes[horizon];
    }

    /** Absolute values of negative returns. */
    LogHistogram falls(final int horizon) {
        return falls[horizon];
    }

    Autocorrelation signed() {
        return signed;
    }

    Autocorrelation absolute() {
        return absolute;
    }

    static double seconds(final int horizon) {
        return HORIZONS[horizon] / (double) STEPS_PER_SECOND;
    }
}
