package io.tapedeck.engine.random;

/**
 * Names every random stream of a run by symbol, day and purpose, and gives each name a seed. Seeds are a hash and no
 * sum, so neighbouring runs, symbols and days share nothing:
 *
 * <pre>
 *   h = mix(run seed + g)                  g, mix: the increment and the mixer of SplitMix64
 *   h = mix((h xor symbol)  + g)           all sums modulo 2^64
 *   h = mix((h xor day)     + g)
 *   h = mix((h xor purpose) + g)
 * </pre>
 *
 * For a given symbol, day and purpose no two run seeds have the same hash; the same holds for each of the other three.
 */
public final class RandomStreams {
    private final long runSeed;

    /**
     * The streams of a run.
     *
     * @param runSeed any 64 bits.
     */
    public RandomStreams(final long runSeed) {
        this.runSeed = runSeed;
    }

    /**
     * The seed of a stream.
     *
     * @param symbol  the name as eight ASCII bytes, space-padded, the first one highest.
     * @param day     number of the day, 1970-01-01 being 0.
     * @param purpose what the stream decides.
     * @return a seed for a {@link RandomSource}.
     */
    public long seed(final long symbol, final long day, final StreamPurpose purpose) {
        return absorb(absorb(absorb(absorb(0, runSeed), symbol), day), purpose.id());
    }

    private static long absorb(final long hash, final long word) {
        return SplitMix64.mix((hash ^ word) + SplitMix64.INCREMENT);
    }
}
