package io.tapedeck.codecs.itch;

/**
 * IPO Quoting Period Update, type {@code K}: when a new stock will be released for quotation.
 *
 * <pre>
 * offset  length  field
 *      0      11  header                           see {@link ItchHeaderDescriptor}
 *     11       8  stock                            ASCII, space-padded
 *     19       4  IPO quotation release time       seconds
 *     23       1  release qualifier                A C
 *     24       4  IPO price                        1/10,000
 * </pre>
 */
public final class IpoQuotingPeriodUpdate extends ItchMessageFlyweight<IpoQuotingPeriodUpdate> {
    /** Type byte. */
    public static final byte TYPE = 'K';

    /** Length in bytes. */
    public static final int LENGTH = 28;

    private static final int STOCK_OFFSET = 11;
    private static final int IPO_QUOTATION_RELEASE_TIME_OFFSET = 19;
    private static final int IPO_QUOTATION_RELEASE_QUALIFIER_OFFSET = 23;
    private static final int IPO_PRICE_OFFSET = 24;

    /** Wraps nothing yet. */
    public IpoQuotingPeriodUpdate() {
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
    public IpoQuotingPeriodUpdate stock(final long stock) {
        putLong(STOCK_OFFSET, stock);
        return this;
    }

    /**
     * When quotation is to start.
     *
     * @return <b>seconds</b> since midnight, unsigned 32 bits; 0 when cancelled.
     */
    public long ipoQuotationReleaseTime() {
        return uintAt(IPO_QUOTATION_RELEASE_TIME_OFFSET);
    }

    /**
     * Sets the IPO quotation release time.
     *
     * @param ipoQuotationReleaseTime as {@link #ipoQuotationReleaseTime()} gives it.
     * @return this.
     */
    public IpoQuotingPeriodUpdate ipoQuotationReleaseTime(final long ipoQuotationReleaseTime) {
        putUint(IPO_QUOTATION_RELEASE_TIME_OFFSET, ipoQuotationReleaseTime);
        return this;
    }

    /**
     * Whether the release still stands.
     *
     * @return {@code A} anticipated, {@code C} cancelled or postponed.
     */
    public byte ipoQuotationReleaseQualifier() {
        return byteAt(IPO_QUOTATION_RELEASE_QUALIFIER_OFFSET);
    }

    /**
     * Sets the release qualifier.
     *
     * @param ipoQuotationReleaseQualifier as {@link #ipoQuotationReleaseQualifier()} gives it.
     * @return this.
     */
    public IpoQuotingPeriodUpdate ipoQuotationReleaseQualifier(final byte ipoQuotationReleaseQualifier) {
        putByte(IPO_QUOTATION_RELEASE_QUALIFIER_OFFSET, ipoQuotationReleaseQualifier);
        return this;
    }

    /**
     * Price of the offering.
     *
     * @return price in 1/10,000, unsigned 32 bits; the exchange allows up to 200,000.0000.
     */
    public long ipoPrice() {
        return uintAt(IPO_PRICE_OFFSET);
    }

    /**
     * Sets the IPO price.
     *
     * @param ipoPrice as {@link #ipoPrice()} gives it.
     * @return this.
     */
    public IpoQuotingPeriodUpdate ipoPrice(final long ipoPrice) {
        putUint(IPO_PRICE_OFFSET, ipoPrice);
        return this;
    }
}
