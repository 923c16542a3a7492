package io.tapedeck.engine.facts;

/**
 * A price that does not bounce with the quotes, by the rule of Huang, Lehalle and Rosenbaum: the middle where the spread is an
 * odd number of steps, otherwise the middle half a step up or down, whichever is nearer to where it was. Counts how often it
 * moves on in the direction of its last move, and how often back.
 */
final class ReferencePrice {
    private final int step;
    private boolean isKnown;
    /** In half steps, odd. */
    private long price;

    private int lastSign;
    private long continuations;
    private long alternations;

    ReferencePrice(final int step) {
        this.step = step;
    }

    int step() {
        return step;
    }

    /** What was before has nothing to do with what comes now. */
    void gap() {
        isKnown = false;
        lastSign = 0;
    }

    /** The best prices, in ticks; nothing happens where they stay. */
    void onQuote(final int bidTicks, final int askTicks) {
        final long middle = Math.floorDiv((long) bidTicks + askTicks, step);
        final long next;
        if ((middle & 1) != 0) {
            next = middle;
        } else {
            next = isKnown && price < middle ? middle - 1 : middle + 1;
        }
        if (isKnown && next != price) {
            final int sign = next > price ? 1 : -1;
            continuations += sign == lastSign ? 1 : 0;
            alternations += sign == -lastSign ? 1 : 0;
            lastSign = sign;
        }
        price = next;
        isKnown = true;
    }

    /** Continuations over twice the alternations; NaN where there is none. */
    double eta() {
        return alternations == 0 ? Double.NaN : continuations / (2.0 * alternations);
    }
}
