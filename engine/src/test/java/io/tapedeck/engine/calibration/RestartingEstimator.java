package io.tapedeck.engine.calibration;

import io.tapedeck.engine.book.Side;

/**
 * The estimator by completed waiting times, which begins anew when a best price moves: biased by the rate of the moves.
 * It is here to show that the test of the right one would find it out.
 */
final class RestartingEstimator implements FlowListener {
    private final QueueCells[][] cells;
    private final double[][] waited;
    private int spread;
    private boolean wasBestEmptied;

    RestartingEstimator(final int levels) {
        cells = new QueueCells[2][levels];
        waited = new double[2][levels];
        for (final QueueCells[] side : cells) {
            java.util.Arrays.setAll(side, level -> new QueueCells());
        }
    }

    @Override
    public void onTime(final QueueWindow window, final double seconds) {
        if (window.spreadLevels() != spread || wasBestEmptied) {
            // A best price moved: whatever was being waited for is forgotten.
            for (final double[] side : waited) {
                java.util.Arrays.fill(side, 0);
            }
            spread = window.spreadLevels();
            wasBestEmptied = false;
        }
        for (int side = Side.BID; side <= Side.ASK; side++) {
            for (int level = 0; level < cells[side].length; level++) {
                waited[side][level] += seconds;
            }
        }
    }

    @Override
    public void onEvent(final QueueWindow window, final int kind, final int side, final int level, final int shares) {
        final int size = window.size(side, level);
        final double seconds = waited[side][level];
        cells[side][level].addTime(size, seconds, seconds, seconds);
        cells[side][level].addEvent(size, kind, shares);
        waited[side][level] = 0;
        wasBestEmptied |= level == 0 && size == 1 && kind != EventKind.LIMIT;
    }

    QueueCells cells(final int side, final int level) {
        return cells[side][level];
    }
}
