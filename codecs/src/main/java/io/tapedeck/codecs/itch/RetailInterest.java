package io.tapedeck.codecs.itch;

/**
 * Retail Price Improvement Indicator, type {@code N}: whether there is retail interest inside the quote.
 *
 * <pre>
 * offset  length  field
 *      0      11  header                           see {@link ItchHeaderDescriptor}
 *     11       8  stock                            ASCII, space-padded
 *     19       1  interest flag                    B S A N
 * </pre>
 */
public final class RetailInterest extends ItchMessageFlyweight<RetailInterest> {
    /** Type byte. */
    public static final byte TYPE = 'N';

    /** Length in bytes. */
    public static final int LENGTH = 20;

    private static final int STOCK_OFFSET = 11;
    private static final int INTEREST_FLAG_OFFSET = 19;

    /** Wraps nothing yet. */
    public RetailInterest() {
        super(TYPE, LENGTH);
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
    public RetailInterest stock(final long stock) {
        putLong(STOCK_OFFSET, stock);
        return this;
    }

    /**
     * Sides with interest.
     *
     * @return {@code B} bid, {@code S} ask, {@code A} both, {@code N} none.
     */
    public byte interestFlag() {
        return byteAt(INTEREST_FLAG_OFFSET);
    }

    /**
     * Sets the interest flag.
     *
     * @param interestFlag as {@link #interestFlag()} gives it.
     * @return this.
     */
    public RetailInterest interestFlag(final byte interestFlag) {
        putByte(INTEREST_FLAG_OFFSET, interestFlag);
        return this;
    }
}
