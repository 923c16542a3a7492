package io.tapedeck.engine.model;

import io.tapedeck.engine.random.RandomSource;
import java.util.ArrayList;
import java.util.List;

/**
 * What a {@link ReferencePriceProcess} is made from: the curves of the queues, the sizes by which they are measured, and
 * how the reference price moves. Immutable, shared by all sessions of a run.
 */
public final class ReferencePriceParameters {
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

    /**
     * Makes a market.
     *
     * @param flowRandom      decides what happens to the queues; the process does not seed it.
     * @param referenceRandom decides what happens to the reference price, and the depths that come with it; the process
     *                        does not seed it.
     * @return a new process with a book of its own.
     */
    public ReferencePriceProcess newProcess(final RandomSource flowRandom, final RandomSource referenceRandom) {
        return new ReferencePriceProcess(this, flowRandom, referenceRandom);
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
