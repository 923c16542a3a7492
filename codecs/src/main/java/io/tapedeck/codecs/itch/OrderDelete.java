package io.tapedeck.codecs.itch;

/**
 * Order Delete, type {@code D}: all that is left of an order is taken off.
 *
 * <pre>
 * offset  length  field
 *      0      11  header                           see {@link ItchHeaderDescriptor}
 *     11       8  order reference number           unique for the day
 * </pre>
 */
public final class OrderDelete extends ItchMessageFlyweight<OrderDelete> {
    /** Type byte. */
    public static final byte TYPE = 'D';

    /** Length in bytes. */
    public static final int LENGTH = 19;

    private static final int ORDER_REFERENCE_NUMBER_OFFSET = 11;

    /** Wraps nothing yet. */
    public OrderDelete() {
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
    public OrderDelete orderReferenceNumber(final long orderReferenceNumber) {
        putLong(ORDER_REFERENCE_NUMBER_OFFSET, orderReferenceNumber);
        return this;
    }
}
