package io.tapedeck.codecs.itch;

/**
 * Order Executed, type {@code E}: an order in the book trades, all or part of it, at its own price.
 *
 * <pre>
 * offset  length  field
 *      0      11  header                           see {@link ItchHeaderDescriptor}
 *     11       8  order reference number           unique for the day
 *     19       4  executed shares
 *     23       8  match number                     unique for the day
 * </pre>
 */
public final class OrderExecuted extends ItchMessageFlyweight<OrderExecuted> {
    /** Type byte. */
    public static final byte TYPE = 'E';

    /** Length in bytes. */
    public static final int LENGTH = 31;

    private static final int ORDER_REFERENCE_NUMBER_OFFSET = 11;
    private static final int EXECUTED_SHARES_OFFSET = 19;
    private static final int MATCH_NUMBER_OFFSET = 23;

    /** Wraps nothing yet. */
    public OrderExecuted() {
        super(TYPE, LENGTH);
    }

    /**
     * Order that the message is about.
     *
     * @return unsigned 64-bit number, given out once a day over all stocks.
     */
    public long orderReferenceNumber() {
        return longAt(ORDER_REFERENCE_NUMBER_OFFSET);
    }

    /**
     * Sets the order reference number.
     *
     * @param orderReferenceNumber as {@link #orderReferenceNumber()} gives it.
     * @return this.
     */
    public OrderExecuted orderReferenceNumber(final long orderReferenceNumber) {
        putLong(ORDER_REFERENCE_NUMBER_OFFSET, orderReferenceNumber);
        return this;
    }

    /**
     * Shares that traded now.
     *
     * @return shares, unsigned 32 bits; when none are left, the order is gone.
     */
    public long executedShares() {
        return uintAt(EXECUTED_SHARES_OFFSET);
    }

    /**
     * Sets the executed shares.
     *
     * @param executedShares as {@link #executedShares()} gives it.
     * @return this.
     */
    public OrderExecuted executedShares(final long executedShares) {
        putUint(EXECUTED_SHARES_OFFSET, executedShares);
        return this;
    }

    /**
     * Number of the trade, which a broken trade message would name.
     *
     * @return unsigned 64-bit number, given out once a day.
     */
    public long matchNumber() {
        return longAt(MATCH_NUMBER_OFFSET);
    }

    /**
     * Sets the match number.
     *
     * @param matchNumber as {@link #matchNumber()} gives it.
     * @return this.
     */
    public OrderExecuted matchNumber(final long matchNumber) {
        putLong(MATCH_NUMBER_OFFSET, matchNumber);
        return this;
    }
}
