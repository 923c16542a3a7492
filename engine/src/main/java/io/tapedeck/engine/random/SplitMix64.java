package io.tapedeck.engine.random;

/**
 * The SplitMix64 generator as a function: a counter that advances by an odd constant, and a mixer in which every bit of
 * the input moves every bit of the output. It seeds other generators and hashes their names.
 *
 * <p>Source: G. Steele, D. Lea and C. Flood, <i>Fast splittable pseudorandom number generators</i>, OOPSLA 2014.
 */
final class SplitMix64 {
    /** What the counter advances by: 2<sup>64</sup> over the golden ratio, made odd. */
    static final long INCREMENT = 0x9E37_79B9_7F4A_7C15L;

    private SplitMix64() {}

    /**
     * The output that belongs to a counter value. No two values share one.
     *
     * @param counter any 64 bits.
     * @return 64 mixed bits.
     */
    static long mix(final long counter) {
        long z = counter;
        z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return z ^ (z >>> 31);
    }
}
