package io.tapedeck.engine.model;

import io.tapedeck.codecs.qrsdp1.QueueEventType;
import io.tapedeck.codecs.qrsdp1.QueueSide;
import io.tapedeck.engine.random.RandomSource;
import java.util.function.IntFunction;

/**
 * Rates that react to the size of each queue: every level has curves of its own for additions and cancellations, the
 * best levels also for executions. On top of the curves the spread moves additions and executions as in the
 * {@link SimpleImbalanceModel}, and the imbalance J = (T<sub>b</sub> - T<sub>a</sub>) / (T<sub>b</sub> +
 * T<sub>a</sub>) of the total depths moves executions: a buy by 1 + s max(-J, 0), a sell by 1 + s max(J, 0).
 *
 * <p>Type and level are drawn together, with one number, from the 4 K + 2 weights of the state: the bid's additions by
 * level, the ask's, the bid's cancellations, the ask's, buys, sells.
 *
 * <p>A book with fewer levels than the curves has no rates to speak of: nothing happens in it for days.
 */
public final class QueueReactiveModel implements LadderModel {
    private static final double SMALLEST_RATE = 1e-12;

    private final int levels;
    private final boolean isBookTooSmall;
    private final double imbalanceSensitivity;
    private final SpreadMultipliers spreadMultipliers;
    private final CurveTable limitBid;
    private final CurveTable limitAsk;
    private final CurveTable cancelBid;
    private final CurveTable cancelAsk;
    private final CurveTable marketBuy;
    private final CurveTable marketSell;

    private final double[] rates = new double[QueueEventType.COUNT];
    /** Running sums of the weights in their order, from 0. Zero weights are harmless: no share ends at them first. */
    private final double[] sums;

    private int chosenLevel;

    QueueReactiveModel(final QueueReactiveCurves curves, final int bookLevels) {
        isBookTooSmall = bookLevels < curves.levels();
        levels = curves.levels();
        final int weighedLevels = isBookTooSmall ? 0 : levels;
        imbalanceSensitivity = curves.imbalanceSensitivity();
        spreadMultipliers = new SpreadMultipliers(curves.spreadSensitivity());
        limitBid = table(weighedLevels, curves::limitBid);
        limitAsk = table(weighedLevels, curves::limitAsk);
        cancelBid = table(weighedLevels, curves::cancelBid);
        cancelAsk = table(weighedLevels, curves::cancelAsk);
        marketBuy = new CurveTable(curves.marketBuy());
        marketSell = new CurveTable(curves.marketSell());
        sums = new double[4 * levels + 3];
    }

    @Override
    public double totalRate(final LadderBook book, final double nowSeconds) {
        if (isBookTooSmall) {
            setRates(0, 0, 0, 0, 0, 0);
        } else {
            weigh(book);
        }
        double total = 0.0;
        for (int type = 0; type < QueueEventType.COUNT; type++) {
            total += rates[type];
        }
        return total;
    }

    @Override
    public double rate(final int type) {
        return rates[type];
    }

    @Override
    public int chooseType(final RandomSource random) {
        final int last = 4 * levels + 1;
        int chosen = 0;
        if (sums[last + 1] > 0) {
            final double u = random.nextDouble();
            chosen = u > 0 ? WeightedChoice.choose(sums, last + 1, u) : 0;
        }
        if (chosen >= 4 * levels) {
            return QueueEventType.EXECUTE_BUY + chosen - 4 * levels;
        }
        final int type = chosen / levels;
        chosenLevel = chosen - type * levels;
        return type;
    }

    @Override
    public int chooseLevel(final LadderBook book, final int type, final RandomSource random) {
        return chosenLevel;
    }

    private void weigh(final LadderBook book) {
        final int spread = book.spreadTicks();
        final double adding = spreadMultipliers.adding(spread);
        final double executing = spreadMultipliers.executing(spread);
        double addBid = 0.0;
        double addAsk = 0.0;
        double cancelledBid = 0.0;
        double cancelledAsk = 0.0;
        long bidDepth = 0;
        long askDepth = 0;
        double sum = 0.0;
        int at = 0;
        for (int level = 0; level < levels; level++) {
            final int depth = book.depth(QueueSide.BID, level);
            final double weight = limitBid.rate(level, depth) * adding;
            bidDepth += depth;
            addBid += weight;
            sum += weight;
            sums[++at] = sum;
        }
        for (int level = 0; level < levels; level++) {
            final int depth = book.depth(QueueSide.ASK, level);
            final double weight = limitAsk.rate(level, depth) * adding;
            askDepth += depth;
            addAsk += weight;
            sum += weight;
            sums[++at] = sum;
        }
        for (int level = 0; level < levels; level++) {
            final double weight = cancelBid.rate(level, book.depth(QueueSide.BID, level));
            cancelledBid += weight;
            sum += weight;
            sums[++at] = sum;
        }
        for (int level = 0; level < levels; level++) {
            final double weight = cancelAsk.rate(level, book.depth(QueueSide.ASK, level));
            cancelledAsk += weight;
            sum += weight;
            sums[++at] = sum;
        }

        double buy = marketBuy.rate(0, book.depth(QueueSide.ASK, 0)) * executing;
        double sell = marketSell.rate(0, book.depth(QueueSide.BID, 0)) * executing;
        final long depth = bidDepth + askDepth;
        if (imbalanceSensitivity > 0 && depth > 0) {
            final double imbalance = (ExactDouble.of(bidDepth) - ExactDouble.of(askDepth)) / ExactDouble.of(depth);
            buy *= 1 + imbalanceSensitivity * Math.max(-imbalance, 0);
            sell *= 1 + imbalanceSensitivity * Math.max(imbalance, 0);
        }
        sum += buy;
        sums[++at] = sum;
        sums[++at] = sum + sell;
        setRates(addBid, addAsk, cancelledBid, cancelledAsk, buy, sell);
    }

    private void setRates(
            final double addBid,
            final double addAsk,
            final double cancelledBid,
            final double cancelledAsk,
            final double buy,
            final double sell) {
        rates[QueueEventType.ADD_BID] = floored(addBid);
        rates[QueueEventType.ADD_ASK] = floored(addAsk);
        rates[QueueEventType.CANCEL_BID] = floored(cancelledBid);
        rates[QueueEventType.CANCEL_ASK] = floored(cancelledAsk);
        rates[QueueEventType.EXECUTE_BUY] = floored(buy);
        rates[QueueEventType.EXECUTE_SELL] = floored(sell);
    }

    private static double floored(final double rate) {
        return rate < SMALLEST_RATE ? SMALLEST_RATE : rate;
    }

    private static CurveTable table(final int levels, final IntFunction<double[]> curve) {
        final double[][] curves = new double[levels][];
        for (int level = 0; level < levels; level++) {
            curves[level] = curve.apply(level);
        }
        return new CurveTable(curves);
    }
}
