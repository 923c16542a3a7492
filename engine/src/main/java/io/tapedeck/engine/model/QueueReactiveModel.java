package io.tapedeck.engine.model;

import io.tapedeck.codecs.qrsdp1.QueueEventType;
import io.tapedeck.codecs.qrsdp1.QueueSide;
import io.tapedeck.engine.random.RandomSource;

/**
 * Rates that react to the size of each queue: every level has curves of its own for additions and cancellations, the
 * best levels also for executions. On top of the curves the spread moves additions and executions as in the
 * {@link SimpleImbalanceModel}, and the imbalance J = (T<sub>b</sub> - T<sub>a</sub>) / (T<sub>b</sub> +
 * T<sub>a</sub>) of the total depths moves executions: a buy by 1 + s max(-J, 0), a sell by 1 + s max(J, 0).
 *
 * <p>Type and level are drawn together, with one number, from the 4 K + 2 weights of the state: the bid's additions by
 * level, the ask's, the bid's cancellations, the ask's, buys, sells.
 *
 * <p>A market that leans with all others adds its {@link ImbalanceShift} to J; the sum is kept within -1 and 1.
 *
 * <p>A book with fewer levels than the curves has no rates to speak of: nothing happens in it for days.
 */
public final class QueueReactiveModel implements LadderModel {
    private static final double SMALLEST_RATE = 1e-12;
    /** Above the rounding errors of a sum of 258 weights, as a part of it, and below any chance of being met. */
    private static final double DOUBT = 1e-12;

    private final int levels;
    private final boolean isBookTooSmall;
    private final double imbalanceSensitivity;
    private final SpreadMultipliers spreadMultipliers;
    private final CurveTable bidCurves;
    private final CurveTable askCurves;
    private final double[] marketBuy;
    private final double[] marketSell;
    private final ImbalanceShift shift;
    private final boolean isShifted;

    private final double[] rates = new double[QueueEventType.COUNT];
    /** Per type of the first four: running sums of its weights by level, the last of them the type's sum. */
    private final double[] levelSums;
    /** Running sums over the six types, from 0. They are near the running sums of all weights, but for rounding. */
    private final double[] typeSums = new double[QueueEventType.COUNT + 1];

    /** What the exact choice needs, should it be asked for: the state, and room for the sums over all weights. */
    private final double[] weightSums;

    private LadderBook weighedBook;
    private double buyWeight;
    private double sellWeight;
    private int chosenLevel;

    QueueReactiveModel(final QueueReactiveRates law, final ImbalanceShift shift) {
        levels = law.levels();
        isBookTooSmall = law.isBookTooSmall();
        imbalanceSensitivity = law.imbalanceSensitivity();
        spreadMultipliers = law.spreadMultipliers();
        bidCurves = law.bidCurves();
        askCurves = law.askCurves();
        marketBuy = law.marketBuy();
        marketSell = law.marketSell();
        this.shift = shift;
        isShifted = shift.isActive();
        levelSums = new double[4 * levels];
        weightSums = new double[4 * levels + 3];
    }

