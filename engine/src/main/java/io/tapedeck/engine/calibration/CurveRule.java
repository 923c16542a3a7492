package io.tapedeck.engine.calibration;

import io.tapedeck.engine.book.Side;
import io.tapedeck.engine.model.QueueReactiveCurves;

/**
 * How cells become curves. The cells of a level are pooled over neighbouring sizes: each rate is the events of a window
 * of sizes around n by the time at risk of the same window.
 *
 * <ul>
 *   <li>The window reaches {@code halfWidth} sizes to either side, and further, as far as it must, to hold {@code
 *       minCount} events of any kind.
 *   <li>An empty queue has no cancellations and no executions, and lends no window its time for these.
 *   <li>A table ends at the largest size that has {@code minCount} events itself and where more leaves than comes,
 *       because a model goes on with the last entry and would grow without bound otherwise. Where there is no such size it
 *       ends at the largest one with {@code minCount} events.
 * </ul>
 *
 * @param minCount  events of any kind, 1 or more.
 * @param halfWidth sizes, 0 or more; 0 leaves cells with enough events as they are.
 * @param maxQueue  the largest size of a table.
 */
public record CurveRule(int minCount, int halfWidth, int maxQueue) {
    /** Pools only where cells have fewer than 20 events. */
    public static final CurveRule DEFAULT = new CurveRule(20, 0, QueueReactiveCurves.MAX_TABLE_LENGTH - 1);

    /**
     * Checks every value.
     *
     * @throws IllegalArgumentException naming the one that is out of range.
     */
    public CurveRule {
        if (minCount < 1 || halfWidth < 0 || maxQueue < 1 || maxQueue >= QueueReactiveCurves.MAX_TABLE_LENGTH) {
            throw new IllegalArgumentException("minCount must be 1 or more, halfWidth 0 or more, maxQueue from 1 to "
                    + (QueueReactiveCurves.MAX_TABLE_LENGTH - 1) + ": minCount=" + minCount + ", halfWidth="
                    + halfWidth + ", maxQueue=" + maxQueue);
        }
    }

    /**
     * The curves of the queue-reactive model whose best queues are never empty. Executions at deeper levels, which that
     * model does not have, are left out.
     *
     * @param estimator with windows at the best quotes.
     * @return curves; their sensitivities are those of the estimator's feedback.
     * @throws IllegalArgumentException if a level has too few events for any entry.
     */
    public QueueReactiveCurves curves(final ExposureEstimator estimator) {
        final int levels = estimator.levels();
        final double[][][] limits = new double[2][levels][];
        final double[][][] cancels = new double[2][levels][];
        final double[][] markets = new double[2][];
        int longest = 1;
        for (int side = Side.BID; side <= Side.ASK; side++) {
            for (int level = 0; level < levels; level++) {
                final QueueCells cells = estimator.cells(side, level);
                final int last = last(cells, level == 0);
                if (last < 0) {
                    throw new IllegalArgumentException(
                            "level " + level + " of the " + (side == Side.BID ? "bid" : "ask")
                                    + " has no queue size with " + minCount
                                    + " events; take more data, fewer levels, wider levels, or a smaller minimum");
                }
                limits[side][level] = table(cells, EventKind.LIMIT, last);
                cancels[side][level] = table(cells, EventKind.CANCEL, last);
                if (level == 0) {
                    markets[side] = table(cells, EventKind.MARKET, last);
                }
                longest = Math.max(longest, last);
            }
        }
        return new QueueReactiveCurves(
                levels,
                longest,
                estimator.feedback().spreadSensitivity(),
                estimator.feedback().imbalanceSensitivity(),
                limits[Side.BID],
                limits[Side.ASK],
                cancels[Side.BID],
                cancels[Side.ASK],
                markets[Side.ASK],
                markets[Side.BID]);
    }

    /**
     * Where the tables of a level end.
     *
     * @param cells    of the level.
     * @param isTraded whether executions count among what leaves.
     * @return the largest size, or -1 if none has enough events.
     */
    int last(final QueueCells cells, final boolean isTraded) {
        int largest = -1;
        for (int size = Math.min(maxQueue, cells.largestSize()); size > 0; size--) {
            if (cells.count(size) >= minCount) {
                largest = Math.max(largest, size);
                final double leaving =
                        rate(cells, EventKind.CANCEL, size) + (isTraded ? rate(cells, EventKind.MARKET, size) : 0);
                if (leaving > rate(cells, EventKind.LIMIT, size)) {
                    return size;
                }
            }
        }
        return largest;
    }

    /**
     * One curve.
     *
     * @param cells of the level.
     * @param kind  one of {@link EventKind}.
     * @param last  size of the last entry.
     * @return events per second by size, from 0.
     */
    double[] table(final QueueCells cells, final int kind, final int last) {
        final double[] table = new double[last + 1];
        for (int size = kind == EventKind.LIMIT ? 0 : 1; size <= last; size++) {
            table[size] = rate(cells, kind, size);
        }
        return table;
    }

    private double rate(final QueueCells cells, final int kind, final int size) {
        final int least = kind == EventKind.LIMIT ? 0 : 1;
        int reach = halfWidth;
        while (true) {
            final int from = Math.max(least, size - reach);
            final int to = Math.min(cells.largestSize(), size + reach);
            long ofAnyKind = 0;
            long count = 0;
            double seconds = 0;
            for (int at = from; at <= to; at++) {
                ofAnyKind += cells.count(at);
                count += cells.count(kind, at);
                seconds += cells.seconds(kind, at);
            }
            final boolean isAll = from == least && to == cells.largestSize();
            if (isAll || ofAnyKind >= minCount && seconds > 0) {
                return seconds > 0 ? count / seconds : 0;
            }
            reach++;
        }
    }
}
