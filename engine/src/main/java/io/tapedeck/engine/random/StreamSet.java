package io.tapedeck.engine.random;

/**
 * The random streams of one market. Whoever draws asks once, when it is made, for the stream of its purpose; whoever owns
 * the set seeds the streams before each session.
 */
@FunctionalInterface
public interface StreamSet {
    /**
     * The stream that decides something.
     *
     * @param purpose what it decides.
     * @return always the same source for the same purpose; it stays the set's.
     */
    RandomSource stream(StreamPurpose purpose);
}
