package io.tapedeck.engine.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/**
 * The intensity curves of the {@link QueueReactiveModel}: for every level and kind of event a table of rates per second
 * by the queue's size. Beyond its end a table goes on with its last entry; an empty table is 0 everywhere.
 *
 * <p>Tables are cleaned when they come in: what is not a finite number above 0 becomes 0, and what is positive but below
 * 1e-12 becomes 1e-12. Immutable.
 *
 * <p>Source of the model: W. Huang, C.-A. Lehalle and M. Rosenbaum, <i>Simulating and analyzing order book data: the
 * queue-reactive model</i>, JASA 110 (2015), 107-122.
 */
public final class QueueReactiveCurves implements LadderModelParameters {
    /** The most levels that a set may have. A book never has more than {@link LadderBook#MAX_LEVELS}. */
    public static final int MAX_LEVELS = 1_024;

    /** The most entries that one table may have. */
    public static final int MAX_TABLE_LENGTH = 16_384;

    /** The spread sensitivity where none is given. */
    public static final double DEFAULT_SPREAD_SENSITIVITY = 0.3;

    /** The imbalance sensitivity where none is given. */
    public static final double DEFAULT_IMBALANCE_SENSITIVITY = 1.0;

    static final String MODEL_NAME = "queue-reactive";

    private static final int DEFAULT_MAX_QUEUE = 100;
    private static final double SMALLEST_RATE = 1e-12;
    private static final double[] EMPTY_TABLE = {};

    private final int levels;
    private final int maxQueue;
    private final double spreadSensitivity;
    private final double imbalanceSensitivity;
    private final double[][] limitBid;
    private final double[][] limitAsk;
    private final double[][] cancelBid;
    private final double[][] cancelAsk;
    private final double[] marketBuy;
    private final double[] marketSell;

    /**
     * A set of curves. The arrays are copied. A kind with fewer tables than levels is 0 at the levels it lacks; tables
     * beyond the levels are dropped.
     *
     * @param levels               K: levels per side, 1 to {@link #MAX_LEVELS}.
     * @param maxQueue             n_max: the largest queue that was tabulated, 0 or more; for people only, the tables'
     *                             lengths decide.
     * @param spreadSensitivity    of additions and executions, per tick, finite; 0 or less switches it off.
     * @param imbalanceSensitivity of executions, finite; 0 or less switches it off.
     * @param limitBid             additions to the bid: a table per level, by that level's depth.
     * @param limitAsk             additions to the ask.
     * @param cancelBid            cancellations at the bid.
     * @param cancelAsk            cancellations at the ask.
     * @param marketBuy            buys, by the best ask's depth.
     * @param marketSell           sells, by the best bid's depth.
     * @throws IllegalArgumentException naming what is out of range.
     */
    public QueueReactiveCurves(
            final int levels,
            final int maxQueue,
            final double spreadSensitivity,
            final double imbalanceSensitivity,
            final double[][] limitBid,
            final double[][] limitAsk,
            final double[][] cancelBid,
            final double[][] cancelAsk,
            final double[] marketBuy,
            final double[] marketSell) {
        if (levels < 1 || levels > MAX_LEVELS) {
            throw new IllegalArgumentException("levels must lie between 1 and " + MAX_LEVELS + ": levels=" + levels);
        }
        if (maxQueue < 0) {
            throw new IllegalArgumentException("maxQueue must be 0 or more: maxQueue=" + maxQueue);
        }
        if (!Double.isFinite(spreadSensitivity) || !Double.isFinite(imbalanceSensitivity)) {
            throw new IllegalArgumentException("sensitivities must be finite numbers: spreadSensitivity="
                    + spreadSensitivity + ", imbalanceSensitivity=" + imbalanceSensitivity);
        }
        this.levels = levels;
        this.maxQueue = maxQueue;
        this.spreadSensitivity = spreadSensitivity;
        this.imbalanceSensitivity = imbalanceSensitivity;
        this.limitBid = cleanedTables("limitBid", limitBid, levels);
        this.limitAsk = cleanedTables("limitAsk", limitAsk, levels);
        this.cancelBid = cleanedTables("cancelBid", cancelBid, levels);
        this.cancelAsk = cleanedTables("cancelAsk", cancelAsk, levels);
        this.marketBuy = cleanedTable("marketBuy", marketBuy);
        this.marketSell = cleanedTable("marketSell", marketSell);
    }

