package io.tapedeck.engine.validation;

import io.tapedeck.engine.statistics.Distributions;
import io.tapedeck.engine.statistics.UniformSample;
import java.util.List;
import java.util.Locale;

/**
 * Time-rescaling: the total rate, integrated from one event to the next, is exponential with mean 1, and independent of
 * what was before (Brown, Barbieri, Ventura, Kass and Frank, Neural Computation 14 (2002), 325-346).
 */
final class WaitingTimes {
    private static final long LEAST_EVENTS = 1_000;

    private final UniformSample sample = new UniformSample();
    private double excess;
    private double products;
    private long pairs;

    /**
     * Takes a rescaled waiting time.
     *
     * @param rescaled the integral.
     * @param before   the same instrument's one before, or NaN at the start of a session.
     */
    void add(final double rescaled, final double before) {
        sample.add(UniformSample.exponential(rescaled));
        excess += rescaled - 1;
        if (!Double.isNaN(before)) {
            products += (rescaled - 1) * (before - 1);
            pairs++;
        }
    }

    UniformSample sample() {
        return sample;
    }

    List<OracleResult> results() {
        final String law = "Rescaled waiting times are exponential";
        final String mean = "... their mean is 1";
        final String memory = "... and they have no memory";
        final long count = sample.count();
        if (count < LEAST_EVENTS) {
            final String why = "needs " + LEAST_EVENTS + " events";
            return List.of(
                    OracleResult.tooShort("waiting-times", law, count, why),
                    OracleResult.tooShort("waiting-times-mean", mean, count, why),
                    OracleResult.tooShort("waiting-times-memory", memory, count, why));
        }
        final double meanZ = excess / Math.sqrt(count);
        final double memoryZ = products / Math.sqrt(pairs);
        return List.of(
                OracleResult.judged(
                        "waiting-times",
                        law,
                        count,
                        sample.pValue(),
                        String.format(Locale.ROOT, "D = %.5f", sample.distance()),
                        String.format(Locale.ROOT, "sqrt(n) D = %.2f", Math.sqrt(count) * sample.distance())),
                OracleResult.judged(
                        "waiting-times-mean",
                        mean,
                        count,
                        Distributions.normalBeyond(meanZ),
                        String.format(Locale.ROOT, "z = %+.2f", meanZ),
                        String.format(Locale.ROOT, "mean = %.5f", 1 + excess / count)),
                OracleResult.judged(
                        "waiting-times-memory",
                        memory,
                        pairs,
                        Distributions.normalBeyond(memoryZ),
                        String.format(Locale.ROOT, "z = %+.2f", memoryZ),
                        String.format(Locale.ROOT, "lag-1 correlation = %+.5f", products / pairs)));
    }
}
