package io.tapedeck.engine.model;

import io.tapedeck.engine.random.PortableMath;

/**
 * The rates of the {@link SimpleImbalanceModel}. Those of additions and executions depend on three small integers only,
 * unless the market leans; they are tabulated, by the same formula that serves all else. Immutable.
 */
final class SimpleImbalanceRates {
    static final int ADD_BID = 0;
    static final int ADD_ASK = 1;
    static final int EXECUTE_BUY = 2;
    static final int EXECUTE_SELL = 3;
    static final int RATES_PER_ENTRY = 4;

    private static final double SMALLEST_RATE = 1e-9;
    private static final double IMBALANCE_REGULARISER = 1e-9;
    private static final double DEFAULT_SENSITIVITY = 1.0;
    private static final double DEFAULT_EXECUTION_FLOOR = 0.05;
    private static final int TABLE_DEPTH_BITS = 5;
    private static final int TABLE_SPREAD_BITS = 3;

    private final double limitRate;
    private final double marketRate;
    private final double imbalanceSensitivity;
    private final double executionFloor;
    private final double cancelRatePerUnit;
    private final SpreadMultipliers spreadMultipliers;
    private final double[] table = new double[RATES_PER_ENTRY << (TABLE_SPREAD_BITS + 2 * TABLE_DEPTH_BITS)];
    private final double[] addLevelShares;

    SimpleImbalanceRates(final SimpleImbalanceParameters parameters, final int levels) {
        limitRate = parameters.limitRate();
        marketRate = parameters.marketRate();
        imbalanceSensitivity = positiveOr(parameters.imbalanceSensitivity(), DEFAULT_SENSITIVITY);
        executionFloor = positiveOr(parameters.executionFloor(), DEFAULT_EXECUTION_FLOOR);
        cancelRatePerUnit = parameters.cancelRate() * positiveOr(parameters.cancelSensitivity(), DEFAULT_SENSITIVITY);
        spreadMultipliers = new SpreadMultipliers(parameters.spreadSensitivity());
        addLevelShares = addLevelShares(parameters.levelDecay(), levels);
        fillTable();
    }

    /** Whether {@link #table} has the rates of a state. */
    static boolean isTabulated(final int spread, final int bidDepth, final int askDepth) {
        return ((spread - 1) >>> TABLE_SPREAD_BITS | (bidDepth | askDepth) >>> TABLE_DEPTH_BITS) == 0;
    }

    /** Where the table has the rates of a state. */
    static int tableIndex(final int spread, final int bidDepth, final int askDepth) {
        return RATES_PER_ENTRY * (((spread - 1) << TABLE_DEPTH_BITS | bidDepth) << TABLE_DEPTH_BITS | askDepth);
    }

    /** Four rates for each small state of a market that does not lean; to be read only. */
    double[] table() {
        return table;
    }

    /** At k the chance of a level up to k; to be read only. */
    double[] addLevelShares() {
        return addLevelShares;
    }

    double cancelRate(final long totalDepth) {
        return floored(cancelRatePerUnit * ExactDouble.of(totalDepth));
    }

    /** The four rates of a state, written from {@code at} on. */
    void computeEntry(
            final double[] entry,
            final int at,
            final int spread,
            final double bidDepth,
            final double askDepth,
            final double shift) {
        final double own = (bidDepth - askDepth) / ((bidDepth + askDepth) + IMBALANCE_REGULARISER);
        final double imbalance = Math.max(-1, Math.min(own + shift, 1));
        final double lean = imbalanceSensitivity * imbalance;
        final double adding = spreadMultipliers.adding(spread);
        final double executing = spreadMultipliers.executing(spread);
        entry[at + ADD_BID] = floored((limitRate * (1 - lean)) * adding);
        entry[at + ADD_ASK] = floored((limitRate * (1 + lean)) * adding);
        entry[at + EXECUTE_BUY] = floored((marketRate * (executionFloor + Math.max(-lean, 0))) * executing);
        entry[at + EXECUTE_SELL] = floored((marketRate * (executionFloor + Math.max(lean, 0))) * executing);
    }

    private void fillTable() {
        for (int spread = 1; spread <= 1 << TABLE_SPREAD_BITS; spread++) {
            for (int bidDepth = 0; bidDepth < 1 << TABLE_DEPTH_BITS; bidDepth++) {
                for (int askDepth = 0; askDepth < 1 << TABLE_DEPTH_BITS; askDepth++) {
                    computeEntry(table, tableIndex(spread, bidDepth, askDepth), spread, bidDepth, askDepth, 0);
                }
            }
        }
    }

    /** {@code shares[k]} is the chance of a level up to k. */
    private static double[] addLevelShares(final double decay, final int levels) {
        final double[] shares = new double[levels];
        double total = 0.0;
        for (int level = 0; level < levels; level++) {
            total += PortableMath.exp(-decay * level);
        }
        double sum = 0.0;
        for (int level = 0; level < levels; level++) {
            sum += PortableMath.exp(-decay * level);
            shares[level] = sum / total;
        }
        return shares;
    }

    private static double floored(final double rate) {
        return rate >= SMALLEST_RATE && rate < Double.POSITIVE_INFINITY ? rate : SMALLEST_RATE;
    }

    private static double positiveOr(final double value, final double substitute) {
        return value > 0 ? value : substitute;
    }
}