    @Override
    public double totalRate(final LadderBook book, final double nowSeconds) {
        if (isBookTooSmall) {
            setRates(0, 0, 0, 0, 0, 0);
        } else {
            weigh(book, nowSeconds);
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

    /**
     * {@inheritDoc}
     *
     * <p>The choice is the first weight whose running sum, over all weights in their order, has a share of the whole
     * above the number drawn. The sums by type and by level are rounded otherwise than that one long sum, but by less
     * than {@link #DOUBT} of the whole; so they decide wherever the number lies further from their boundaries, and the
     * long sum is made only where it does not.
     */
    @Override
    public int chooseType(final RandomSource random) {
        final double whole = typeSums[QueueEventType.COUNT];
        if (!(whole > 0)) {
            chosenLevel = 0;
            return QueueEventType.ADD_BID;
        }
        final double u = random.nextDouble();
        final double target = u * whole;
        final double doubt = whole * DOUBT;
        int type = 0;
        for (int i = 1; i < QueueEventType.COUNT; i++) {
            type += typeSums[i] <= target ? 1 : 0;
        }
        final double beyond = target - typeSums[type];
        if (!(beyond > doubt && typeSums[type + 1] - target > doubt)) {
            return chooseByShare(u);
        }
        if (type < QueueEventType.EXECUTE_BUY) {
            final int first = type * levels;
            int level = 0;
            for (int i = 0; i < levels - 1; i++) {
                level += levelSums[first + i] <= beyond ? 1 : 0;
            }
            final boolean isClear = levelSums[first + level] - beyond > doubt
                    && (level == 0 || beyond - levelSums[first + level - 1] > doubt);
            if (!isClear) {
                return chooseByShare(u);
            }
            chosenLevel = level;
        }
        return type;
    }

    @Override
    public int chooseLevel(final LadderBook book, final int type, final RandomSource random) {
        return chosenLevel;
    }

    private void weigh(final LadderBook book, final double nowSeconds) {
        final int spread = book.spreadTicks();
        final double adding = spreadMultipliers.adding(spread);
        final double executing = spreadMultipliers.executing(spread);
        double addBid = 0.0;
        double addAsk = 0.0;
        double cancelledBid = 0.0;
        double cancelledAsk = 0.0;
        long bidDepth = 0;
        long askDepth = 0;
        for (int level = 0; level < levels; level++) {
            final int bid = book.depth(QueueSide.BID, level);
            final int ask = book.depth(QueueSide.ASK, level);
            bidDepth += bid;
            askDepth += ask;
            final int bidAt = bidCurves.at(level, bid);
            final int askAt = askCurves.at(level, ask);
            addBid += bidCurves.limit(bidAt) * adding;
            addAsk += askCurves.limit(askAt) * adding;
            cancelledBid += bidCurves.cancel(bidAt);
            cancelledAsk += askCurves.cancel(askAt);
            levelSums[level] = addBid;
            levelSums[levels + level] = addAsk;
            levelSums[2 * levels + level] = cancelledBid;
            levelSums[3 * levels + level] = cancelledAsk;
        }

        double buy = CurveTable.rate(marketBuy, book.depth(QueueSide.ASK, 0)) * executing;
        double sell = CurveTable.rate(marketSell, book.depth(QueueSide.BID, 0)) * executing;
        final long depth = bidDepth + askDepth;
        if (imbalanceSensitivity > 0 && depth > 0) {
            final double own = (ExactDouble.of(bidDepth) - ExactDouble.of(askDepth)) / ExactDouble.of(depth);
            final double imbalance = isShifted ? Math.max(-1, Math.min(own + shift.at(nowSeconds), 1)) : own;
            buy *= 1 + imbalanceSensitivity * Math.max(-imbalance, 0);
            sell *= 1 + imbalanceSensitivity * Math.max(imbalance, 0);
        }
        weighedBook = book;
        buyWeight = buy;
        sellWeight = sell;
        setRates(addBid, addAsk, cancelledBid, cancelledAsk, buy, sell);
    }

    /** The rule itself, where the sums by type and level leave a doubt. */
    private int chooseByShare(final double u) {
        fillWeightSums();
        final int chosen = u > 0 ? WeightedChoice.chooseByShare(weightSums, 4 * levels + 2, u) : 0;
        if (chosen >= 4 * levels) {
            return QueueEventType.EXECUTE_BUY + chosen - 4 * levels;
        }
        chosenLevel = chosen % levels;
        return chosen / levels;
    }

    private void fillWeightSums() {
        final double adding = spreadMultipliers.adding(weighedBook.spreadTicks());
        double sum = 0.0;
        for (int i = 0; i < 4 * levels; i++) {
            final int type = i / levels;
            final int side = QueueEventType.restingSide(type);
            final CurveTable curves = side == QueueSide.BID ? bidCurves : askCurves;
            final int at = curves.at(i % levels, weighedBook.depth(side, i % levels));
            sum += type < QueueEventType.CANCEL_BID ? curves.limit(at) * adding : curves.cancel(at);
            weightSums[i + 1] = sum;
        }
        weightSums[4 * levels + 1] = sum + buyWeight;
        weightSums[4 * levels + 2] = sum + buyWeight + sellWeight;
    }

    private void setRates(
            final double addBid,
            final double addAsk,
            final double cancelSumBid,
            final double cancelSumAsk,
            final double buy,
            final double sell) {
        rates[QueueEventType.ADD_BID] = floored(addBid);
        rates[QueueEventType.ADD_ASK] = floored(addAsk);
        rates[QueueEventType.CANCEL_BID] = floored(cancelSumBid);
        rates[QueueEventType.CANCEL_ASK] = floored(cancelSumAsk);
        rates[QueueEventType.EXECUTE_BUY] = floored(buy);
        rates[QueueEventType.EXECUTE_SELL] = floored(sell);
        typeSums[1] = addBid;
        typeSums[2] = typeSums[1] + addAsk;
        typeSums[3] = typeSums[2] + cancelSumBid;
        typeSums[4] = typeSums[3] + cancelSumAsk;
        typeSums[5] = typeSums[4] + buy;
        typeSums[6] = typeSums[5] + sell;
    }

    private static double floored(final double rate) {
        return rate < SMALLEST_RATE ? SMALLEST_RATE : rate;
    }
}