    /**
     * The set that serves where no curves are given: additions and executions that thin out with the queue,
     * cancellations that grow with it and level off. Bid and ask are alike.
     *
     * @param levels per side, 1 to {@link #MAX_LEVELS}.
     * @return a new set, tabulated up to queues of 100.
     */
    public static QueueReactiveCurves defaults(final int levels) {
        final double[] bestLimit = table(n -> 15 / (1 + 0.12 * n));
        final double[] deeperLimit = table(n -> 5 / (1 + 0.2 * n));
        final double[] cancel = table(n -> (0.3 * n) / (1 + 0.02 * n));
        final double[] market = table(n -> n == 0 ? 0 : 8);
        final double[][] limits = new double[levels][];
        final double[][] cancels = new double[levels][];
        Arrays.fill(limits, deeperLimit);
        Arrays.fill(cancels, cancel);
        if (levels > 0) {
            limits[0] = bestLimit;
        }
        return new QueueReactiveCurves(
                levels,
                DEFAULT_MAX_QUEUE,
                DEFAULT_SPREAD_SENSITIVITY,
                DEFAULT_IMBALANCE_SENSITIVITY,
                limits,
                limits,
                cancels,
                cancels,
                market,
                market);
    }

    @Override
    public String modelName() {
        return MODEL_NAME;
    }

    @Override
    public Map<String, String> texts() {
        final Map<String, String> texts = new LinkedHashMap<>();
        texts.put("levels", Integer.toString(levels()));
        texts.put("spread_sensitivity", Double.toString(spreadSensitivity));
        texts.put("imbalance_sensitivity", Double.toString(imbalanceSensitivity));
        for (int level = 0; level < levels(); level++) {
            texts.put("limit_bid." + level, CurveTable.text(limitBid(level)));
            texts.put("limit_ask." + level, CurveTable.text(limitAsk(level)));
            texts.put("cancel_bid." + level, CurveTable.text(cancelBid(level)));
            texts.put("cancel_ask." + level, CurveTable.text(cancelAsk(level)));
        }
        texts.put("market_buy", CurveTable.text(marketBuy));
        texts.put("market_sell", CurveTable.text(marketSell));
        return texts;
    }

    static QueueReactiveCurves read(final ParameterTexts texts) {
        final int levels = texts.integer("levels");
        final double spreadSensitivity = texts.number("spread_sensitivity");
        final double imbalanceSensitivity = texts.number("imbalance_sensitivity");
        if (levels < 1 || levels > MAX_LEVELS) {
            throw new IllegalArgumentException("levels must lie between 1 and " + MAX_LEVELS + ": levels=" + levels);
        }
        final double[][] limitBid = new double[levels][];
        final double[][] limitAsk = new double[levels][];
        final double[][] cancelBid = new double[levels][];
        final double[][] cancelAsk = new double[levels][];
        for (int level = 0; level < levels; level++) {
            limitBid[level] = texts.numbers("limit_bid." + level);
            limitAsk[level] = texts.numbers("limit_ask." + level);
            cancelBid[level] = texts.numbers("cancel_bid." + level);
            cancelAsk[level] = texts.numbers("cancel_ask." + level);
        }
        final double[] marketBuy = texts.numbers("market_buy");
        return new QueueReactiveCurves(
                levels,
                Math.max(0, marketBuy.length - 1),
                spreadSensitivity,
                imbalanceSensitivity,
                limitBid,
                limitAsk,
                cancelBid,
                cancelAsk,
                marketBuy,
                texts.numbers("market_sell"));
    }

