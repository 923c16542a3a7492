package io.tapedeck.codecs.itch;

/**
 * Order Replace, type {@code U}: an order goes and another one, last in its queue, takes over its stock, side and
 * participant.
 *
 * <pre>
 * offset  length  field
 *      0      11  header                           see {@link ItchHeaderDescriptor}
 *     11       8  original order reference number  unique for the day
 *     19       8  new order reference number       unique for the day
 *     27       4  shares
 *     31       4  price                            1/10,000
 * </pre>
 */
public final class OrderReplace extends ItchMessageFlyweight<OrderReplace> {
    /** Type byte. */
    public static final byte TYPE = 'U';

    /** Length in bytes. */
    public static final int LENGTH = 35;

    private static final int ORIGINAL_ORDER_REFERENCE_NUMBER_OFFSET = 11;
    private static final int NEW_ORDER_REFERENCE_NUMBER_OFFSET = 19;
    private static final int SHARES_OFFSET = 27;
    private static final int PRICE_OFFSET = 31;

    /** Wraps nothing yet. */
    public OrderReplace() {
        super(TYPE, LENGTH);
    }

    /**
     * Order that is gone.
     *
     * @return unsigned 64-bit number.
     */
    public long originalOrderReferenceNumber() {
        return longAt(ORIGINAL_ORDER_REFERENCE_NUMBER_OFFSET);
    }

    /**
     * Sets the original order reference number.
     *
     * @param originalOrderReferenceNumber as {@link #originalOrderReferenceNumber()} gives it.
     * @return this.
     */
    public OrderReplace originalOrderReferenceNumber(final long originalOrderReferenceNumber) {
        putLong(ORIGINAL_ORDER_REFERENCE_NUMBER_OFFSET, originalOrderReferenceNumber);
        return this;
    }

    /**
     * Order that takes its place.
     *
     * @return unsigned 64-bit number.
     */
    public long newOrderReferenceNumber() {
        return longAt(NEW_ORDER_REFERENCE_NUMBER_OFFSET);
    }

    /**
     * Sets the new order reference number.
     *
     * @param newOrderReferenceNumber as {@link #newOrderReferenceNumber()} gives it.
     * @return this.
     */
    public OrderReplace newOrderReferenceNumber(final long newOrderReferenceNumber) {
        putLong(NEW_ORDER_REFERENCE_NUMBER_OFFSET, newOrderReferenceNumber);
        return this;
    }

    /**
     * How many shares.
     *
     * @return shares, unsigned 32 bits.
     */
    public long shares() {
        return uintAt(SHARES_OFFSET);
    }

    /**
     * Sets the shares.
     *
     * @param shares as {@link #shares()} gives it.
     * @return this.
     */
    public OrderReplace shares(final long shares) {
        putUint(SHARES_OFFSET, shares);
        return this;
    }

    /**
     * Limit of the new order.
     *
     * @return price in 1/10,000, unsigned 32 bits; the exchange allows up to 200,000.0000.
     */
    public long price() {
        return uintAt(PRICE_OFFSET);
    }

    /**
     * Sets the price.
     *
     * @param price as {@link #price()} gives it.
     * @return this.
     */
    public OrderReplace price(final long price) {
        putUint(PRICE_OFFSET, price);
        return this;
    }
}
