package io.tapedeck.codecs.itch;

/**
 * Direct Listing with Capital Raise Price Discovery, type {@code O}: where a direct listing would open.
 *
 * <pre>
 * offset  length  field
 *      0      11  header                           see {@link ItchHeaderDescriptor}
 *     11       8  stock                            ASCII, space-padded
 *     19       1  open eligibility status          N Y
 *     20       4  minimum allowable price          1/10,000
 *     24       4  maximum allowable price          1/10,000
 *     28       4  near execution price             1/10,000
 *     32       8  near execution time              ns, 64 bits
 *     40       4  lower price range collar         1/10,000
 *     44       4  upper price range collar         1/10,000
 * </pre>
 */
public final class DirectListingPriceDiscovery extends ItchMessageFlyweight<DirectListingPriceDiscovery> {
    /** Type byte. */
    public static final byte TYPE = 'O';

    /** Length in bytes. */
    public static final int LENGTH = 48;

    private static final int STOCK_OFFSET = 11;
    private static final int OPEN_ELIGIBILITY_STATUS_OFFSET = 19;
    private static final int MINIMUM_ALLOWABLE_PRICE_OFFSET = 20;
    private static final int MAXIMUM_ALLOWABLE_PRICE_OFFSET = 24;
    private static final int NEAR_EXECUTION_PRICE_OFFSET = 28;
    private static final int NEAR_EXECUTION_TIME_OFFSET = 32;
    private static final int LOWER_PRICE_RANGE_COLLAR_OFFSET = 40;
    private static final int UPPER_PRICE_RANGE_COLLAR_OFFSET = 44;

    /** Wraps nothing yet. */
    public DirectListingPriceDiscovery() {
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
    public DirectListingPriceDiscovery stock(final long stock) {
        putLong(STOCK_OFFSET, stock);
        return this;
    }

    /**
     * Whether the stock may be released now.
     *
     * @return {@code Y} or {@code N}.
     */
    public byte openEligibilityStatus() {
        return byteAt(OPEN_ELIGIBILITY_STATUS_OFFSET);
    }

    /**
     * Sets the open eligibility status.
     *
     * @param openEligibilityStatus as {@link #openEligibilityStatus()} gives it.
     * @return this.
     */
    public DirectListingPriceDiscovery openEligibilityStatus(final byte openEligibilityStatus) {
        putByte(OPEN_ELIGIBILITY_STATUS_OFFSET, openEligibilityStatus);
        return this;
    }

    /**
     * Lowest price to open at.
     *
     * @return price in 1/10,000, unsigned 32 bits; the exchange allows up to 200,000.0000.
     */
    public long minimumAllowablePrice() {
        return uintAt(MINIMUM_ALLOWABLE_PRICE_OFFSET);
    }

    /**
     * Sets the minimum allowable price.
     *
     * @param minimumAllowablePrice as {@link #minimumAllowablePrice()} gives it.
     * @return this.
     */
    public DirectListingPriceDiscovery minimumAllowablePrice(final long minimumAllowablePrice) {
        putUint(MINIMUM_ALLOWABLE_PRICE_OFFSET, minimumAllowablePrice);
        return this;
    }

    /**
     * Highest price to open at.
     *
     * @return price in 1/10,000, unsigned 32 bits; the exchange allows up to 200,000.0000.
     */
    public long maximumAllowablePrice() {
        return uintAt(MAXIMUM_ALLOWABLE_PRICE_OFFSET);
    }

    /**
     * Sets the maximum allowable price.
     *
     * @param maximumAllowablePrice as {@link #maximumAllowablePrice()} gives it.
     * @return this.
     */
    public DirectListingPriceDiscovery maximumAllowablePrice(final long maximumAllowablePrice) {
        putUint(MAXIMUM_ALLOWABLE_PRICE_OFFSET, maximumAllowablePrice);
        return this;
    }

    /**
     * Price at which it would open now.
     *
     * @return price in 1/10,000, unsigned 32 bits; the exchange allows up to 200,000.0000.
     */
    public long nearExecutionPrice() {
        return uintAt(NEAR_EXECUTION_PRICE_OFFSET);
    }

    /**
     * Sets the near execution price.
     *
     * @param nearExecutionPrice as {@link #nearExecutionPrice()} gives it.
     * @return this.
     */
    public DirectListingPriceDiscovery nearExecutionPrice(final long nearExecutionPrice) {
        putUint(NEAR_EXECUTION_PRICE_OFFSET, nearExecutionPrice);
        return this;
    }

    /**
     * When that price was found.
     *
     * @return nanoseconds since midnight, 64 bits and not 48.
     */
    public long nearExecutionTime() {
        return longAt(NEAR_EXECUTION_TIME_OFFSET);
    }

    /**
     * Sets the near execution time.
     *
     * @param nearExecutionTime as {@link #nearExecutionTime()} gives it.
     * @return this.
     */
    public DirectListingPriceDiscovery nearExecutionTime(final long nearExecutionTime) {
        putLong(NEAR_EXECUTION_TIME_OFFSET, nearExecutionTime);
        return this;
    }

    /**
     * Lower end of the collar around the near price.
     *
     * @return price in 1/10,000, unsigned 32 bits; the exchange allows up to 200,000.0000.
     */
    public long lowerPriceRangeCollar() {
        return uintAt(LOWER_PRICE_RANGE_COLLAR_OFFSET);
    }

    /**
     * Sets the lower price range collar.
     *
     * @param lowerPriceRangeCollar as {@link #lowerPriceRangeCollar()} gives it.
     * @return this.
     */
    public DirectListingPriceDiscovery lowerPriceRangeCollar(final long lowerPriceRangeCollar) {
        putUint(LOWER_PRICE_RANGE_COLLAR_OFFSET, lowerPriceRangeCollar);
        return this;
    }

    /**
     * Upper end of the collar around the near price.
     *
     * @return price in 1/10,000, unsigned 32 bits; the exchange allows up to 200,000.0000.
     */
    public long upperPriceRangeCollar() {
        return uintAt(UPPER_PRICE_RANGE_COLLAR_OFFSET);
    }

    /**
     * Sets the upper price range collar.
     *
     * @param upperPriceRangeCollar as {@link #upperPriceRangeCollar()} gives it.
     * @return this.
     */
    public DirectListingPriceDiscovery upperPriceRangeCollar(final long upperPriceRangeCollar) {
        putUint(UPPER_PRICE_RANGE_COLLAR_OFFSET, upperPriceRangeCollar);
        return this;
    }
}
