package io.tapedeck.engine.model;

/**
 * How busy a market is: a multiplier of its speed, the product of a profile over the day and a random part that varies slowly,
 * both with mean 1.
 * <pre>
 *   a(t) = p(t / T) exp(sd Y - sd^2 / 2)         Y stationary, Gaussian, E[Y(0) Y(t)] = exp(-t / tau)
 *   p(x) = (1 + (R - 1) (2 x - 1)^2) / (1 + (R - 1) / 3)
 * </pre>
 *
 * @param standardDeviation of the logarithm of the random part, 0 to 3.
 * @param tauSeconds        tau, its correlation time, 1 second to a million.
 * @param intradayRatio     R: how much busier open and close are than midday, 0.1 to 100; 1 for a flat day.
 */
public record ActivityParameters(double standardDeviation, double tauSeconds, double intradayRatio) {
    /** A market that is always as busy. */
    public static final ActivityParameters NONE = new ActivityParameters(0, 300, 1);

    /** What the command line starts from where activity is asked for. */
    public static final ActivityParameters DEFAULTS = new ActivityParameters(0.8, 300, 3);

    private static final double MAX_DEVIATION = 3;
    private static final double MAX_TAU_SECONDS = 1e6;
    private static final double MIN_RATIO = 0.1;
    private static final double MAX_RATIO = 100;

    /**
     * Checks every number.
     *
     * @throws IllegalArgumentException naming the first that is out of range.
     */
    public ActivityParameters {
        if (!(standardDeviation >= 0 && standardDeviation <= MAX_DEVIATION)) {
            throw new IllegalArgumentException(
                    "activity's standard deviation must lie between 0 and 3: standardDeviation=" + standardDeviation);
        }
        if (!(tauSeconds >= 1 && tauSeconds <= MAX_TAU_SECONDS)) {
            throw new IllegalArgumentException(
                    "activity's tau must lie between 1 second and a million: tauSeconds=" + tauSeconds);
        }
        if (!(intradayRatio >= MIN_RATIO && intradayRatio <= MAX_RATIO)) {
            throw new IllegalArgumentException(
                    "the intraday ratio must lie between 0.1 and 100: intradayRatio=" + intradayRatio);
        }
    }

    /**
     * Whether the market is ever more or less busy.
     *
     * @return false if a(t) is 1 at all times.
     */
    public boolean isActive() {
        return standardDeviation > 0 || intradayRatio != 1;
    }

    /**
     * The profile p.
     *
     * @param fraction of the session that has gone by, 0 to 1.
     * @return above 0; its mean over the session is 1.
     */
    public double profile(final double fraction) {
        final double fromMidday = 2 * fraction - 1;
        final double excess = intradayRatio - 1;
        return (1 + excess * fromMidday * fromMidday) / (1 + excess / 3);
    }

    /**
     * The mean of p<sup>2</sup> over the session, by which profile and random numbers of variance 1 multiply.
     *
     * @return 1 or more.
     */
    public double meanSquareProfile() {
        final double excess = intradayRatio - 1;
        final double mean = 1 + excess / 3;
        return (1 + 2 * excess / 3 + excess * excess / 5) / (mean * mean);
    }
}
