package io.tapedeck.codecs.itch;

/**
 * Order Executed With Price, type {@code C}: an order in the book trades at another price than its own.
 *
 * <pre>
 * offset  length  field
 *      0      11  header                           see {@link ItchHeaderDescriptor}
 *     11       8  order reference number           unique for the day
 *     19       4  executed shares
 *     23       8  match number                     unique for the day
 *     31       1  printable                        Y N
 *     32       4  execution price                  1/10,000
 * </pre>
 */
public final class OrderExecutedWithPrice extends ItchMessageFlyweight<OrderExecutedWithPrice> {
    /** Type byte. */
    public static final byte TYPE = 'C';

    /** Length in bytes. */
    public static final int LENGTH = 36;

    private static final int ORDER_REFERENCE_NUMBER_OFFSET = 11;
    private static final int EXECUTED_SHARES_OFFSET = 19;
    private static final int MATCH_NUMBER_OFFSET = 23;
    private static final int PRINTABLE_OFFSET = 31;
    private static final int EXECUTION_PRICE_OFFSET = 32;

    /** Wraps nothing yet. */
    public OrderExecutedWithPrice() {
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
    public OrderExecutedWithPrice orderReferenceNumber(final long orderReferenceNumber) {
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
    public OrderExecutedWithPrice executedShares(final long executedShares) {
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
    public OrderExecutedWithPrice matchNumber(final long matchNumber) {
        putLong(MATCH_NUMBER_OFFSET, matchNumber);
        return this;
    }

    /**
     * Whether this execution is a print of its own.
     *
     * @return {@code Y}, or {@code N} when a bulk print will count it.
     */
    public byte printable() {
        return byteAt(PRINTABLE_OFFSET);
    }

    /**
     * Sets the printable.
     *
     * @param printable as {@link #printable()} gives it.
     * @return this.
     */
    public OrderExecutedWithPrice printable(final byte printable) {
        putByte(PRINTABLE_OFFSET, printable);
        return this;
    }

    /**
     * Price of the trade.
     *
     * @return price in 1/10,000, unsigned 32 bits; the exchange allows up to 200,000.0000.
     */
    public long executionPrice() {
        return uintAt(EXECUTION_PRICE_OFFSET);
    }

    /**
     * Sets the execution price.
     *
     * @param executionPrice as {@link #executionPrice()} gives it.
     * @return this.
     */
    public OrderExecutedWithPrice executionPrice(final long executionPrice) {
        putUint(EXECUTION_PRICE_OFFSET, executionPrice);
        return this;
    }
}
