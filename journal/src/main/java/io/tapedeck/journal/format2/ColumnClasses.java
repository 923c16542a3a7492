package io.tapedeck.journal.format2;

import static io.tapedeck.journal.format2.ColumnDescriptor.CLASSES;

import java.util.Arrays;

/**
 * Four ranges of values that follow one another from 0 on, each with its own width: a value is coded as the number of its
 * class and its distance from where the class begins.
 *
 * <p>The widths are chosen from a histogram of the values, finer than powers of two, by going downhill from a first guess
 * until no change of a width by one or two makes the code shorter. For waiting times of a Poisson process that is
 * 0.3 bits above their entropy, where classes that all begin at 0 are 0.9 bits above it.
 */
final class ColumnClasses {
    /** Buckets per power of two, as a power of two. */
    private static final int FINE = 2;

    private static final int BUCKETS = 64 << FINE;

    private final int maxWidth;
    private final int[] widths = new int[CLASSES];
    private final long[] offsets = new long[CLASSES];
    private final int[] counts = new int[BUCKETS];
    private long seen;
    private final int[] trial = new int[CLASSES];

    ColumnClasses(final int maxWidth) {
        this.maxWidth = maxWidth;
    }

    void clear() {
        Arrays.fill(counts, 0);
        seen = 0;
    }

    /** Counts a value, which may be left out as long as {@link #cover} was told of it. */
    void count(final long value) {
        counts[bucket(value)]++;
    }

    /** Takes note of a value that has to have a class. */
    void cover(final long value) {
        seen |= value;
    }

    private static int bucket(final long value) {
        final int octave = Math.max(FINE, 63 - Long.numberOfLeadingZeros(value | 1)) - FINE;
        return (int) (value >>> octave) + (octave << FINE);
    }

    /** Chooses the widths. */
    void choose() {
        int total = 0;
        for (int i = 0; i < BUCKETS; i++) {
            // From here on: how many values are in a bucket or below it.
            total += counts[i];
            counts[i] = total;
        }
        for (int i = 0; i < CLASSES - 1; i++) {
            trial[i] = Math.min(width(quantile(total / CLASSES * (i + 1))), maxWidth - 1);
        }
        long best = cost();
        System.arraycopy(trial, 0, widths, 0, CLASSES);
        boolean isBetter = true;
        while (isBetter) {
            isBetter = false;
            for (int i = 0; i < CLASSES - 1; i++) {
                for (int step = -2; step <= 2; step++) {
                    System.arraycopy(widths, 0, trial, 0, CLASSES);
                    trial[i] += step;
                    if (step != 0 && trial[i] >= 0 && trial[i] < maxWidth) {
                        final long cost = cost();
                        if (cost < best) {
                            best = cost;
                            System.arraycopy(trial, 0, widths, 0, CLASSES);
                            isBetter = true;
                        }
                    }
                }
            }
        }
        place(widths, offsets);
    }

    private static int width(final long value) {
        return Long.SIZE - Long.numberOfLeadingZeros(value);
    }

    private long quantile(final int rank) {
        int bucket = 0;
        while (bucket < BUCKETS - 1 && counts[bucket] <= rank) {
            bucket++;
        }
        return least(bucket);
    }

    /** The least value of a bucket. */
    private static long least(final int bucket) {
        final int octave = Math.max(0, (bucket >>> FINE) - 1);
        return (long) (bucket - (octave << FINE)) << octave;
    }

    /** The bits of all values with the widths on trial; the last one is as wide as it has to be. */
    private long cost() {
        long cost = 0;
        long offset = 0;
        int below = 0;
        for (int i = 0; i < CLASSES - 1; i++) {
            offset += 1L << trial[i];
            final int upTo = counts[bucket(offset - 1)];
            cost += (long) (upTo - below) * trial[i];
            below = upTo;
        }
        // Every value seen is below the next power of two above the union of all.
        final long most = (Long.highestOneBit(seen) << 1) - 1;
        trial[CLASSES - 1] = most < offset ? 0 : width(most - offset);
        return cost + (long) (counts[BUCKETS - 1] - below) * trial[CLASSES - 1];
    }

    /** Where classes of these widths begin. */
    static void place(final int[] widths, final long[] offsets) {
        offsets[0] = 0;
        for (int i = 1; i < CLASSES; i++) {
            offsets[i] = offsets[i - 1] + (1L << widths[i - 1]);
        }
    }

    int width(final int index) {
        return widths[index];
    }

    long offset(final int index) {
        return offsets[index];
    }
}
