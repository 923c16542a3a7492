package io.tapedeck.codecs.itch;

/**
 * Stock Trading Action, type {@code H}: a stock is halted, paused, quoted or traded.
 *
 * <pre>
 * offset  length  field
 *      0      11  header                           see {@link ItchHeaderDescriptor}
 *     11       8  stock                            ASCII, space-padded
 *     19       1  trading state                    H P Q T
 *     20       1  reserved
 *     21       4  reason                           ASCII, space-padded
 * </pre>
 */
public final class StockTradingAction extends ItchMessageFlyweight<StockTradingAction> {
    /** Type byte. */
    public static final byte TYPE = 'H';

    /** Length in bytes. */
    public static final int LENGTH = 25;

    private static final int STOCK_OFFSET = 11;
    private static final int TRADING_STATE_OFFSET = 19;
    private static final int RESERVED_OFFSET = 20;
    private static final int REASON_OFFSET = 21;

    /** Wraps nothing yet. */
    public StockTradingAction() {
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
    public StockTradingAction stock(final long stock) {
        putLong(STOCK_OFFSET, stock);
        return this;
    }

    /**
     * State that the stock is in from now on.
     *
     * @return {@code H} halted, {@code P} paused, {@code Q} quotation only, {@code T} trading.
     */
    public byte tradingState() {
        return byteAt(TRADING_STATE_OFFSET);
    }

    /**
     * Sets the trading state.
     *
     * @param tradingState as {@link #tradingState()} gives it.
     * @return this.
     */
    public StockTradingAction tradingState(final byte tradingState) {
        putByte(TRADING_STATE_OFFSET, tradingState);
        return this;
    }

    /**
     * A byte without a meaning, kept as it is.
     *
     * @return any byte.
     */
    public byte reserved() {
        return byteAt(RESERVED_OFFSET);
    }

    /**
     * Sets the reserved.
     *
     * @param reserved as {@link #reserved()} gives it.
     * @return this.
     */
    public StockTradingAction reserved(final byte reserved) {
        putByte(RESERVED_OFFSET, reserved);
        return this;
    }

    /**
     * Why.
     *
     * @return four ASCII bytes, the first one highest; spaces when there is none.
     */
    public int reason() {
        return intAt(REASON_OFFSET);
    }

    /**
     * Sets the reason.
     *
     * @param reason as {@link #reason()} gives it.
     * @return this.
     */
    public StockTradingAction reason(final int reason) {
        putInt(REASON_OFFSET, reason);
        return this;
    }
}
