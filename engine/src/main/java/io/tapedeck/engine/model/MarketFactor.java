package io.tapedeck.engine.model;

import io.tapedeck.engine.random.NormalDraw;
import io.tapedeck.engine.random.PortableMath;
import io.tapedeck.engine.random.RandomSource;
import io.tapedeck.engine.random.RandomStreams;
import io.tapedeck.engine.random.StreamPurpose;
import io.tapedeck.engine.random.Xoshiro256PlusPlus;

/**
 * The market factor of a run: for each day one path, sampled before the first event from a stream that belongs to no symbol. So
 * the path is the same for every number of symbols and units, and in whatever order they are simulated.
 *
 * <p>The path starts from the stationary law, and every step along the grid is exact: F' = F e<sup>-k d</sup> plus a normal
 * number of variance sd<sup>2</sup> (1 - e<sup>-2 k d</sup>).
 *
 * <p><b>Note:</b> may be used by any number of threads.
 */
public final class MarketFactor {
    /** In the place of a symbol's name: no symbol is without characters. */
    private static final long NO_SYMBOL = 0;

    private final FactorParameters parameters;
    private final RandomStreams streams;
    private final int points;
    private long pathDay;
    private FactorPath path;

    /**
     * A factor without a path yet.
     *
     * @param parameters     of the factor.
     * @param streams        of the run.
     * @param sessionSeconds length of a day.
     */
    public MarketFactor(final FactorParameters parameters, final RandomStreams streams, final int sessionSeconds) {
        this.parameters = parameters;
        this.streams = streams;
        points = parameters.isActive() ? Math.multiplyExact(sessionSeconds, FactorPath.CELLS_PER_SECOND) + 1 : 1;
    }

    /**
     * The path of a day. The last one that was asked for is kept, so all symbols of a day share it.
     *
     * @param day number of the day, 1970-01-01 being 0.
     * @return the same numbers whoever asks.
     */
    public synchronized FactorPath path(final long day) {
        if (!parameters.isActive()) {
            return FactorPath.ZERO;
        }
        if (path == null || pathDay != day) {
            pathDay = day;
            path = sample(new Xoshiro256PlusPlus(streams.seed(NO_SYMBOL, day, StreamPurpose.MARKET_FACTOR)));
        }
        return path;
    }

    private FactorPath sample(final RandomSource random) {
        final double deviation = parameters.standardDeviation();
        final double persistence = PortableMath.exp(-parameters.meanReversionPerSecond() / FactorPath.CELLS_PER_SECOND);
        final double innovation = deviation * Math.sqrt(1 - persistence * persistence);
        final double[] values = new double[points];
        values[0] = deviation * NormalDraw.draw(random);
        for (int i = 1; i < points; i++) {
            values[i] = persistence * values[i - 1] + innovation * NormalDraw.draw(random);
        }
        return new FactorPath(values);
    }
}
