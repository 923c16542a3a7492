package io.tapedeck.engine.random;

/**
 * One symbol's random streams: a generator of its own for each purpose that somebody asked for, seeded for a day from the
 * run's seed, the symbol, the day and the purpose. So a feature that is switched on draws from a stream that nobody else
 * reads.
 *
 * <p><b>Note:</b> belongs to one thread. Allocates when a purpose is asked for the first time only.
 */
public final class SymbolStreams implements StreamSet {
    private static final StreamPurpose[] PURPOSES = StreamPurpose.values();

    private final RandomStreams streams;
    private final long symbol;
    private final RandomSource[] sources = new RandomSource[PURPOSES.length];

    /**
     * A set without streams yet.
     *
     * @param streams of the run.
     * @param symbol  the name as eight ASCII bytes, space-padded, the first one highest.
     */
    public SymbolStreams(final RandomStreams streams, final long symbol) {
        this.streams = streams;
        this.symbol = symbol;
    }

    @Override
    public RandomSource stream(final StreamPurpose purpose) {
        final int at = purpose.ordinal();
        if (sources[at] == null) {
            sources[at] = new Xoshiro256PlusPlus(0);
        }
        return sources[at];
    }

    /**
     * Starts all streams that were asked for anew.
     *
     * @param day number of the day, 1970-01-01 being 0.
     */
    public void seed(final long day) {
        for (final StreamPurpose purpose : PURPOSES) {
            final RandomSource source = sources[purpose.ordinal()];
            if (source != null) {
                source.seed(streams.seed(symbol, day, purpose));
            }
        }
    }
}
