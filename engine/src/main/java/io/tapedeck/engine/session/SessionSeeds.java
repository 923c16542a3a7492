package io.tapedeck.engine.session;

/**
 * The sequential derivation of session seeds: each security has a base of its own, each day adds one. Bases lie 1,024
 * apart, so from the 1,025th day on two securities share seeds; and runs with neighbouring base seeds share most.
 */
public final class SessionSeeds {
    private static final long SECURITY_STRIDE = 1_024;

    private SessionSeeds() {}

    /**
     * The seed of a session. All sums wrap around at 64 bits.
     *
     * @param baseSeed      of the run.
     * @param securityIndex from 0, in the order of the run; 0 for a run with one security.
     * @param dayIndex      from 0.
     * @return {@code baseSeed + 1024 securityIndex + dayIndex}.
     */
    public static long sequential(final long baseSeed, final int securityIndex, final long dayIndex) {
        return baseSeed + SECURITY_STRIDE * securityIndex + dayIndex;
    }
}
