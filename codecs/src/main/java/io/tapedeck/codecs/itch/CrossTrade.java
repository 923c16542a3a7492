package io.tapedeck.codecs.itch;

/**
 * Cross Trade, type {@code Q}: the bulk print of an auction.
 *
 * <pre>
 * offset  length  field
 *      0      11  header                           see {@link ItchHeaderDescriptor}
 *     11       8  shares                           64 bits
 *     19       8  stock                            ASCII, space-padded
 *     27       4  cross price                      1/10,000
 *     31       8  match number                     unique for the day
 *     39       1  cross type                       O C H
 * </pre>
 */
public final class CrossTrade extends ItchMessageFlyweight<CrossTrade> {
    /** Type byte. */
    public static final byte TYPE = 'Q';

    /** Length in bytes. */
    public static final int LENGTH = 40;

    private static final int SHARES_OFFSET = 11;
    private static final int STOCK_OFFSET = 19;
    private static final int CROSS_PRICE_OFFSET = 27;
    private static final int MATCH_NUMBER_OFFSET = 31;
    private static final int CROSS_TYPE_OFFSET = 39;

    /** Wraps nothing yet. */
    public CrossTrade() {
        super(TYPE, LENGTH);
    }

    /**
     * How many shares were matched.
     *
     * @return shares, unsigned 64 bits; may be 0.
     */
    public long shares() {
        return longAt(SHARES_OFFSET);
    }

    /**
     * Sets the shares.
     *
     * @param shares as {@link #shares()} gives it.
     * @return this.
     */
    public CrossTrade shares(final long shares) {
        putLong(SHARES_OFFSET, shares);
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
    public CrossTrade stock(final long stock) {
        putLong(STOCK_OFFSET, stock);
        return this;
    }

    /**
     * Price of the auction.
     *
     * @return price in 1/10,000, unsigned 32 bits; the exchange allows up to 200,000.0000.
     */
    public long crossPrice() {
        return uintAt(CROSS_PRICE_OFFSET);
    }

    /**
     * Sets the cross price.
     *
     * @param crossPrice as {@link #crossPrice()} gives it.
     * @return this.
     */
    public CrossTrade crossPrice(final long crossPrice) {
        putUint(CROSS_PRICE_OFFSET, crossPrice);
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
    public CrossTrade matchNumber(final long matchNumber) {
        putLong(MATCH_NUMBER_OFFSET, matchNumber);
        return this;
    }

    /**
     * Which auction.
     *
     * @return {@code O} opening, {@code C} closing, {@code H} after a halt or of a new stock.
     */
    public byte crossType() {
        return byteAt(CROSS_TYPE_OFFSET);
    }

    /**
     * Sets the cross type.
     *
     * @param crossType as {@link #crossType()} gives it.
     * @return this.
     */
    public CrossTrade crossType(final byte crossType) {
        putByte(CROSS_TYPE_OFFSET, crossType);
        return this;
    }
}
