package io.tapedeck.engine.model;

import io.tapedeck.codecs.qrsdp1.QueueEventType;
import io.tapedeck.codecs.qrsdp1.QueueSide;
import io.tapedeck.engine.random.PortableMath;
import io.tapedeck.engine.random.RandomSource;

/**
 * Rates that lean with the imbalance I = (q<sub>b</sub> - q<sub>a</sub>) / (q<sub>b</sub> + q<sub>a</sub>) of the best
 * queues, and with the spread:
 *
 * <pre>
 *   add      bid, ask    L (1 -+ s I) A             A = exp( s' (spread - 2))
 *   cancel   bid, ask    C times the side's depth
 *   execute  buy, sell   M (e + max(-+ s I, 0)) X   X = exp(-s' (spread - 2))
 * </pre>
 *
 * The type is drawn first. An addition then falls on level k with a weight that decays with k, a cancellation on a
 * level by its depth.
 *
 * <p>The rates of additions and executions depend on three small integers only; they are tabulated, by the same
 * formula that serves larger ones.
 */
public final class SimpleImbalanceModel implements LadderModel {
    private static final double SMALLEST_RATE = 1e-9;
    private static final double IMBALANCE_REGULARISER = 1e-9;
    private static final double DEFAULT_SENSITIVITY = 1.0;
    private static final double DEFAULT_EXECUTION_FLOOR = 0.05;

    private static final int TABLE_DEPTH_BITS = 5;
    private static final int TABLE_SPREAD_BITS = 3;
    private static final int ADD_BID = 0;
    private static final int ADD_ASK = 1;
    private static final int EXECUTE_BUY = 2;
    private static final int EXECUTE_SELL = 3;
    private static final int RATES_PER_ENTRY = 4;

    private final double limitRate;
    private final double marketRate;
    private final double imbalanceSensitivity;
    private final double executionFloor;
    private final double cancelRatePerUnit;
    private final SpreadMultipliers spreadMultipliers;

    private final double[] table = new double[RATES_PER_ENTRY << (TABLE_SPREAD_BITS + 2 * TABLE_DEPTH_BITS)];
    private final double[] beyondTable = new double[RATES_PER_ENTRY];
    private final double[] addLevelShares;

    /** Running sums of the six rates in type order, from 0; their last is the total rate. */
    private final double[] sums = new double[QueueEventType.COUNT + 1];

    private final double[] rates = new double[QueueEventType.COUNT];

    SimpleImbalanceModel(final SimpleImbalanceParameters parameters, final int levels) {
        limitRate = parameters.limitRate();
        marketRate = parameters.marketRate();
        imbalanceSensitivity = positiveOr(parameters.imbalanceSensitivity(), DEFAULT_SENSITIVITY);
        executionFloor = positiveOr(parameters.executionFloor(), DEFAULT_EXECUTION_FLOOR);
        cancelRatePerUnit = parameters.cancelRate() * positiveOr(parameters.cancelSensitivity(), DEFAULT_SENSITIVITY);
        spreadMultipliers = new SpreadMultipliers(parameters.spreadSensitivity());
        addLevelShares = addLevelShares(parameters.levelDecay(), levels);
        fillTable();
    }

    @Override
    public double totalRate(final LadderBook book, final double nowSeconds) {
        final int spread = book.spreadTicks();
        final int bidDepth = book.depth(QueueSide.BID, 0);
        final int askDepth = book.depth(QueueSide.ASK, 0);
        final double[] entry;
        final int at;
        if (((spread - 1) >>> TABLE_SPREAD_BITS | (bidDepth | askDepth) >>> TABLE_DEPTH_BITS) == 0) {
            entry = table;
            at = tableIndex(spread, bidDepth, askDepth);
        } else {
            entry = beyondTable;
            at = 0;
            computeEntry(entry, at, spread, bidDepth, askDepth);
        }
        final double cancelBid = floored(cancelRatePerUnit * ExactDouble.of(book.totalDepth(QueueSide.BID)));
        final double cancelAsk = floored(cancelRatePerUnit * ExactDouble.of(book.totalDepth(QueueSide.ASK)));

        rates[QueueEventType.ADD_BID] = entry[at + ADD_BID];
        rates[QueueEventType.ADD_ASK] = entry[at + ADD_ASK];
        rates[QueueEventType.CANCEL_BID] = cancelBid;
        rates[QueueEventType.CANCEL_ASK] = cancelAsk;
        rates[QueueEventType.EXECUTE_BUY] = entry[at + EXECUTE_BUY];
        rates[QueueEventType.EXECUTE_SELL] = entry[at + EXECUTE_SELL];
        double sum = 0.0;
        for (int type = 0; type < QueueEventType.COUNT; type++) {
            sum += rates[type];
            sums[type + 1] = sum;
        }
        return sum;
    }

    @Override
    public double rate(final int type) {
        return rates[type];
    }

    @Override
    public int chooseType(final RandomSource random) {
        return WeightedChoice.choose(sums, QueueEventType.COUNT, random.nextDouble());
    }

    @Override
    public int chooseLevel(final LadderBook book, final int type, final RandomSource random) {
        return type < QueueEventType.CANCEL_BID
                ? chooseAddLevel(random)
                : chooseCancelLevel(book, QueueEventType.restingSide(type), random);
    }

    private int chooseAddLevel(final RandomSource random) {
        final int last = addLevelShares.length - 1;
        if (last == 0) {
            return 0;
        }
        final double u = random.nextDouble();
        int level = 0;
        for (int i = 0; i < last; i++) {
            level += addLevelShares[i] <= u ? 1 : 0;
        }
        return level;
    }

    private static int chooseCancelLevel(final LadderBook book, final int side, final RandomSource random) {
        return book.totalDepth(side) > 0 ? WeightedChoice.chooseByDepth(book, side, random.nextDouble()) : 0;
    }

    private void fillTable() {
        for (int spread = 1; spread <= 1 << TABLE_SPREAD_BITS; spread++) {
            for (int bidDepth = 0; bidDepth < 1 << TABLE_DEPTH_BITS; bidDepth++) {
                for (int askDepth = 0; askDepth < 1 << TABLE_DEPTH_BITS; askDepth++) {
                    computeEntry(table, tableIndex(spread, bidDepth, askDepth), spread, bidDepth, askDepth);
                }
            }
        }
    }

    private static int tableIndex(final int spread, final int bidDepth, final int askDepth) {
        return RATES_PER_ENTRY * (((spread - 1) << TABLE_DEPTH_BITS | bidDepth) << TABLE_DEPTH_BITS | askDepth);
    }

    private void computeEntry(
            final double[] entry, final int at, final int spread, final double bidDepth, final double askDepth) {
        final double imbalance = (bidDepth - askDepth) / ((bidDepth + askDepth) + IMBALANCE_REGULARISER);
        final double lean = imbalanceSensitivity * imbalance;
        final double adding = spreadMultipliers.adding(spread);
        final double executing = spreadMultipliers.executing(spread);
        entry[at + ADD_BID] = floored((limitRate * (1 - lean)) * adding);
        entry[at + ADD_ASK] = floored((limitRate * (1 + lean)) * adding);
        entry[at + EXECUTE_BUY] = floored((marketRate * (executionFloor + Math.max(-lean, 0))) * executing);
        entry[at + EXECUTE_SELL] = floored((marketRate * (executionFloor + Math.max(lean, 0))) * executing);
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
