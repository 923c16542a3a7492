package io.tapedeck.engine.random;

/**
 * The 64-bit Mersenne Twister, as C++ programs know it under the name {@code mt19937_64}, with the uniform numbers that
 * libstdc++ makes of it.
 *
 * <p>A uniform is the word, read as an unsigned integer, rounded to the nearest double (ties to even) and multiplied by
 * 2<sup>-64</sup>; what this rounds up to 1 becomes the largest double below 1. It is not a shift by 11 bits: that
 * would differ in the low bits of small numbers.
 *
 * <p>The state is renewed in blocks of 312 words, together with their 312 uniforms, so that a draw is one array read.
 *
 * <p>Source: M. Matsumoto and T. Nishimura, <i>Tables of 64-bit Mersenne Twisters</i> (2000); the C++ standard,
 * [rand.predef].
 *
 * <p><b>Note:</b> belongs to one thread. Not for cryptography.
 */
public final class Mt19937_64 implements RandomSource {
    private static final int WORDS = 312;
    private static final int MIDDLE = 156;
    private static final long SEED_MULTIPLIER = 6364136223846793005L;
    private static final long TWIST = 0xB5026F5AA96619E9L;
    private static final long UPPER_BITS = 0xFFFFFFFF80000000L;
    private static final long LOWER_BITS = 0x7FFFFFFFL;

    /** The bits of 2<sup>52</sup>: its mantissa takes the low half of a word. */
    private static final long LOW_HALF_BITS = 0x4330000000000000L;
    /** The bits of 2<sup>84</sup>: its mantissa takes the high half of a word, in units of 2<sup>32</sup>. */
    private static final long HIGH_HALF_BITS = 0x4530000000000000L;
    /** 2<sup>84</sup> + 2<sup>52</sup>, exact in a double: what both halves carry too much. */
    private static final double HALVES_OFFSET = 0x1.0p84 + 0x1.0p52;

    private static final double LARGEST_UNIFORM = 1.0 - 0x1.0p-53;

    private final long[] state = new long[WORDS];
    private final double[] uniforms = new double[WORDS];
    private int position;

    /**
     * Creates the stream of a seed.
     *
     * @param seed any 64 bits.
     */
    public Mt19937_64(final long seed) {
        seed(seed);
    }

    @Override
    public void seed(final long seed) {
        long word = seed;
        state[0] = word;
        for (int i = 1; i < WORDS; i++) {
            word = SEED_MULTIPLIER * (word ^ (word >>> 62)) + i;
            state[i] = word;
        }
        position = WORDS;
    }

    @Override
    public long nextLong() {
        return temper(state[nextPosition()]);
    }

    @Override
    public double nextDouble() {
        return uniforms[nextPosition()];
    }

    /**
     * What a word of the stream is as a uniform number.
     *
     * @param word 64 random bits.
     * @return the uniform number in [0, 1) that stands for it.
     */
    static double toUniform(final long word) {
        // Each half is exact in the mantissa of its own power of two; their sum is the only rounding, to nearest even.
        final double high = Double.longBitsToDouble(HIGH_HALF_BITS | (word >>> 32)) - HALVES_OFFSET;
        final double low = Double.longBitsToDouble(LOW_HALF_BITS | (word & 0xFFFFFFFFL));
        final double uniform = (high + low) * 0x1.0p-64;
        return uniform < 1.0 ? uniform : LARGEST_UNIFORM;
    }

    private int nextPosition() {
        if (position == WORDS) {
            renew();
        }
        return position++;
    }

    private void renew() {
        final long[] words = state;
        for (int i = 0; i < WORDS - MIDDLE; i++) {
            words[i] = words[i + MIDDLE] ^ twist(words[i], words[i + 1]);
        }
        for (int i = WORDS - MIDDLE; i < WORDS - 1; i++) {
            words[i] = words[i + MIDDLE - WORDS] ^ twist(words[i], words[i + 1]);
        }
        words[WORDS - 1] = words[MIDDLE - 1] ^ twist(words[WORDS - 1], words[0]);

        for (int i = 0; i < WORDS; i++) {
            uniforms[i] = toUniform(temper(words[i]));
        }
        position = 0;
    }

    private static long twist(final long upper, final long lower) {
        final long mixed = (upper & UPPER_BITS) | (lower & LOWER_BITS);
        return (mixed >>> 1) ^ (-(mixed & 1) & TWIST);
    }

    private static long temper(final long word) {
        long tempered = word ^ ((word >>> 29) & 0x5555555555555555L);
        tempered ^= (tempered << 17) & 0x71D67FFFEDA60000L;
        tempered ^= (tempered << 37) & 0xFFF7EEE000000000L;
        return tempered ^ (tempered >>> 43);
    }
}
