package io.tapedeck.engine.replay;

import java.io.IOException;

/**
 * Says when books are as they were at the points of a regular grid of times: in front of the first event behind a point. Where
 * no event came between several points only the last is told of, as the books are the same at all of them.
 *
 * <p><b>Note:</b> belongs to one thread.
 */
public final class SnapshotGrid {
    private static final long NO_TIME = -1;

    private final long intervalNs;
    private final Listener listener;
    private long nextNs = NO_TIME;

    /** Called when the books are as they were at a point of the grid. */
    @FunctionalInterface
    public interface Listener {
        /**
         * All events up to a time are applied, and none after it.
         *
         * @param timeNs nanoseconds since midnight, a multiple of the interval.
         * @throws IOException if a snapshot cannot be written; it ends the replay.
         */
        void onSnapshot(long timeNs) throws IOException;
    }

    /**
     * A grid that begins at its first point that is not before the first event.
     *
     * @param intervalNs between two points, which are multiples of it; 1 or more.
     * @param listener   is told.
     * @throws IllegalArgumentException if the interval is not positive.
     */
    public SnapshotGrid(final long intervalNs, final Listener listener) {
        if (intervalNs < 1) {
            throw new IllegalArgumentException(
                    "a grid of snapshots needs a positive interval: intervalNs=" + intervalNs);
        }
        this.intervalNs = intervalNs;
        this.listener = listener;
    }

    /**
     * To be called in front of every event.
     *
     * @param timeNs of the event, nanoseconds since midnight, not negative.
     * @throws IOException what the listener throws.
     */
    public void beforeEvent(final long timeNs) throws IOException {
        if (nextNs == NO_TIME) {
            beginAt(timeNs);
        }
        if (timeNs > nextNs) {
            final long lastNs = (timeNs - 1) / intervalNs * intervalNs;
            listener.onSnapshot(lastNs);
            nextNs = lastNs + intervalNs;
        }
    }

    /**
     * Begins the grid before the first event.
     *
     * @param timeNs the first point is not before it.
     */
    public void beginAt(final long timeNs) {
        nextNs = (timeNs + intervalNs - 1) / intervalNs * intervalNs;
    }
}
