package io.tapedeck.codecs.itch;

/**
 * LULD Auction Collar, type {@code J}: between which prices a paused stock may reopen.
 *
 * <pre>
 * offset  length  field
 *      0      11  header                           see {@link ItchHeaderDescriptor}
 *     11       8  stock                            ASCII, space-padded
 *     19       4  reference price                  1/10,000
 *     23       4  upper collar price               1/10,000
 *     27       4  lower collar price               1/10,000
 *     31       4  collar extension                 count
 * </pre>
 */
public final class LuldAuctionCollar extends ItchMessageFlyweight<LuldAuctionCollar> {
    /** Type byte. */
    public static final byte TYPE = 'J';

    /** Length in bytes. */
    public static final int LENGTH = 35;

    private static final int STOCK_OFFSET = 11;
    private static final int AUCTION_COLLAR_REFERENCE_PRICE_OFFSET = 19;
    private static final int UPPER_AUCTION_COLLAR_PRICE_OFFSET = 23;
    private static final int LOWER_AUCTION_COLLAR_PRICE_OFFSET = 27;
    private static final int AUCTION_COLLAR_EXTENSION_OFFSET = 31;

    /** Wraps nothing yet. */
    public LuldAuctionCollar() {
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
    public LuldAuctionCollar stock(final long stock) {
        putLong(STOCK_OFFSET, stock);
        return this;
    }

    /**
     * Price that the collar is laid around.
     *
     * @return price in 1/10,000, unsigned 32 bits; the exchange allows up to 200,000.0000.
     */
    public long auctionCollarReferencePrice() {
        return uintAt(AUCTION_COLLAR_REFERENCE_PRICE_OFFSET);
    }

    /**
     * Sets the reference price.
     *
     * @param auctionCollarReferencePrice as {@link #auctionCollarReferencePrice()} gives it.
     * @return this.
     */
    public LuldAuctionCollar auctionCollarReferencePrice(final long auctionCollarReferencePrice) {
        putUint(AUCTION_COLLAR_REFERENCE_PRICE_OFFSET, auctionCollarReferencePrice);
        return this;
    }

    /**
     * Highest price to reopen at.
     *
     * @return price in 1/10,000, unsigned 32 bits; the exchange allows up to 200,000.0000.
     */
    public long upperAuctionCollarPrice() {
        return uintAt(UPPER_AUCTION_COLLAR_PRICE_OFFSET);
    }

    /**
     * Sets the upper collar price.
     *
     * @param upperAuctionCollarPrice as {@link #upperAuctionCollarPrice()} gives it.
     * @return this.
     */
    public LuldAuctionCollar upperAuctionCollarPrice(final long upperAuctionCollarPrice) {
        putUint(UPPER_AUCTION_COLLAR_PRICE_OFFSET, upperAuctionCollarPrice);
        return this;
    }

    /**
     * Lowest price to reopen at.
     *
     * @return price in 1/10,000, unsigned 32 bits; the exchange allows up to 200,000.0000.
     */
    public long lowerAuctionCollarPrice() {
        return uintAt(LOWER_AUCTION_COLLAR_PRICE_OFFSET);
    }

    /**
     * Sets the lower collar price.
     *
     * @param lowerAuctionCollarPrice as {@link #lowerAuctionCollarPrice()} gives it.
     * @return this.
     */
    public LuldAuctionCollar lowerAuctionCollarPrice(final long lowerAuctionCollarPrice) {
        putUint(LOWER_AUCTION_COLLAR_PRICE_OFFSET, lowerAuctionCollarPrice);
        return this;
    }

    /**
     * How often the collar was widened.
     *
     * @return count, unsigned 32 bits.
     */
    public long auctionCollarExtension() {
        return uintAt(AUCTION_COLLAR_EXTENSION_OFFSET);
    }

    /**
     * Sets the collar extension.
     *
     * @param auctionCollarExtension as {@link #auctionCollarExtension()} gives it.
     * @return this.
     */
    public LuldAuctionCollar auctionCollarExtension(final long auctionCollarExtension) {
        putUint(AUCTION_COLLAR_EXTENSION_OFFSET, auctionCollarExtension);
        return this;
    }
}
