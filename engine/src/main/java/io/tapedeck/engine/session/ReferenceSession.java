package io.tapedeck.engine.session;

import io.tapedeck.engine.model.LadderModelParameters;
import io.tapedeck.engine.model.MarketInputs;
import io.tapedeck.engine.model.QueueBook;
import io.tapedeck.engine.order.OrderSizeLaw;
import io.tapedeck.engine.random.Mt19937_64;

/**
 * Sessions of the reference model: clock and process share one stream of the Mersenne Twister that the session's seed
 * starts, so that seed and parameters decide every event to the last bit.
 *
 * <p>One instance serves any number of sessions, one after the other.
 *
 * <p><b>Note:</b> belongs to one thread. No allocation after construction.
 */
public final class ReferenceSession {
    private static final long NS_PER_SECOND = 1_000_000_000L;

    private final Mt19937_64 random = new Mt19937_64(0);
    private final SessionGenerator generator;

    /**
     * Builds model, book and clock.
     *
     * @param parameters of all sessions; their opening price is overridden by {@link #open(long, int)}.
     * @throws IllegalArgumentException if the reference model has nothing of the kind that they ask for.
     */
    public ReferenceSession(final SessionParameters parameters) {
        requireReference(parameters);
        generator = new SessionGenerator(
                parameters.newLaw().newProcess(new MarketInputs(purpose -> random)),
                parameters.newClock(purpose -> random),
                parameters.sessionSeconds(),
                parameters.marketOpenSeconds() * NS_PER_SECOND);
    }

    /**
     * Requires parameters that the reference model has.
     *
     * @param parameters of a session.
     * @throws IllegalArgumentException naming what it does not have.
     */
    static void requireReference(final SessionParameters parameters) {
        if (!(parameters.model() instanceof LadderModelParameters)) {
            throw new IllegalArgumentException(
                    "the reference model has no model " + parameters.model().modelName() + "; leave --reference out");
        }
        if (parameters.clock().isActive() || parameters.factor().isActive()) {
            throw new IllegalArgumentException(
                    "the reference model has neither excitation nor activity nor a market factor;"
                            + " leave --reference out");
        }
        if (!parameters.orderSizes().equals(OrderSizeLaw.UNIT)) {
            throw new IllegalArgumentException("the reference model has orders of one share, not "
                    + parameters.orderSizes().text() + "; leave --reference out");
        }
    }

    /**
     * Starts a session.
     *
     * @param seed              any 64 bits.
     * @param openingPriceTicks between the best prices.
     */
    public void open(final long seed, final int openingPriceTicks) {
        random.seed(seed);
        generator.open(openingPriceTicks);
    }

    /**
     * Generates the next events.
     *
     * @param sink  gets them.
     * @param limit the most to generate, 1 or more.
     * @return how many there were; fewer than the limit only when the session closed.
     */
    public int generate(final QueueEventSink sink, final int limit) {
        return generator.generate(sink, limit);
    }

    /**
     * Whether the session is over.
     *
     * @return true once no event is left, and before the first {@link #open(long, int)}.
     */
    public boolean isClosed() {
        return generator.isClosed();
    }

    /**
     * How far the session's time has come.
     *
     * @return seconds since the open, of the last event; beyond the session's length once it is over.
     */
    public double elapsedSeconds() {
        return generator.elapsedSeconds();
    }

    /**
     * How many events the session has had.
     *
     * @return the last event's number, or 0.
     */
    public long eventCount() {
        return generator.eventCount();
    }

    /**
     * How many of them changed a best price.
     *
     * @return 0 to {@link #eventCount()}.
     */
    public long moveCount() {
        return generator.process().moveCount();
    }

    /**
     * The book as the last event left it.
     *
     * @return a live view.
     */
    public QueueBook book() {
        return generator.process().book();
    }

    /**
     * The middle of the best prices after the last event: the next day's opening price.
     *
     * @return ticks, truncated toward zero.
     */
    public int closePriceTicks() {
        return generator.process().midTicks();
    }
}
