package io.tapedeck.engine.random;

/**
 * A stream of random numbers that its seed decides completely. Whoever needs chance is given a source; one source may
 * be shared by several consumers where the order of their draws is part of a specification.
 *
 * <p><b>Note:</b> a source belongs to one thread.
 */
public interface RandomSource {
    /**
     * Starts the stream that belongs to a seed. Nothing of an earlier stream remains.
     *
     * @param seed any 64 bits.
     */
    void seed(long seed);

    /**
     * Draws the next word.
     *
     * @return 64 random bits.
     */
    long nextLong();

    /**
     * Draws the next uniform number. It consumes exactly one word of the stream.
     *
     * @return a number in [0, 1).
     */
    double nextDouble();
}
