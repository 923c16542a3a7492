package io.tapedeck.engine.model;

/**
 * Choice by weight: the first index i whose share {@code (w[0] + ... + w[i]) / total} lies above a uniform number.
 *
 * <p>The division decides, but it is seldom done. Where {@code u * total} and a running sum differ by more than
 * {@link #DOUBT} of the total, they compare like {@code u} and the quotient do, because each of the two roundings is
 * below 2<sup>-52</sup> of the total. Only in between is the quotient itself computed.
 */
final class WeightedChoice {
    /** Far above the rounding errors, far below any chance of being met in a day. */
    private static final double DOUBT = 1e-14;

    private WeightedChoice() {}

    /**
     * Chooses among weights whose running sums are doubles.
     *
     * @param sums  {@code sums[0]} is 0, {@code sums[i + 1] = sums[i] + weight[i]}; {@code sums[count]} is positive and
     *              finite.
     * @param count of the weights, at least 1.
     * @param u     uniform in [0, 1).
     * @return an index from 0 to {@code count - 1}; the last when rounding leaves none.
     */
    static int choose(final double[] sums, final int count, final double u) {
        final double total = sums[count];
        final double target = u * total;
        int chosen = 0;
        // Counted and not searched: the outcome is a coin toss that a branch would mispredict.
        for (int i = 1; i < count; i++) {
            chosen += sums[i] <= target ? 1 : 0;
        }
        final double doubt = total * DOUBT;
        if (sums[chosen + 1] - target > doubt && target - sums[chosen] > doubt) {
            return chosen;
        }
        return chooseByShare(sums, count, u);
    }

    /**
     * Chooses a level of a side by its depth.
     *
     * @param book has orders on that side.
     * @param side {@link io.tapedeck.codecs.qrsdp1.QueueSide#BID} or {@link io.tapedeck.codecs.qrsdp1.QueueSide#ASK}.
     * @param u    uniform in [0, 1).
     * @return a level; the last when rounding leaves none.
     */
    static int chooseByDepth(final LadderBook book, final int side, final double u) {
        final int last = book.levels() - 1;
        final double total = ExactDouble.of(book.totalDepth(side));
        final double target = u * total;
        final long wholeTarget = (long) target;
        final double fraction = target - ExactDouble.of(wholeTarget);
        final double doubt = total * DOUBT;
        if (fraction <= doubt || fraction >= 1.0 - doubt) {
            return chooseByDepthShare(book, side, u);
        }
        // Running sums are whole numbers: one lies above the target if it lies above its whole part.
        int chosen = 0;
        long sum = 0;
        for (int level = 0; level < last; level++) {
            sum += book.depth(side, level);
            chosen += sum <= wholeTarget ? 1 : 0;
        }
        return chosen;
    }

    /** As {@link #choose}, by the written division alone. */
    static int chooseByShare(final double[] sums, final int count, final double u) {
        for (int i = 0; i < count; i++) {
            if (u < sums[i + 1] / sums[count]) {
                return i;
            }
        }
        return count - 1;
    }

    private static int chooseByDepthShare(final LadderBook book, final int side, final double u) {
        final int last = book.levels() - 1;
        final double total = book.totalDepth(side);
        double sum = 0.0;
        for (int level = 0; level < last; level++) {
            sum += book.depth(side, level);
            if (u < sum / total) {
                return level;
            }
        }
        return last;
    }
}
