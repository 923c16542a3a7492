package io.tapedeck.engine.model;

import io.tapedeck.engine.random.StreamPurpose;
import io.tapedeck.engine.random.StreamSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * What a {@link ReferencePriceProcess} is made from: the curves of the queues, the sizes by which they are measured, and
 * how the reference price moves. Immutable, shared by all sessions of a run.
 */
public final class ReferencePriceParameters implements MarketModelParameters {
    static final String MODEL_NAME = "reference-price";

    private static final List<String> BID_TABLES = List.of("limit_bid.", "cancel_bid.", "market_bid.");
    private static final List<String> ASK_TABLES = List.of("limit_ask.", "cancel_ask.", "market_ask.");

    private final List<QueueCurves> bid;
    private final List<QueueCurves> ask;
    private final List<Double> averageEventSizes;
    private final double theta;
    private final double thetaReinit;
    private final ReferencePriceTable table;

    /**
     * The parameters of a market.
     *
     * @param bid               the bid's queues from the reference price outwards, 1 to {@link LadderBook#MAX_LEVELS}.
     * @param ask               the ask's, as many.
     * @param averageEventSizes in shares, by level, above 0: a queue of one order that becomes one of another level is
     *                          scaled by the quotient of the two.
     * @param theta             chance that the reference price follows a move of the middle price, 0 to 1.
     * @param thetaReinit       chance that the book is redrawn when it does, 0 to 1.
     * @throws IllegalArgumentException naming what is out of range.
     */
    public ReferencePriceParameters(
            final List<QueueCurves> bid,
            final List<QueueCurves> ask,
            final List<Double> averageEventSizes,
            final double theta,
            final double thetaReinit) {
        if (bid.isEmpty() || bid.size() > LadderBook.MAX_LEVELS) {
            throw new IllegalArgumentException(
                    "levels must lie between 1 and " + LadderBook.MAX_LEVELS + ": levels=" + bid.size());
        }
        if (ask.size() != bid.size() || averageEventSizes.size() != bid.size()) {
            throw new IllegalArgumentException("bid, ask and average event sizes must have as many levels: bid="
                    + bid.size() + ", ask=" + ask.size() + ", averageEventSizes=" + averageEventSizes.size());
        }
        for (int level = 0; level < averageEventSizes.size(); level++) {
            final double size = averageEventSizes.get(level);
            if (!(size > 0 && size < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "the average event size of level " + level + " must be above 0: averageEventSize=" + size);
            }
        }
        requireChance("theta", theta);
        requireChance("thetaReinit", thetaReinit);
        this.bid = List.copyOf(bid);
        this.ask = List.copyOf(ask);
        this.averageEventSizes = List.copyOf(averageEventSizes);
        this.theta = theta;
        this.thetaReinit = thetaReinit;
        final List<QueueCurves> queues = new ArrayList<>(this.bid);
        queues.addAll(this.ask);
        table = new ReferencePriceTable(queues);
    }

    @Override
    public String modelName() {
        return MODEL_NAME;
    }

    @Override
    public Map<String, String> texts() {
        final Map<String, String> texts = new LinkedHashMap<>();
        texts.put("levels", Integer.toString(levels()));
        texts.put("theta", Double.toString(theta));
        texts.put("theta_reinit", Double.toString(thetaReinit));
        texts.put(
                "average_event_sizes",
                CurveTable.text(averageEventSizes.stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray()));
        for (int level = 0; level < levels(); level++) {
            putTables(texts, BID_TABLES, level, bid.get(level));
            putTables(texts, ASK_TABLES, level, ask.get(level));
        }
        return texts;
    }

    private static void putTables(
            final Map<String, String> texts, final List<String> names, final int level, final QueueCurves curves) {
        final List<String> tables = curves.texts();
        for (int i = 0; i < names.size(); i++) {
            texts.put(names.get(i) + level, tables.get(i));
        }
    }

    static ReferencePriceParameters read(final ParameterTexts texts) {
        final int levels = texts.integer("levels");
        final double theta = texts.number("theta");
        final double thetaReinit = texts.number("theta_reinit");
        final double[] averageEventSizes = texts.numbers("average_event_sizes");
        if (levels != averageEventSizes.length) {
            throw new IllegalArgumentException("there must be an average event size for every level: levels=" + levels
                    + ", averageEventSizes=" + averageEventSizes.length);
        }
        final List<QueueCurves> bid = new ArrayList<>();
        final List<QueueCurves> ask = new ArrayList<>();
        for (int level = 0; level < levels; level++) {
            bid.add(readTables(texts, "bid", BID_TABLES, level));
            ask.add(readTables(texts, "ask", ASK_TABLES, level));
        }
        return new ReferencePriceParameters(
                bid, ask, DoubleStream.of(averageEventSizes).boxed().collect(Collectors.toList()), theta, thetaReinit);
    }

    private static QueueCurves readTables(
            final ParameterTexts texts, final String side, final List<String> names, final int level) {
        return new QueueCurves(
                side + " level " + level,
                texts.numbers(names.get(0) + level),
                texts.numbers(names.get(1) + level),
                texts.numbers(names.get(2) + level));
    }

    /**
     * {@inheritDoc}
     *
     * <p>The window is as wide as the curves and opens with queues drawn from their invariant laws, so the book's
     * parameters decide nothing. A market that leans with others is refused when it is made.
     */
    @Override
    public MarketLaw newLaw(final BookParameters book) {
        return inputs -> {
            if (inputs.shift().isActive()) {
                throw new IllegalArgumentException("a market factor shifts the imbalance that a model looks at, and the"
                        + " model " + MODEL_NAME + " looks at none; leave the factor out or take another model");
            }
            final StreamSet streams = inputs.streams();
            return new ReferencePriceProcess(
                    this, streams.stream(StreamPurpose.FLOW), streams.stream(StreamPurpose.REFERENCE_PRICE));
        };
    }

    /**
     * K, the levels per side.
     *
     * @return 1 to {@link LadderBook#MAX_LEVELS}.
     */
    public int levels() {
        return bid.size();
    }

    /**
     * The curves of the bid.
     *
     * @return by level, the innermost first; immutable.
     */
    public List<QueueCurves> bid() {
        return bid;
    }

    /**
     * The curves of the ask.
     *
     * @return by level, the innermost first; immutable.
     */
    public List<QueueCurves> ask() {
        return ask;
    }

    /**
     * What an order of each level is worth.
     *
     * @return shares, by level; immutable.
     */
    public List<Double> averageEventSizes() {
        return averageEventSizes;
    }

    /**
     * Whether the reference price follows the middle price.
     *
     * @return chance, 0 to 1.
     */
    public double theta() {
        return theta;
    }

    /**
     * Whether a move of the reference price redraws the book.
     *
     * @return chance, 0 to 1.
     */
    public double thetaReinit() {
        return thetaReinit;
    }

    /**
     * The same market with other moves of the reference price.
     *
     * @param newTheta       as of the constructor.
     * @param newThetaReinit as of the constructor.
     * @return new parameters.
     */
    public ReferencePriceParameters withMoves(final double newTheta, final double newThetaReinit) {
        return new ReferencePriceParameters(bid, ask, averageEventSizes, newTheta, newThetaReinit);
    }

    ReferencePriceTable table() {
        return table;
    }

    private static void requireChance(final String name, final double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " must lie between 0 and 1: " + name + "=" + value);
        }
    }
}
