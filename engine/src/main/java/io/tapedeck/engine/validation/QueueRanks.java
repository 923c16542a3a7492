package io.tapedeck.engine.validation;

import io.tapedeck.engine.random.RandomSource;
import io.tapedeck.engine.random.Xoshiro256PlusPlus;
import io.tapedeck.engine.statistics.UniformSample;
import java.util.List;
import java.util.Locale;

/**
 * Which order of a queue an event takes. A cancellation takes any with the same chance: its rank, made continuous by a
 * uniform number V as (r + V) / n, is uniform. An execution takes the oldest.
 */
final class QueueRanks {
    private static final long LEAST_CANCELLATIONS = 1_000;

    private final UniformSample sample = new UniformSample();
    private final RandomSource random = new Xoshiro256PlusPlus(0);
    private long executions;
    private long outOfTurn;

    void cancelled(final int rank, final int depth) {
        sample.add((rank + random.nextDouble()) / depth);
    }

    void executed(final int rank, final boolean isAtBestPrice) {
        executions++;
        outOfTurn += rank > 0 || !isAtBestPrice ? 1 : 0;
    }

    UniformSample sample() {
        return sample;
    }

    List<OracleResult> results() {
        final String name = "cancel-ranks";
        final String title = "Cancellations take any order of the queue with the same chance";
        final OracleResult uniform = sample.count() < LEAST_CANCELLATIONS
                ? OracleResult.tooShort(name, title, sample.count(), "needs " + LEAST_CANCELLATIONS + " cancellations")
                : OracleResult.judged(
                        name,
                        title,
                        sample.count(),
                        sample.pValue(),
                        String.format(Locale.ROOT, "D = %.5f", sample.distance()),
                        String.format(Locale.ROOT, "z of the mean rank = %+.2f", sample.meanZ()));
        return List.of(
                uniform,
                OracleResult.judged(
                        "execution-turns",
                        "Executions take the oldest order at the best price",
                        executions,
                        outOfTurn == 0 ? 1 : 0,
                        outOfTurn + " out of turn",
                        "exact"));
    }
}
