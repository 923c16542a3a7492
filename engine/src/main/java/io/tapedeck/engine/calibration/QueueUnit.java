package io.tapedeck.engine.calibration;

/** What a queue's size is counted in. Immutable. */
public final class QueueUnit {
    private final double[] averageEventSizes;

    private QueueUnit(final double[] averageEventSizes) {
        this.averageEventSizes = averageEventSizes;
    }

    /**
     * Orders, whatever their size: what simulated queues are made of.
     *
     * @return the unit.
     */
    public static QueueUnit orders() {
        return new QueueUnit(null);
    }

    /**
     * The average size of the events at the level: a queue is the number of average events that it can take, rounded up.
     *
     * @param sharesByLevel above 0, one for each level; further levels take the last.
     * @return the unit.
     * @throws IllegalArgumentException if there is none, or one that is not a finite number above 0.
     */
    public static QueueUnit averageEventSizes(final double[] sharesByLevel) {
        if (sharesByLevel.length == 0) {
            throw new IllegalArgumentException("a queue's unit needs the average size of at least one level");
        }
        for (int level = 0; level < sharesByLevel.length; level++) {
            if (!(sharesByLevel[level] > 0) || Double.isInfinite(sharesByLevel[level])) {
                throw new IllegalArgumentException("the average event size of level " + level
                        + " must be a number above 0: " + sharesByLevel[level]);
            }
        }
        return new QueueUnit(sharesByLevel.clone());
    }

    /**
     * Whether it is orders that count.
     *
     * @return false if it is shares, in average event sizes.
     */
    public boolean isOrders() {
        return averageEventSizes == null;
    }

    /**
     * What a unit is worth, for whoever compares queues of different levels.
     *
     * @param level from 0.
     * @return shares; 1 at all levels where it is orders that count.
     */
    public double shares(final int level) {
        return isOrders() ? 1 : averageEventSizes[Math.min(level, averageEventSizes.length - 1)];
    }

    /** A queue's size: 0 of an empty one, and of no other. */
    int size(final int level, final long orders, final long quantity) {
        if (averageEventSizes == null) {
            return (int) Math.min(Integer.MAX_VALUE, orders);
        }
        return (int) Math.ceil(quantity / shares(level));
    }
}
