package io.tapedeck.engine.model;

/**
 * Whether a queue with given rates forgets where it began. Huang, Lehalle and Rosenbaum (2015), theorem 2.1, ask for
 * two things of the arrival rates f and departure rates g: that from some size on f - g stays below a negative number,
 * and that f is bounded. Tables that end are bounded; and as they go on with their last entry, the first means that at
 * the last entry less must arrive than departs. A queue must also be able to leave every size that it reaches.
 */
final class QueueErgodicity {
    private QueueErgodicity() {}

    /**
     * Holds the rates of a queue against the conditions.
     *
     * @param name       of the queue, for messages.
     * @param arrivals   per second by size; goes on with its last entry.
     * @param departures per second by size; goes on with its last entry.
     * @param first      the smallest size that the queue has.
     * @throws IllegalArgumentException naming queue and size.
     */
    static void require(final String name, final double[] arrivals, final double[] departures, final int first) {
        final int last = Math.max(Math.max(arrivals.length, departures.length) - 1, first);
        for (int size = first; size <= last; size++) {
            final double arriving = CurveTable.rate(arrivals, size);
            final double departing = CurveTable.rate(departures, size);
            if (size == 0 && departing > 0) {
                throw fault(name, size, arriving, departing, "nothing can depart from an empty queue");
            }
            if (size == first && !(arriving + departing > 0)) {
                throw fault(name, size, arriving, departing, "nothing ever happens at this size");
            }
            if (size > first && !(departing > 0)) {
                throw fault(name, size, arriving, departing, "the queue gets to this size and never back below it");
            }
            if (!(arriving > 0)) {
                // The queue never grows beyond this size, whatever the tables say of larger ones.
                return;
            }
        }
        final double arriving = CurveTable.rate(arrivals, last);
        final double departing = CurveTable.rate(departures, last);
        if (!(arriving < departing)) {
            throw fault(
                    name,
                    last,
                    arriving,
                    departing,
                    "the tables end here and go on like this, so the queue would grow without bound; fewer orders must"
                            + " arrive than depart");
        }
    }

    private static IllegalArgumentException fault(
            final String name, final int size, final double arriving, final double departing, final String what) {
        return new IllegalArgumentException(name + ", size " + size + ": " + what + ": arrivals " + arriving
                + " per second, departures " + departing);
    }
}
