package io.tapedeck.engine.session;

import java.nio.file.Path;

/**
 * What became of one session of a run.
 *
 * @param symbol            of the security; null for the nameless one.
 * @param date              {@code yyyy-mm-dd}.
 * @param seed              of the session.
 * @param openingPriceTicks in ticks.
 * @param closePriceTicks   in ticks; the next day opens with it.
 * @param eventCount        events written.
 * @param moveCount         how many of them changed a best price.
 * @param file              that holds them.
 * @param fileBytes         its length.
 * @param elapsedNs         time that generating and writing took, nanoseconds.
 * @param isComplete        false if the run was stopped before the session's end.
 */
public record SessionSummary(
        String symbol,
        String date,
        long seed,
        int openingPriceTicks,
        int closePriceTicks,
        long eventCount,
        long moveCount,
        Path file,
        long fileBytes,
        long elapsedNs,
        boolean isComplete) {
    private static final double NS_PER_SECOND = 1e9;

    /**
     * Time that generating and writing took.
     *
     * @return seconds.
     */
    public double elapsedSeconds() {
        return elapsedNs / NS_PER_SECOND;
    }
}
