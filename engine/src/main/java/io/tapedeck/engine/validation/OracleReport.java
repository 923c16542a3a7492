package io.tapedeck.engine.validation;

import io.tapedeck.engine.statistics.UniformSample;
import java.util.ArrayList;
import java.util.List;

/**
 * What the oracles found. Immutable.
 *
 * @param results          one for each statistic, in the order in which they are explained.
 * @param waitingTimes     distribution of the rescaled waiting times, mapped to [0, 1] by their law: share at or below
 *                         1/1024, 2/1024 ... 1.
 * @param cancelRanks      the same for the ranks of cancelled orders.
 * @param cells            counts by kind of event and state.
 * @param fillShares       fills by place in the queue.
 * @param survival         share of orders that are not cancelled before they have met a hazard of 0, 0.05, 0.1 ... as of
 *                         {@link #survivalHazards()}, other ends left out of account.
 */
public record OracleReport(
        List<OracleResult> results,
        double[] waitingTimes,
        double[] cancelRanks,
        List<CellScore> cells,
        List<FillShare> fillShares,
        double[] survival) {
    private static final int POINTS = 1_024;

    OracleReport(
            final List<OracleResult> results,
            final UniformSample waitingTimes,
            final UniformSample cancelRanks,
            final List<CellScore> cells,
            final List<FillShare> fillShares,
            final double[] survival) {
        this(
                List.copyOf(results),
                waitingTimes.cumulated(POINTS),
                cancelRanks.cumulated(POINTS),
                List.copyOf(cells),
                List.copyOf(fillShares),
                survival);
    }

    /**
     * Where {@link #survival()} is known.
     *
     * @return integrated cancellation hazards, from 0.
     */
    public static double[] survivalHazards() {
        return Lifetimes.hazards();
    }

    /**
     * Whether there is an oracle with some verdict.
     *
     * @param verdict to look for.
     * @return true if one has it.
     */
    public boolean has(final Verdict verdict) {
        return results.stream().anyMatch(result -> result.verdict() == verdict);
    }

    /**
     * The second stage: a doubtful statistic fails if a tape of another seed is doubtful in it too, and holds otherwise.
     *
     * @param repeat report on a tape of the same recipe, another seed, and four times the events.
     * @return this report without doubts.
     */
    public OracleReport decidedBy(final OracleReport repeat) {
        final List<OracleResult> decided = new ArrayList<>();
        for (final OracleResult result : results) {
            decided.add(result.verdict() == Verdict.DOUBTFUL ? result.decidedBy(repeat.result(result.name())) : result);
        }
        return new OracleReport(List.copyOf(decided), waitingTimes, cancelRanks, cells, fillShares, survival);
    }

    /**
     * One oracle's result.
     *
     * @param name of {@link OracleResult#name()}.
     * @return the result.
     * @throws IllegalArgumentException if there is no such oracle.
     */
    public OracleResult result(final String name) {
        return results.stream()
                .filter(result -> result.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no oracle " + name));
    }
}
