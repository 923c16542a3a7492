package io.tapedeck.engine.model;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rates of one queue by its size n, in orders: additions, cancellations, market orders, each a table in events per
 * second from n = 0 on. Beyond its end a table goes on with its last entry.
 *
 * <p>A queue that moves by these rates alone is a birth-and-death chain. It forgets where it began and has an
 * {@link InvariantLaw} if every size that it can reach is left again downwards, and if far out it loses more than it
 * gains; curves for which that is not so are refused. Immutable.
 */
public final class QueueCurves {
    /** The most entries that one table may have. */
    public static final int MAX_TABLE_LENGTH = QueueReactiveCurves.MAX_TABLE_LENGTH;

    /** The highest rate that an entry may have, in events per second: times are whole nanoseconds. */
    public static final double MAX_RATE = 1e9;

    private final double[] limit;
    private final double[] cancel;
    private final double[] market;
    private final InvariantLaw invariantLaw;

    /**
     * The curves of a queue. The arrays are copied.
     *
     * @param name   of the queue, for messages, such as {@code bid level 0}.
     * @param limit  additions.
     * @param cancel cancellations; 0 at size 0.
     * @param market market orders; 0 at size 0.
     * @throws IllegalArgumentException naming the queue and the size at which something is wrong.
     */
    public QueueCurves(final String name, final double[] limit, final double[] cancel, final double[] market) {
        this.limit = checked(name, "additions", limit);
        this.cancel = checked(name, "cancellations", cancel);
        this.market = checked(name, "market orders", market);
        QueueErgodicity.require(name, this.limit, CurveTable.sum(this.cancel, this.market), 0);
        invariantLaw = new InvariantLaw(name, this);
    }

    /**
     * The rate of additions.
     *
     * @param size of the queue, 0 or more.
     * @return events per second.
     */
    public double limit(final int size) {
        return CurveTable.rate(limit, size);
    }

    /**
     * The rate of cancellations.
     *
     * @param size of the queue, 0 or more.
     * @return events per second.
     */
    public double cancel(final int size) {
        return CurveTable.rate(cancel, size);
    }

    /**
     * The rate of market orders.
     *
     * @param size of the queue, 0 or more.
     * @return events per second.
     */
    public double market(final int size) {
        return CurveTable.rate(market, size);
    }

    /** The tables as texts, in the order of the constructor's parameters. */
    List<String> texts() {
        return Stream.of(limit, cancel, market).map(CurveTable::text).collect(Collectors.toList());
    }

    /**
     * The longest table's length.
     *
     * @return from this size less one on, all rates stay what they are; 1 or more.
     */
    public int tableLength() {
        return Math.max(limit.length, Math.max(cancel.length, market.length));
    }

    /**
     * How large the queue is when nothing but these rates has moved it for long.
     *
     * @return the law that they leave as it is.
     */
    public InvariantLaw invariantLaw() {
        return invariantLaw;
    }

    private static double[] checked(final String name, final String kind, final double[] table) {
        if (table.length == 0 || table.length > MAX_TABLE_LENGTH) {
            throw new IllegalArgumentException(name + ", " + kind + ": a table has 1 to " + MAX_TABLE_LENGTH
                    + " entries, this one has " + table.length);
        }
        for (int size = 0; size < table.length; size++) {
            if (!(table[size] >= 0 && table[size] <= MAX_RATE)) {
                throw new IllegalArgumentException(name + ", size " + size + ", " + kind
                        + ": a rate lies between 0 and " + MAX_RATE + " per second, found " + table[size]);
            }
        }
        return table.clone();
    }
}
