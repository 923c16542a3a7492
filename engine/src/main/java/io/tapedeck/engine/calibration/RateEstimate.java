package io.tapedeck.engine.calibration;

import io.tapedeck.engine.statistics.Distributions;

/**
 * The rate of a Poisson process, from the events of a time. The maximum-likelihood estimate is N / T; given T, N has the
 * Poisson law, so the band is exact (F. Garwood, Biometrika 28 (1936), 437-442): it covers the true rate with at least
 * the chance that it states.
 *
 * @param count   N, events.
 * @param seconds T, time at risk.
 */
public record RateEstimate(long count, double seconds) {
    /** The chance with which a band covers the true rate. */
    public static final double CONFIDENCE = 0.95;

    private static final double TAIL = (1 - CONFIDENCE) / 2;

    /**
     * The estimate.
     *
     * @return events per second; NaN without any time.
     */
    public double rate() {
        return seconds > 0 ? count / seconds : Double.NaN;
    }

    /**
     * The band's lower end.
     *
     * @return events per second; 0 where there were none.
     */
    public double low() {
        if (!(seconds > 0)) {
            return 0;
        }
        return count == 0 ? 0 : Distributions.chiSquareQuantile(TAIL, 2.0 * count) / (2 * seconds);
    }

    /**
     * The band's upper end.
     *
     * @return events per second; infinite without any time.
     */
    public double high() {
        return seconds > 0
                ? Distributions.chiSquareQuantile(1 - TAIL, 2.0 * count + 2) / (2 * seconds)
                : Double.POSITIVE_INFINITY;
    }
}
