package io.tapedeck.engine.calibration;

import java.util.Arrays;

/**
 * What is known of one queue, or of several that are held to be alike: by size, the events of each kind and the time at
 * risk for each kind.
 *
 * <p><b>Note:</b> belongs to one thread. No allocation but for sizes larger than any before.
 */
public final class QueueCells {
    /** The largest size with a cell of its own; larger ones share it. */
    public static final int MAX_SIZE = 16_383;

    private final double[][] seconds = new double[EventKind.COUNT][64];
    private final long[][] counts = new long[EventKind.COUNT][64];
    private int largest = -1;
    private long eventCount;
    private long shareCount;

    /** No events and no time. */
    public QueueCells() {}

    void addTime(final int size, final double limit, final double cancel, final double market) {
        final int at = place(size);
        seconds[EventKind.LIMIT][at] += limit;
        seconds[EventKind.CANCEL][at] += cancel;
        seconds[EventKind.MARKET][at] += market;
    }

    void addEvent(final int size, final int kind, final int shares) {
        // First, for it may replace the arrays.
        final int at = place(size);
        counts[kind][at]++;
        eventCount++;
        shareCount += shares;
    }

    /** Takes in what another queue has seen. */
    void add(final QueueCells other) {
        for (int size = 0; size <= other.largest; size++) {
            place(size);
            for (int kind = 0; kind < EventKind.COUNT; kind++) {
                seconds[kind][size] += other.seconds[kind][size];
                counts[kind][size] += other.counts[kind][size];
            }
        }
        eventCount += other.eventCount;
        shareCount += other.shareCount;
    }

    private int place(final int size) {
        final int at = Math.min(size, MAX_SIZE);
        if (at > largest) {
            largest = at;
            if (at >= seconds[0].length) {
                final int length = Math.max(2 * seconds[0].length, at + 1);
                for (int kind = 0; kind < EventKind.COUNT; kind++) {
                    seconds[kind] = Arrays.copyOf(seconds[kind], length);
                    counts[kind] = Arrays.copyOf(counts[kind], length);
                }
            }
        }
        return at;
    }

    /**
     * The largest size that was seen.
     *
     * @return -1 if there was none.
     */
    public int largestSize() {
        return largest;
    }

    /**
     * What is known of one cell.
     *
     * @param kind one of {@link EventKind}.
     * @param size 0 to {@link #largestSize()}.
     * @return events and time at risk.
     */
    public RateEstimate estimate(final int kind, final int size) {
        return new RateEstimate(counts[kind][size], seconds[kind][size]);
    }

    /**
     * Events of one cell.
     *
     * @param kind one of {@link EventKind}.
     * @param size any, 0 or more.
     * @return their number.
     */
    public long count(final int kind, final int size) {
        return size <= largest ? counts[kind][size] : 0;
    }

    /**
     * Time at risk of one cell.
     *
     * @param kind one of {@link EventKind}.
     * @param size any, 0 or more.
     * @return seconds, weighted with the {@link Feedback}.
     */
    public double seconds(final int kind, final int size) {
        return size <= largest ? seconds[kind][size] : 0;
    }

    /**
     * Events of all kinds at one size.
     *
     * @param size any, 0 or more.
     * @return their number.
     */
    public long count(final int size) {
        return count(EventKind.LIMIT, size) + count(EventKind.CANCEL, size) + count(EventKind.MARKET, size);
    }

    /**
     * Events of all kinds and sizes.
     *
     * @return their number.
     */
    public long eventCount() {
        return eventCount;
    }

    /**
     * The average size of the events.
     *
     * @return shares; NaN without events.
     */
    public double averageEventSize() {
        return eventCount == 0 ? Double.NaN : (double) shareCount / eventCount;
    }
}
