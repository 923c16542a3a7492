package io.tapedeck.engine.random;

/**
 * The generator xoshiro256++: 256 bits of state, period 2<sup>256</sup> - 1, about a nanosecond and a half a draw.
 *
 * <p>A seed starts the state with four successive outputs of SplitMix64, as the authors recommend; they are never all
 * zero. A uniform number is the middle of one of 2<sup>52</sup> equal parts of (0, 1), chosen by the word's high bits:
 * its logarithm is always finite, and it is made without a conversion instruction.
 *
 * <p>Source: D. Blackman and S. Vigna, <i>Scrambled linear pseudorandom number generators</i>, ACM Transactions on
 * Mathematical Software 47 (2021).
 *
 * <p><b>Note:</b> belongs to one thread. Not for cryptography.
 */
public final class Xoshiro256PlusPlus implements RandomSource {
    /** The bits of 1: its mantissa takes the 52 high bits of a word. */
    private static final long ONE_BITS = 0x3FF0_0000_0000_0000L;

    /** What takes [1, 2) down to the middles of the parts of (0, 1); the difference is exact. */
    private static final double ONE_LESS_HALF_PART = 1.0 - 0x1.0p-53;

    private static final int MANTISSA_SHIFT = 12;

    private long s0;
    private long s1;
    private long s2;
    private long s3;

    /**
     * Creates the stream of a seed.
     *
     * @param seed any 64 bits.
     */
    public Xoshiro256PlusPlus(final long seed) {
        seed(seed);
    }

    /** The stream that continues from a state. */
    Xoshiro256PlusPlus(final long s0, final long s1, final long s2, final long s3) {
        this.s0 = s0;
        this.s1 = s1;
        this.s2 = s2;
        this.s3 = s3;
    }

    @Override
    public void seed(final long seed) {
        s0 = SplitMix64.mix(seed + SplitMix64.INCREMENT);
        s1 = SplitMix64.mix(seed + 2 * SplitMix64.INCREMENT);
        s2 = SplitMix64.mix(seed + 3 * SplitMix64.INCREMENT);
        s3 = SplitMix64.mix(seed + 4 * SplitMix64.INCREMENT);
    }

    @Override
    public long nextLong() {
        final long result = Long.rotateLeft(s0 + s3, 23) + s0;
        final long shifted = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= shifted;
        s3 = Long.rotateLeft(s3, 45);
        return result;
    }

    @Override
    public double nextDouble() {
        return Double.longBitsToDouble(ONE_BITS | nextLong() >>> MANTISSA_SHIFT) - ONE_LESS_HALF_PART;
    }
}
