package io.tapedeck.engine.model;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * The curves of one side for the hot path: for every level and queue size the rate of additions and, beside it, that of
 * cancellations. All tables have the length of the longest: shorter ones go on with their last entry, empty ones with 0.
 */
final class CurveTable {
    private static final int LIMIT = 0;
    private static final int CANCEL = 1;

    private final double[] rates;
    private final int lastDepth;
    private final int depthBits;

    /**
     * Lays the curves side by side.
     *
     * @param limits  additions, one curve per level; not kept.
     * @param cancels cancellations, as many; not kept.
     */
    CurveTable(final double[][] limits, final double[][] cancels) {
        int longest = 1;
        for (int level = 0; level < limits.length; level++) {
            longest = Math.max(longest, Math.max(limits[level].length, cancels[level].length));
        }
        lastDepth = longest - 1;
        depthBits = Integer.SIZE - Integer.numberOfLeadingZeros(lastDepth);
        rates = new double[limits.length << (depthBits + 1)];
        for (int level = 0; level < limits.length; level++) {
            for (int depth = 0; depth < longest; depth++) {
                rates[at(level, depth) + LIMIT] = rate(limits[level], depth);
                rates[at(level, depth) + CANCEL] = rate(cancels[level], depth);
            }
        }
    }

    /** Where the rates of a level stand whose queue holds {@code depth} orders. */
    int at(final int level, final int depth) {
        return (level << depthBits | Math.min(depth, lastDepth)) << 1;
    }

    /** The rate of additions, events per second. */
    double limit(final int at) {
        return rates[at + LIMIT];
    }

    /** The rate of cancellations, events per second. */
    double cancel(final int at) {
        return rates[at + CANCEL];
    }

    /** A curve's rate: it goes on with its last entry, and an empty one is 0. */
    static double rate(final double[] curve, final int depth) {
        return curve.length == 0 ? 0.0 : curve[Math.min(depth, curve.length - 1)];
    }

    /** The sum of two curves, by size. */
    static double[] sum(final double[] one, final double[] other) {
        final double[] sum = new double[Math.max(one.length, other.length)];
        Arrays.setAll(sum, size -> rate(one, size) + rate(other, size));
        return sum;
    }

    /** A curve as a text that {@link ParameterTexts#numbers} reads back. */
    static String text(final double[] curve) {
        return DoubleStream.of(curve).mapToObj(Double::toString).collect(Collectors.joining(","));
    }
}
