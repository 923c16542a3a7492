package io.tapedeck.codecs.itch;

/**
 * Market Participant Position, type {@code L}: the standing of a market maker in a stock.
 *
 * <pre>
 * offset  length  field
 *      0      11  header                           see {@link ItchHeaderDescriptor}
 *     11       4  MPID                             ASCII, space-padded
 *     15       8  stock                            ASCII, space-padded
 *     23       1  primary market maker             Y N
 *     24       1  market maker mode                N P S R L
 *     25       1  market participant state         A E W S D
 * </pre>
 */
public final class MarketParticipantPosition extends ItchMessageFlyweight<MarketParticipantPosition> {
    /** Type byte. */
    public static final byte TYPE = 'L';

    /** Length in bytes. */
    public static final int LENGTH = 26;

    private static final int MPID_OFFSET = 11;
    private static final int STOCK_OFFSET = 15;
    private static final int PRIMARY_MARKET_MAKER_OFFSET = 23;
    private static final int MARKET_MAKER_MODE_OFFSET = 24;
    private static final int MARKET_PARTICIPANT_STATE_OFFSET = 25;

    /** Wraps nothing yet. */
    public MarketParticipantPosition() {
        super(TYPE, LENGTH);
    }

    /**
     * The participant.
     *
     * @return four ASCII bytes, the first one highest.
     */
    public int mpid() {
        return intAt(MPID_OFFSET);
    }

    /**
     * Sets the MPID.
     *
     * @param mpid as {@link #mpid()} gives it.
     * @return this.
     */
    public MarketParticipantPosition mpid(final int mpid) {
        putInt(MPID_OFFSET, mpid);
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
    public MarketParticipantPosition stock(final long stock) {
        putLong(STOCK_OFFSET, stock);
        return this;
    }

    /**
     * Whether the participant is a primary market maker.
     *
     * @return {@code Y} or {@code N}.
     */
    public byte primaryMarketMaker() {
        return byteAt(PRIMARY_MARKET_MAKER_OFFSET);
    }

    /**
     * Sets the primary market maker.
     *
     * @param primaryMarketMaker as {@link #primaryMarketMaker()} gives it.
     * @return this.
     */
    public MarketParticipantPosition primaryMarketMaker(final byte primaryMarketMaker) {
        putByte(PRIMARY_MARKET_MAKER_OFFSET, primaryMarketMaker);
        return this;
    }

    /**
     * How the participant quotes.
     *
     * @return {@code N} normal, {@code P} passive, {@code S} syndicate, {@code R} pre-syndicate, {@code L} penalty.
     */
    public byte marketMakerMode() {
        return byteAt(MARKET_MAKER_MODE_OFFSET);
    }

    /**
     * Sets the market maker mode.
     *
     * @param marketMakerMode as {@link #marketMakerMode()} gives it.
     * @return this.
     */
    public MarketParticipantPosition marketMakerMode(final byte marketMakerMode) {
        putByte(MARKET_MAKER_MODE_OFFSET, marketMakerMode);
        return this;
    }

    /**
     * Registration of the participant.
     *
     * @return {@code A} active, {@code E} excused, {@code W} withdrawn, {@code S} suspended, {@code D} deleted.
     */
    public byte marketParticipantState() {
        return byteAt(MARKET_PARTICIPANT_STATE_OFFSET);
    }

    /**
     * Sets the market participant state.
     *
     * @param marketParticipantState as {@link #marketParticipantState()} gives it.
     * @return this.
     */
    public MarketParticipantPosition marketParticipantState(final byte marketParticipantState) {
        putByte(MARKET_PARTICIPANT_STATE_OFFSET, marketParticipantState);
        return this;
    }
}
