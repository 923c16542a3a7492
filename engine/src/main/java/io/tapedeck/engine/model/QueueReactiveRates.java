package io.tapedeck.engine.model;

import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * The curves of the {@link QueueReactiveModel} laid out for the hot path. Immutable.
 *
 * @param levels               K of the curves.
 * @param isBookTooSmall       whether the books have fewer levels; then the tables are empty.
 * @param imbalanceSensitivity of executions; 0 or less switches it off.
 * @param spreadMultipliers    of additions and executions.
 * @param bidCurves            of the bid's levels.
 * @param askCurves            of the ask's levels.
 * @param marketBuy            buys, by the best ask's depth; to be read only.
 * @param marketSell           sells, by the best bid's depth; to be read only.
 */
record QueueReactiveRates(
        int levels,
        boolean isBookTooSmall,
        double imbalanceSensitivity,
        SpreadMultipliers spreadMultipliers,
        CurveTable bidCurves,
        CurveTable askCurves,
        double[] marketBuy,
        double[] marketSell) {
    static QueueReactiveRates of(final QueueReactiveCurves curves, final int bookLevels) {
        final boolean isBookTooSmall = bookLevels < curves.levels();
        final int weighedLevels = isBookTooSmall ? 0 : curves.levels();
        return new QueueReactiveRates(
                curves.levels(),
                isBookTooSmall,
                curves.imbalanceSensitivity(),
                new SpreadMultipliers(curves.spreadSensitivity()),
                new CurveTable(curves(weighedLevels, curves::limitBid), curves(weighedLevels, curves::cancelBid)),
                new CurveTable(curves(weighedLevels, curves::limitAsk), curves(weighedLevels, curves::cancelAsk)),
                curves.marketBuy(),
                curves.marketSell());
    }

    private static double[][] curves(final int levels, final IntFunction<double[]> curve) {
        final double[][] curves = new double[levels][];
        Arrays.setAll(curves, curve);
        return curves;
    }
}
