package io.tapedeck.codecs.itch;

/**
 * Stock Directory, type {@code R}: what a stock locate stands for today.
 *
 * <pre>
 * offset  length  field
 *      0      11  header                           see {@link ItchHeaderDescriptor}
 *     11       8  stock                            ASCII, space-padded
 *     19       1  market category                  Q G S N A P M Z V
 *     20       1  financial status indicator       D E Q S G H J K C N
 *     21       4  round lot size
 *     25       1  round lots only                  Y N
 *     26       1  issue classification             A B C F I L N O ...
 *     27       2  issue sub-type                   ASCII, space-padded
 *     29       1  authenticity                     P T
 *     30       1  short sale threshold indicator   Y N
 *     31       1  IPO flag                         Y N Z
 *     32       1  LULD reference price tier        1 2
 *     33       1  ETP flag                         Y N
 *     34       4  ETP leverage factor
 *     38       1  inverse indicator                Y N
 * </pre>
 */
public final class StockDirectory extends ItchMessageFlyweight<StockDirectory> {
    /** Type byte. */
    public static final byte TYPE = 'R';

    /** Length in bytes. */
    public static final int LENGTH = 39;

    private static final int STOCK_OFFSET = 11;
    private static final int MARKET_CATEGORY_OFFSET = 19;
    private static final int FINANCIAL_STATUS_INDICATOR_OFFSET = 20;
    private static final int ROUND_LOT_SIZE_OFFSET = 21;
    private static final int ROUND_LOTS_ONLY_OFFSET = 25;
    private static final int ISSUE_CLASSIFICATION_OFFSET = 26;
    private static final int ISSUE_SUB_TYPE_OFFSET = 27;
    private static final int AUTHENTICITY_OFFSET = 29;
    private static final int SHORT_SALE_THRESHOLD_INDICATOR_OFFSET = 30;
    private static final int IPO_FLAG_OFFSET = 31;
    private static final int LULD_REFERENCE_PRICE_TIER_OFFSET = 32;
    private static final int ETP_FLAG_OFFSET = 33;
    private static final int ETP_LEVERAGE_FACTOR_OFFSET = 34;
    private static final int INVERSE_INDICATOR_OFFSET = 38;

