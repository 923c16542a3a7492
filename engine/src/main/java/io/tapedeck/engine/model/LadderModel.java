package io.tapedeck.engine.model;

import io.tapedeck.engine.random.RandomSource;

/**
 * The law of a {@link LadderProcess}: the rates of what may happen next, given the book, and the choice among it. A
 * model remembers the state it was last asked about until the next {@link #totalRate}.
 *
 * <p><b>Note:</b> belongs to one thread. No allocation after construction.
 */
public interface LadderModel {
    /**
     * Looks at the book and computes all rates.
     *
     * @param book       the present state.
     * @param nowSeconds since the open; laws that change with time of day use it.
     * @return events per second, over all types; infinite or NaN when a rate has no finite value.
     */
    double totalRate(LadderBook book, double nowSeconds);

    /**
     * The rate of one type in the state that {@link #totalRate} saw.
     *
     * @param type one of {@link io.tapedeck.codecs.qrsdp1.QueueEventType}.
     * @return events per second, positive.
     */
    double rate(int type);

    /**
     * Chooses the type of the next event in the state that {@link #totalRate} saw.
     *
     * @param random gives the one draw that this takes; in a state where nothing has weight none is taken.
     * @return one of {@link io.tapedeck.codecs.qrsdp1.QueueEventType}.
     */
    int chooseType(RandomSource random);

    /**
     * Chooses the level that an addition or a cancellation falls on. Asked only after {@link #chooseType}, and not for
     * an order that improves the best price.
     *
     * @param book   as it was for {@link #totalRate}.
     * @param type   what {@link #chooseType} returned, not an execution.
     * @param random gives the draw, where the level is not known already.
     * @return 0 for the best, to {@link LadderBook#levels()} - 1.
     */
    int chooseLevel(LadderBook book, int type, RandomSource random);
}
