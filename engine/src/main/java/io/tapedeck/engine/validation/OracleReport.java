package io.tapedeck.engine.validation;

import io.tapedeck.engine.statistics.UniformSample;
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
 */
public record OracleReport(
        List<OracleResult> results,
        double[] waitingTimes,
        double[] cancelRanks,
        List<CellScore> cells,
        List<FillShare> fillShares) {
    private static final int POINTS = 1_024;

    OracleReport(
            final List<OracleResult> results,
            final UniformSample waitingTimes,
            final UniformSample cancelRanks,
            final List<CellScore> cells,
            final List<FillShare> fillShares) {
        this(
                List.copyOf(results),
                waitingTimes.cumulated(POINTS),
                cancelRanks.cumulated(POINTS),
                List.copyOf(cells),
                List.copyOf(fillShares));
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
}