    @Override
    public Factory newFactory(final int bookLevels) {
        final QueueReactiveRates rates = QueueReactiveRates.of(this, bookLevels);
        return shift -> {
            if (shift.isActive() && !(imbalanceSensitivity > 0)) {
                throw new IllegalArgumentException("curves whose imbalance_sensitivity is " + imbalanceSensitivity
                        + " do not follow a market factor; give them one above 0, or a factor loading of 0");
            }
            return new QueueReactiveModel(rates, shift);
        };
    }

    /**
     * K, the levels per side.
     *
     * @return 1 to {@link #MAX_LEVELS}.
     */
    public int levels() {
        return levels;
    }

    /**
     * The largest queue that was tabulated, as the set's maker says it.
     *
     * @return orders, 0 or more.
     */
    public int maxQueue() {
        return maxQueue;
    }

    /**
     * How strongly the spread moves additions and executions.
     *
     * @return per tick; 0 or less means not at all.
     */
    public double spreadSensitivity() {
        return spreadSensitivity;
    }

    /**
     * How strongly the imbalance of the total depths moves executions.
     *
     * @return 0 or less means not at all.
     */
    public double imbalanceSensitivity() {
        return imbalanceSensitivity;
    }

    /**
     * The rates of additions to the bid.
     *
     * @param level 0 to {@link #levels()} - 1.
     * @return a copy, events per second by the level's depth.
     */
    public double[] limitBid(final int level) {
        return limitBid[level].clone();
    }

    /**
     * The rates of additions to the ask.
     *
     * @param level 0 to {@link #levels()} - 1.
     * @return a copy, events per second by the level's depth.
     */
    public double[] limitAsk(final int level) {
        return limitAsk[level].clone();
    }

    /**
     * The rates of cancellations at the bid.
     *
     * @param level 0 to {@link #levels()} - 1.
     * @return a copy, events per second by the level's depth.
     */
    public double[] cancelBid(final int level) {
        return cancelBid[level].clone();
    }

    /**
     * The rates of cancellations at the ask.
     *
     * @param level 0 to {@link #levels()} - 1.
     * @return a copy, events per second by the level's depth.
     */
    public double[] cancelAsk(final int level) {
        return cancelAsk[level].clone();
    }

    /**
     * The rate of buys.
     *
     * @return a copy, events per second by the best ask's depth.
     */
    public double[] marketBuy() {
        return marketBuy.clone();
    }

    /**
     * The rate of sells.
     *
     * @return a copy, events per second by the best bid's depth.
     */
    public double[] marketSell() {
        return marketSell.clone();
    }

    private static double[] table(final IntToDoubleFunction rate) {
        final double[] table = new double[DEFAULT_MAX_QUEUE + 1];
        Arrays.setAll(table, rate);
        return table;
    }

    private static double[][] cleanedTables(final String name, final double[][] tables, final int levels) {
        final double[][] cleaned = new double[levels][];
        for (int level = 0; level < levels; level++) {
            cleaned[level] =
                    level < tables.length ? cleanedTable(name + "[" + level + "]", tables[level]) : EMPTY_TABLE;
        }
        return cleaned;
    }

    private static double[] cleanedTable(final String name, final double[] table) {
        if (table.length > MAX_TABLE_LENGTH) {
            throw new IllegalArgumentException(
                    "a table may have " + MAX_TABLE_LENGTH + " entries at most: " + name + ".length=" + table.length);
        }
        final double[] cleaned = new double[table.length];
        for (int n = 0; n < table.length; n++) {
            cleaned[n] = table[n] > 0 && table[n] < Double.POSITIVE_INFINITY ? Math.max(table[n], SMALLEST_RATE) : 0.0;
        }
        return cleaned;
    }
}
