package io.tapedeck.codecs.itch;

/**
 * Operational Halt, type {@code h}: one market, not the stock everywhere, stops or resumes.
 *
 * <pre>
 * offset  length  field
 *      0      11  header                           see {@link ItchHeaderDescriptor}
 *     11       8  stock                            ASCII, space-padded
 *     19       1  market code                      Q B X
 *     20       1  operational halt action          H T
 * </pre>
 */
public final class OperationalHalt extends ItchMessageFlyweight<OperationalHalt> {
    /** Type byte. */
    public static final byte TYPE = 'h';

    /** Length in bytes. */
    public static final int LENGTH = 21;

    private static final int STOCK_OFFSET = 11;
    private static final int MARKET_CODE_OFFSET = 19;
    private static final int OPERATIONAL_HALT_ACTION_OFFSET = 20;

    /** Wraps nothing yet. */
    public OperationalHalt() {
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
    public OperationalHalt stock(final long stock) {
        putLong(STOCK_OFFSET, stock);
        return this;
    }

    /**
     * Which market.
     *
     * @return {@code Q} Nasdaq, {@code B} Nasdaq Texas, {@code X} PSX.
     */
    public byte marketCode() {
        return byteAt(MARKET_CODE_OFFSET);
    }

    /**
     * Sets the market code.
     *
     * @param marketCode as {@link #marketCode()} gives it.
     * @return this.
     */
    public OperationalHalt marketCode(final byte marketCode) {
        putByte(MARKET_CODE_OFFSET, marketCode);
        return this;
    }

    /**
     * What it does.
     *
     * @return {@code H} halted, {@code T} resumed.
     */
    public byte operationalHaltAction() {
        return byteAt(OPERATIONAL_HALT_ACTION_OFFSET);
    }

    /**
     * Sets the operational halt action.
     *
     * @param operationalHaltAction as {@link #operationalHaltAction()} gives it.
     * @return this.
     */
    public OperationalHalt operationalHaltAction(final byte operationalHaltAction) {
        putByte(OPERATIONAL_HALT_ACTION_OFFSET, operationalHaltAction);
        return this;
    }
}
