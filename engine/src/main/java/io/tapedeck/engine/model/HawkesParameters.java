package io.tapedeck.engine.model;

/**
 * Self-excitation: every event raises the intensity of all that may follow, and the rise decays,
 * <pre>
 *   intensity = base (1 + min(E, cap))      E' = -beta E,  E grows by alpha at every event
 * </pre>
 * The cap bounds the intensity and not E: above it E goes on growing, and the market stays saturated until E has decayed back.
 *
 * @param alpha        rise of E by an event, 0 to 1,000,000; 0 for no excitation.
 * @param betaPerSecond decay of E, above 0, to 1,000,000.
 * @param cap          the most that E counts, 0 to 1,000,000.
 */
public record HawkesParameters(double alpha, double betaPerSecond, double cap) {
    /** No excitation; decay and cap are those of the command line. */
    public static final HawkesParameters NONE = new HawkesParameters(0, 2, 5);

    private static final double MOST = 1e6;

    /**
     * Checks every number.
     *
     * @throws IllegalArgumentException naming the first that is out of range.
     */
    public HawkesParameters {
        require("alpha", alpha, alpha >= 0);
        require("betaPerSecond", betaPerSecond, betaPerSecond > 0);
        require("cap", cap, cap >= 0);
    }

    /**
     * Parameters by what they mean: the part of the events that others triggered.
     *
     * @param branchingRatio n, 0 or more: n = base rate times alpha / beta.
     * @param baseRate       mean rate of the events without excitation, per second, above 0.
     * @param betaPerSecond  decay.
     * @param cap            the most that E counts.
     * @return parameters with alpha = n beta / base rate.
     * @throws IllegalArgumentException naming the first that is out of range.
     */
    public static HawkesParameters ofBranchingRatio(
            final double branchingRatio, final double baseRate, final double betaPerSecond, final double cap) {
        return new HawkesParameters(branchingRatio * betaPerSecond / baseRate, betaPerSecond, cap);
    }

    /**
     * Whether events excite.
     *
     * @return false if alpha is 0.
     */
    public boolean isActive() {
        return alpha > 0;
    }

    /**
     * How many events one event triggers on average, as long as the cap is not met.
     *
     * @param baseRate mean rate of the events without excitation, per second.
     * @return n, 0 or more.
     */
    public double branchingRatio(final double baseRate) {
        return baseRate * alpha / betaPerSecond;
    }

    /**
     * From which branching ratio on the cap holds nearly all the time, and the market is one without clusters and
     * 1 + cap times as fast: where 1 / (1 - n), by which excitation multiplies the rate, comes to 1 + cap.
     *
     * @return cap / (1 + cap).
     */
    public double saturatingBranchingRatio() {
        return cap / (1 + cap);
    }

    private static void require(final String name, final double value, final boolean isInRange) {
        if (!isInRange || !(value <= MOST)) {
            throw new IllegalArgumentException(
                    "excitation needs an alpha of 0 or more, a beta above 0 and a cap of 0 or more,"
                            + " none above a million: " + name + "=" + value);
        }
    }
}
