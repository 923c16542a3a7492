package io.tapedeck.engine.validation;

/**
 * Events of one kind in one state of their queue, against the integral of their rate.
 *
 * @param type     one of {@link io.tapedeck.codecs.qrsdp1.QueueEventType}.
 * @param level    from 1, the innermost; 0 for an order at a new price.
 * @param state    size of the queue before the event; of an order at a new price the spread in ticks.
 * @param observed how many there were.
 * @param expected how many the law expects, 25 at least.
 */
public record CellScore(int type, int level, int state, long observed, double expected) {
    /**
     * How far off the count is: the signed root of its deviance under the Poisson law, which is nearer to a normal number
     * than (N - E) / sqrt(E) where few events are expected.
     *
     * @return in standard errors.
     */
    public double zScore() {
        final double excess = observed - expected;
        final double deviance = observed == 0 ? expected : observed * Math.log(observed / expected) - excess;
        return Math.copySign(Math.sqrt(2 * Math.max(0, deviance)), excess);
    }
}