    /** Wraps nothing yet. */
    public StockDirectory() {
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
    public StockDirectory stock(final long stock) {
        putLong(STOCK_OFFSET, stock);
        return this;
    }

    /**
     * Listing market.
     *
     * @return {@code Q G S} Nasdaq tiers, {@code N} NYSE, {@code A} NYSE American, {@code P} NYSE Arca, {@code M}
     *         NYSE Texas, {@code Z} BATS, {@code V} IEX, or a space.
     */
    public byte marketCategory() {
        return byteAt(MARKET_CATEGORY_OFFSET);
    }

    /**
     * Sets the market category.
     *
     * @param marketCategory as {@link #marketCategory()} gives it.
     * @return this.
     */
    public StockDirectory marketCategory(final byte marketCategory) {
        putByte(MARKET_CATEGORY_OFFSET, marketCategory);
        return this;
    }

    /**
     * Whether the issuer meets its duties.
     *
     * @return {@code N} normal, {@code D E Q S G H J K C}, or a space.
     */
    public byte financialStatusIndicator() {
        return byteAt(FINANCIAL_STATUS_INDICATOR_OFFSET);
    }

    /**
     * Sets the financial status indicator.
     *
     * @param financialStatusIndicator as {@link #financialStatusIndicator()} gives it.
     * @return this.
     */
    public StockDirectory financialStatusIndicator(final byte financialStatusIndicator) {
        putByte(FINANCIAL_STATUS_INDICATOR_OFFSET, financialStatusIndicator);
        return this;
    }

    /**
     * Shares of a round lot.
     *
     * @return shares, unsigned 32 bits.
     */
    public long roundLotSize() {
        return uintAt(ROUND_LOT_SIZE_OFFSET);
    }

    /**
     * Sets the round lot size.
     *
     * @param roundLotSize as {@link #roundLotSize()} gives it.
     * @return this.
     */
    public StockDirectory roundLotSize(final long roundLotSize) {
        putUint(ROUND_LOT_SIZE_OFFSET, roundLotSize);
        return this;
    }

    /**
     * Whether only round lots may be entered.
     *
     * @return {@code Y} or {@code N}.
     */
    public byte roundLotsOnly() {
        return byteAt(ROUND_LOTS_ONLY_OFFSET);
    }

    /**
     * Sets the round lots only.
     *
     * @param roundLotsOnly as {@link #roundLotsOnly()} gives it.
     * @return this.
     */
    public StockDirectory roundLotsOnly(final byte roundLotsOnly) {
        putByte(ROUND_LOTS_ONLY_OFFSET, roundLotsOnly);
        return this;
    }

    /**
     * What kind of security it is.
     *
     * @return one letter of the exchange's table.
     */
    public byte issueClassification() {
        return byteAt(ISSUE_CLASSIFICATION_OFFSET);
    }

    /**
     * Sets the issue classification.
     *
     * @param issueClassification as {@link #issueClassification()} gives it.
     * @return this.
     */
    public StockDirectory issueClassification(final byte issueClassification) {
        putByte(ISSUE_CLASSIFICATION_OFFSET, issueClassification);
        return this;
    }

    /**
     * What kind of security it is, in more detail.
     *
     * @return two ASCII bytes of the exchange's table, the first one higher.
     */
    public short issueSubType() {
        return shortAt(ISSUE_SUB_TYPE_OFFSET);
    }

    /**
     * Sets the issue sub-type.
     *
     * @param issueSubType as {@link #issueSubType()} gives it.
     * @return this.
     */
    public StockDirectory issueSubType(final short issueSubType) {
        putShort(ISSUE_SUB_TYPE_OFFSET, issueSubType);
        return this;
    }

    /**
     * Whether it is a real stock.
     *
     * @return {@code P} production or {@code T} test.
     */
    public byte authenticity() {
        return byteAt(AUTHENTICITY_OFFSET);
    }

    /**
     * Sets the authenticity.
     *
     * @param authenticity as {@link #authenticity()} gives it.
     * @return this.
     */
    public StockDirectory authenticity(final byte authenticity) {
        putByte(AUTHENTICITY_OFFSET, authenticity);
        return this;
    }

    /**
     * Whether the stock is on the threshold list.
     *
     * @return {@code Y}, {@code N} or a space.
     */
    public byte shortSaleThresholdIndicator() {
        return byteAt(SHORT_SALE_THRESHOLD_INDICATOR_OFFSET);
    }

    /**
     * Sets the short sale threshold indicator.
     *
     * @param shortSaleThresholdIndicator as {@link #shortSaleThresholdIndicator()} gives it.
     * @return this.
     */
    public StockDirectory shortSaleThresholdIndicator(final byte shortSaleThresholdIndicator) {
        putByte(SHORT_SALE_THRESHOLD_INDICATOR_OFFSET, shortSaleThresholdIndicator);
        return this;
    }

    /**
     * Whether it is newly listed today.
     *
     * @return {@code Y}, {@code N}, {@code Z} listed without an offering, or a space.
     */
    public byte ipoFlag() {
        return byteAt(IPO_FLAG_OFFSET);
    }

    /**
     * Sets the IPO flag.
     *
     * @param ipoFlag as {@link #ipoFlag()} gives it.
     * @return this.
     */
    public StockDirectory ipoFlag(final byte ipoFlag) {
        putByte(IPO_FLAG_OFFSET, ipoFlag);
        return this;
    }

    /**
     * Which limit up, limit down tier applies.
     *
     * @return {@code 1}, {@code 2} or a space.
     */
    public byte luldReferencePriceTier() {
        return byteAt(LULD_REFERENCE_PRICE_TIER_OFFSET);
    }

    /**
     * Sets the LULD reference price tier.
     *
     * @param luldReferencePriceTier as {@link #luldReferencePriceTier()} gives it.
     * @return this.
     */
    public StockDirectory luldReferencePriceTier(final byte luldReferencePriceTier) {
        putByte(LULD_REFERENCE_PRICE_TIER_OFFSET, luldReferencePriceTier);
        return this;
    }

    /**
     * Whether it is an exchange-traded product.
     *
     * @return {@code Y}, {@code N} or a space.
     */
    public byte etpFlag() {
        return byteAt(ETP_FLAG_OFFSET);
    }

    /**
     * Sets the ETP flag.
     *
     * @param etpFlag as {@link #etpFlag()} gives it.
     * @return this.
     */
    public StockDirectory etpFlag(final byte etpFlag) {
        putByte(ETP_FLAG_OFFSET, etpFlag);
        return this;
    }

    /**
     * How far the product is leveraged, rounded down.
     *
     * @return whole factor, unsigned 32 bits; 0 for no product.
     */
    public long etpLeverageFactor() {
        return uintAt(ETP_LEVERAGE_FACTOR_OFFSET);
    }

    /**
     * Sets the ETP leverage factor.
     *
     * @param etpLeverageFactor as {@link #etpLeverageFactor()} gives it.
     * @return this.
     */
    public StockDirectory etpLeverageFactor(final long etpLeverageFactor) {
        putUint(ETP_LEVERAGE_FACTOR_OFFSET, etpLeverageFactor);
        return this;
    }

    /**
     * Whether the product runs against its index.
     *
     * @return {@code Y} or {@code N}.
     */
    public byte inverseIndicator() {
        return byteAt(INVERSE_INDICATOR_OFFSET);
    }

    /**
     * Sets the inverse indicator.
     *
     * @param inverseIndicator as {@link #inverseIndicator()} gives it.
     * @return this.
     */
    public StockDirectory inverseIndicator(final byte inverseIndicator) {
        putByte(INVERSE_INDICATOR_OFFSET, inverseIndicator);
        return this;
    }
}
