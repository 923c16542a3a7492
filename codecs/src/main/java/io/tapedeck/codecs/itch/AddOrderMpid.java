package io.tapedeck.codecs.itch;

/**
 * Add Order with MPID, type {@code F}: a displayed order that names its participant enters the book.
 *
 * <pre>
 * offset  length  field
 *      0      11  header                           see {@link ItchHeaderDescriptor}
 *     11       8  order reference number           unique for the day
 *     19       1  buy/sell indicator               B, S
 *     20       4  shares
 *     24       8  stock                            ASCII, space-padded
 *     32       4  price                            1/10,000
 *     36       4  attribution                      ASCII, space-padded
 * </pre>
 */
public final class AddOrderMpid extends ItchMessageFlyweight<AddOrderMpid> {
    /** Type byte. */
    public static final byte TYPE = 'F';

    /** Length in bytes. */
    public static final int LENGTH = 40;

    private static final int ORDER_REFERENCE_NUMBER_OFFSET = 11;
    private static final int BUY_SELL_INDICATOR_OFFSET = 19;
    private static final int SHARES_OFFSET = 20;
    private static final int STOCK_OFFSET = 24;
    private static final int PRICE_OFFSET = 32;
    private static final int ATTRIBUTION_OFFSET = 36;

    /** Wraps nothing yet. */
    public AddOrderMpid() {
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
    public AddOrderMpid orderReferenceNumber(final long orderReferenceNumber) {
        putLong(ORDER_REFERENCE_NUMBER_OFFSET, orderReferenceNumber);
        return this;
    }

    /**
     * Side of the order.
     *
     * @return {@code B} or {@code S}.
     */
    public byte buySellIndicator() {
        return byteAt(BUY_SELL_INDICATOR_OFFSET);
    }

    /**
     * Sets the buy/sell indicator.
     *
     * @param buySellIndicator as {@link #buySellIndicator()} gives it.
     * @return this.
     */
    public AddOrderMpid buySellIndicator(final byte buySellIndicator) {
        putByte(BUY_SELL_INDICATOR_OFFSET, buySellIndicator);
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
    public AddOrderMpid shares(final long shares) {
        putUint(SHARES_OFFSET, shares);
        return this;
    }

    /**
     * Symbol of the stock.
     *
     * @return eight ASCII bytes, the first one highest; {@link Alpha#text(long)} makes text of it.
     */
    public long stock() {
        return longAt(STOCK_OFFSET);
    }

    /**
     * Sets the stock.
     *
     * @param stock as {@link #stock()} gives it.
     * @return this.
     */
    public AddOrderMpid stock(final long stock) {
        putLong(STOCK_OFFSET, stock);
        return this;
    }

    /**
     * Limit of the order.
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
    public AddOrderMpid price(final long price) {
        putUint(PRICE_OFFSET, price);
        return this;
    }

    /**
     * The participant whose order it is.
     *
     * @return four ASCII bytes, the first one highest.
     */
    public int attribution() {
        return intAt(ATTRIBUTION_OFFSET);
    }

    /**
     * Sets the attribution.
     *
     * @param attribution as {@link #attribution()} gives it.
     * @return this.
     */
    public AddOrderMpid attribution(final int attribution) {
        putInt(ATTRIBUTION_OFFSET, attribution);
        return this;
    }
}
