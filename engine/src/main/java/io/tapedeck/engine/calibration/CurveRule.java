package io.tapedeck.engine.calibration;

import io.tapedeck.engine.model.QueueReactiveCurves;

/**
 * How the cells of a queue become curves. Cells are pooled over neighbouring sizes: each rate is the events of a window
 * of sizes around n by the time at risk of the same window.
 *
 * <ul>
 *   <li>The window reaches {@code halfWidth} sizes to either side, and further, as far as it must, to hold {@code
 *       minCount} events of any kind, one of them of its own kind where the queue had any.
 *   <li>An empty queue has no cancellations and no executions, and lends no window its time for these.
 *   <li>The tables end at the largest size that has {@code minCount} events itself and that more orders leave than join,
 *       because a model goes on with the last entry and would grow without bound otherwise. Where there is no such size
 *       they end at the largest one with {@code minCount} events, and a run will refuse them.
 * </ul>
 *
 * @param minCount  events of any kind, 1 or more.
 * @param halfWidth sizes, 0 or more; 0 leaves cells with enough events as they are.
 * @param maxQueue  the largest size of a table.
 */
public record CurveRule(int minCount, int halfWidth, int maxQueue) {
    /** Pools only where a cell has fewer than 20 events. */
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
     * Where the tables of a queue end.
     *
     * @param cells    of the queue.
     * @param isTraded whether executions count among what leaves.
     * @return the largest size, or -1 if no size from 1 on has enough events.
     */
    public int lastSize(final QueueCells cells, final boolean isTraded) {
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
     * @param cells    of the queue.
     * @param kind     one of {@link EventKind}.
     * @param lastSize of the last entry.
     * @return events per second by size, from 0.
     */
    public double[] table(final QueueCells cells, final int kind, final int lastSize) {
        final double[] table = new double[lastSize + 1];
        for (int size = leastSize(kind); size <= lastSize; size++) {
            table[size] = rate(cells, kind, size);
        }
        return table;
    }

    private static int leastSize(final int kind) {
        return kind == EventKind.LIMIT ? 0 : 1;
    }

    private double rate(final QueueCells cells, final int kind, final int size) {
        int reach = halfWidth;
        while (true) {
            final int from = Math.max(leastSize(kind), size - reach);
            final int to = Math.min(cells.largestSize(), size + reach);
            long ofAnyKind = 0;
            long count = 0;
            double seconds = 0;
            for (int at = from; at <= to; at++) {
                ofAnyKind += cells.count(at);
                count += cells.count(kind, at);
                seconds += cells.seconds(kind, at);
            }
            final boolean isAll = from == leastSize(kind) && to == cells.largestSize();
            if (isAll || ofAnyKind >= minCount && count > 0 && seconds > 0) {
                return seconds > 0 ? count / seconds : 0;
            }
            reach++;
        }
    }
}
