package io.tapedeck.codecs.itch;

/**
 * Trade, type {@code P}: an order that was not displayed traded; the book does not change.
 *
 * <pre>
 * offset  length  field
 *      0      11  header                           see {@link ItchHeaderDescriptor}
 *     11       8  order reference number           0 today
 *     19       1  buy/sell indicator               B, S
 *     20       4  shares
 *     24       8  stock                            ASCII, space-padded
 *     32       4  price                            1/10,000
 *     36       8  match number                     unique for the day
 * </pre>
 */
public final class Trade extends ItchMessageFlyweight<Trade> {
    /** Type byte. */
    public static final byte TYPE = 'P';

    /** Length in bytes. */
    public static final int LENGTH = 44;

    private static final int ORDER_REFERENCE_NUMBER_OFFSET = 11;
    private static final int BUY_SELL_INDICATOR_OFFSET = 19;
    private static final int SHARES_OFFSET = 20;
    private static final int STOCK_OFFSET = 24;
    private static final int PRICE_OFFSET = 32;
    private static final int MATCH_NUMBER_OFFSET = 36;

    /** Wraps nothing yet. */
    public Trade() {
        super(TYPE, LENGTH);
    }

    /**
     * Order that was hit.
     *
     * @return unsigned 64-bit number; the exchange sends 0.
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
    public Trade orderReferenceNumber(final long orderReferenceNumber) {
        putLong(ORDER_REFERENCE_NUMBER_OFFSET, orderReferenceNumber);
        return this;
    }

    /**
     * Side of the order that was hit.
     *
     * @return {@code B} or {@code S}; the exchange sends {@code B}.
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
    public Trade buySellIndicator(final byte buySellIndicator) {
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
    public Trade shares(final long shares) {
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
    public Trade stock(final long stock) {
        putLong(STOCK_OFFSET, stock);
        return this;
    }

    /**
     * Price of the trade.
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
    public Trade price(final long price) {
        putUint(PRICE_OFFSET, price);
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
    public Trade matchNumber(final long matchNumber) {
        putLong(MATCH_NUMBER_OFFSET, matchNumber);
        return this;
    }
}
