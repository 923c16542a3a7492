package io.tapedeck.codecs.itch;

/**
 * Order Cancel, type {@code X}: part of an order is taken off.
 *
 * <pre>
 * offset  length  field
 *      0      11  header                           see {@link ItchHeaderDescriptor}
 *     11       8  order reference number           unique for the day
 *     19       4  canceled shares
 * </pre>
 */
public final class OrderCancel extends ItchMessageFlyweight<OrderCancel> {
    /** Type byte. */
    public static final byte TYPE = 'X';

    /** Length in bytes. */
    public static final int LENGTH = 23;

    private static final int ORDER_REFERENCE_NUMBER_OFFSET = 11;
    private static final int CANCELED_SHARES_OFFSET = 19;

    /** Wraps nothing yet. */
    public OrderCancel() {
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
    public OrderCancel orderReferenceNumber(final long orderReferenceNumber) {
        putLong(ORDER_REFERENCE_NUMBER_OFFSET, orderReferenceNumber);
        return this;
    }

    /**
     * Shares taken off, not shares left.
     *
     * @return shares, unsigned 32 bits.
     */
    public long canceledShares() {
        return uintAt(CANCELED_SHARES_OFFSET);
    }

    /**
     * Sets the canceled shares.
     *
     * @param canceledShares as {@link #canceledShares()} gives it.
     * @return this.
     */
    public OrderCancel canceledShares(final long canceledShares) {
        putUint(CANCELED_SHARES_OFFSET, canceledShares);
        return this;
    }
}
