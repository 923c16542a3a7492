package io.tapedeck.engine.facts;

import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;

/** How long a whole number had each of its values. Values above a bound are one. */
final class TimeWeights {
    private static final long MAX_VALUE = 1 << 20;
    private static final double LEAST_STEP_PERCENT = 0.2;

    private final Long2LongHashMap nanoseconds = new Long2LongHashMap(0);
    private long totalNs;

    void add(final long value, final long durationNs) {
        if (durationNs > 0) {
            final long bounded = Math.min(value, MAX_VALUE);
            nanoseconds.put(bounded, nanoseconds.get(bounded) + durationNs);
            totalNs += durationNs;
        }
    }

    long totalNs() {
        return totalNs;
    }

    /** The share of time with this value. */
    double share(final long value) {
        return totalNs == 0 ? 0 : (double) nanoseconds.get(value) / totalNs;
    }

    double mean() {
        double sum = 0;
        for (final Long2LongHashMap.EntryIterator it = nanoseconds.entrySet().iterator(); it.hasNext(); ) {
            it.next();
            sum += (double) it.getLongKey() * it.getLongValue();
        }
        return sum / totalNs;
    }

    /**
     * The largest of 1, 5, 10, 25, 50, 100 ... that divides the value nearly all the time: the price step of quotes that
     * are recorded in a finer unit.
     */
    long step() {
        for (final long step : new long[] {10_000, 5_000, 1_000, 500, 100, 50, 25, 10, 5}) {
            long dividedNs = 0;
            for (final Long2LongHashMap.EntryIterator it =
                            nanoseconds.entrySet().iterator();
                    it.hasNext(); ) {
                it.next();
                dividedNs += it.getLongKey() % step == 0 ? it.getLongValue() : 0;
            }
            if (totalNs > 0 && dividedNs >= 0.999 * totalNs) {
                return step;
            }
        }
        return 1;
    }

    /** The percentage of time at or below each value, in steps, where it grows by something that can be seen. */
    Series cumulated(final String name, final long step) {
        final long[] values = new long[nanoseconds.size()];
        int count = 0;
        for (final Long2LongHashMap.EntryIterator it = nanoseconds.entrySet().iterator(); it.hasNext(); ) {
            it.next();
            values[count++] = it.getLongKey();
        }
        Arrays.sort(values);
        final double[] x = new double[count];
        final double[] y = new double[count];
        int points = 0;
        long belowNs = 0;
        for (final long value : values) {
            belowNs += nanoseconds.get(value);
            final double percent = 100.0 * belowNs / totalNs;
            if (points == 0 || percent - y[points - 1] >= LEAST_STEP_PERCENT || belowNs == totalNs) {
                x[points] = (double) value / step;
                y[points++] = percent;
            }
        }
        return new Series(name, Arrays.copyOf(x, points), Arrays.copyOf(y, points));
    }
}
