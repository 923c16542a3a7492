package io.tapedeck.engine.model;

import io.tapedeck.engine.random.PortableMath;

/**
 * What the spread does to rates: a wide spread invites additions, {@code exp(s (spread - 2))}, and deters executions,
 * {@code exp(-s (spread - 2))}. Both are 1 when the sensitivity s is 0 or less.
 */
final class SpreadMultipliers {
    private static final int TABLE_TICKS = 256;

    private final double sensitivity;
    private final double[] adding = new double[TABLE_TICKS];
    private final double[] executing = new double[TABLE_TICKS];

    SpreadMultipliers(final double sensitivity) {
        this.sensitivity = sensitivity;
        for (int spread = 0; spread < TABLE_TICKS; spread++) {
            adding[spread] = computeAdding(spread);
            executing[spread] = computeExecuting(spread);
        }
    }

    double adding(final int spreadTicks) {
        return spreadTicks < TABLE_TICKS ? adding[spreadTicks] : computeAdding(spreadTicks);
    }

    double executing(final int spreadTicks) {
        return spreadTicks < TABLE_TICKS ? executing[spreadTicks] : computeExecuting(spreadTicks);
    }

    private double computeAdding(final int spreadTicks) {
        return sensitivity > 0 ? PortableMath.exp(sensitivity * (spreadTicks - 2.0)) : 1.0;
    }

    private double computeExecuting(final int spreadTicks) {
        return sensitivity > 0 ? PortableMath.exp(-sensitivity * (spreadTicks - 2.0)) : 1.0;
    }
}
