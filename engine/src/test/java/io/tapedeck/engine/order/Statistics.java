package io.tapedeck.engine.order;

import java.util.Arrays;

/** The statistics that decide whether a sample has the law it should. */
final class Statistics {
    /**
     * What the distance of Kolmogorov and Smirnov times the root of the sample's size exceeds once in a thousand
     * samples of the right law.
     */
    static final double KS_ONE_IN_A_THOUSAND = 1.95;

    /** What a standard normal number exceeds, in either direction, once in a thousand. */
    static final double Z_ONE_IN_A_THOUSAND = 3.29;

    private Statistics() {}

    /**
     * Distance of a sample from the uniform law on (0, 1), times the root of its size.
     *
     * @param sample      is sorted by this.
     * @param sampleCount how many of its numbers count.
     */
    static double ksUniform(final double[] sample, final int sampleCount) {
        Arrays.sort(sample, 0, sampleCount);
        double distance = 0;
        for (int i = 0; i < sampleCount; i++) {
            distance = Math.max(distance, Math.abs(sample[i] - (double) i / sampleCount));
            distance = Math.max(distance, Math.abs(sample[i] - (i + 1.0) / sampleCount));
        }
        return distance * Math.sqrt(sampleCount);
    }
}
