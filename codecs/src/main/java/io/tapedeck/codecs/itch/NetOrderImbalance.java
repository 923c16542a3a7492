package io.tapedeck.codecs.itch;

/**
 * Net Order Imbalance Indicator, type {@code I}: how an auction would go now.
 *
 * <pre>
 * offset  length  field
 *      0      11  header                           see {@link ItchHeaderDescriptor}
 *     11       8  paired shares
 *     19       8  imbalance shares
 *     27       1  imbalance direction              B S N O P
 *     28       8  stock                            ASCII, space-padded
 *     36       4  far price                        1/10,000
 *     40       4  near price                       1/10,000
 *     44       4  current reference price          1/10,000
 *     48       1  cross type                       O C H A
 *     49       1  price variation indicator        L 1-9 A B C
 * </pre>
 */
public final class NetOrderImbalance extends ItchMessageFlyweight<NetOrderImbalance> {
    /** Type byte. */
    public static final byte TYPE = 'I';

    /** Length in bytes. */
    public static final int LENGTH = 50;

    private static final int PAIRED_SHARES_OFFSET = 11;
    private static final int IMBALANCE_SHARES_OFFSET = 19;
    private static final int IMBALANCE_DIRECTION_OFFSET = 27;
    private static final int STOCK_OFFSET = 28;
    private static final int FAR_PRICE_OFFSET = 36;
    private static final int NEAR_PRICE_OFFSET = 40;
    private static final int CURRENT_REFERENCE_PRICE_OFFSET = 44;
    private static final int CROSS_TYPE_OFFSET = 48;
    private static final int PRICE_VARIATION_INDICATOR_OFFSET = 49;

    /** Wraps nothing yet. */
    public NetOrderImbalance() {
        super(TYPE, LENGTH);
    }

    /**
     * Shares that would trade at the reference price.
     *
     * @return shares, unsigned 64 bits.
     */
    public long pairedShares() {
        return longAt(PAIRED_SHARES_OFFSET);
    }

    /**
     * Sets the paired shares.
     *
     * @param pairedShares as {@link #pairedShares()} gives it.
     * @return this.
     */
    public NetOrderImbalance pairedShares(final long pairedShares) {
        putLong(PAIRED_SHARES_OFFSET, pairedShares);
        return this;
    }

    /**
     * Shares that would stay over.
     *
     * @return shares, unsigned 64 bits.
     */
    public long imbalanceShares() {
        return longAt(IMBALANCE_SHARES_OFFSET);
    }

    /**
     * Sets the imbalance shares.
     *
     * @param imbalanceShares as {@link #imbalanceShares()} gives it.
     * @return this.
     */
    public NetOrderImbalance imbalanceShares(final long imbalanceShares) {
        putLong(IMBALANCE_SHARES_OFFSET, imbalanceShares);
        return this;
    }

    /**
     * Side that would stay over.
     *
     * @return {@code B}, {@code S}, {@code N} none, {@code O} too few orders, {@code P} paused.
     */
    public byte imbalanceDirection() {
        return byteAt(IMBALANCE_DIRECTION_OFFSET);
    }

    /**
     * Sets the imbalance direction.
     *
     * @param imbalanceDirection as {@link #imbalanceDirection()} gives it.
     * @return this.
     */
    public NetOrderImbalance imbalanceDirection(final byte imbalanceDirection) {
        putByte(IMBALANCE_DIRECTION_OFFSET, imbalanceDirection);
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
    public NetOrderImbalance stock(final long stock) {
        putLong(STOCK_OFFSET, stock);
        return this;
    }

    /**
     * Clearing price of the auction orders alone.
     *
     * @return price in 1/10,000, unsigned 32 bits; the exchange allows up to 200,000.0000.
     */
    public long farPrice() {
        return uintAt(FAR_PRICE_OFFSET);
    }

    /**
     * Sets the far price.
     *
     * @param farPrice as {@link #farPrice()} gives it.
     * @return this.
     */
    public NetOrderImbalance farPrice(final long farPrice) {
        putUint(FAR_PRICE_OFFSET, farPrice);
        return this;
    }

    /**
     * Clearing price of auction and book orders.
     *
     * @return price in 1/10,000, unsigned 32 bits; the exchange allows up to 200,000.0000.
     */
    public long nearPrice() {
        return uintAt(NEAR_PRICE_OFFSET);
    }

    /**
     * Sets the near price.
     *
     * @param nearPrice as {@link #nearPrice()} gives it.
     * @return this.
     */
    public NetOrderImbalance nearPrice(final long nearPrice) {
        putUint(NEAR_PRICE_OFFSET, nearPrice);
        return this;
    }

    /**
     * Price that the shares above are counted at.
     *
     * @return price in 1/10,000, unsigned 32 bits; the exchange allows up to 200,000.0000.
     */
    public long currentReferencePrice() {
        return uintAt(CURRENT_REFERENCE_PRICE_OFFSET);
    }

    /**
     * Sets the current reference price.
     *
     * @param currentReferencePrice as {@link #currentReferencePrice()} gives it.
     * @return this.
     */
    public NetOrderImbalance currentReferencePrice(final long currentReferencePrice) {
        putUint(CURRENT_REFERENCE_PRICE_OFFSET, currentReferencePrice);
        return this;
    }

    /**
     * Which auction.
     *
     * @return {@code O} opening, {@code C} closing, {@code H} halt or new stock, {@code A} extended close.
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
    public NetOrderImbalance crossType(final byte crossType) {
        putByte(CROSS_TYPE_OFFSET, crossType);
        return this;
    }

    /**
     * How far the near price is from the reference price.
     *
     * @return {@code L} below 1 %, {@code 1} to {@code 9}, {@code A B C} steps upwards, or a space.
     */
    public byte priceVariationIndicator() {
        return byteAt(PRICE_VARIATION_INDICATOR_OFFSET);
    }

    /**
     * Sets the price variation indicator.
     *
     * @param priceVariationIndicator as {@link #priceVariationIndicator()} gives it.
     * @return this.
     */
    public NetOrderImbalance priceVariationIndicator(final byte priceVariationIndicator) {
        putByte(PRICE_VARIATION_INDICATOR_OFFSET, priceVariationIndicator);
        return this;
    }
}
