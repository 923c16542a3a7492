package io.tapedeck.codecs.itch;

/**
 * Reg SHO Restriction, type {@code Y}: a short sale price test begins, goes on or ends.
 *
 * <pre>
 * offset  length  field
 *      0      11  header                           see {@link ItchHeaderDescriptor}
 *     11       8  stock                            ASCII, space-padded
 *     19       1  Reg SHO action                   0 1 2
 * </pre>
 */
public final class RegShoRestriction extends ItchMessageFlyweight<RegShoRestriction> {
    /** Type byte. */
    public static final byte TYPE = 'Y';

    /** Length in bytes. */
    public static final int LENGTH = 20;

    private static final int STOCK_OFFSET = 11;
    private static final int REG_SHO_ACTION_OFFSET = 19;

    /** Wraps nothing yet. */
    public RegShoRestriction() {
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
    public RegShoRestriction stock(final long stock) {
        putLong(STOCK_OFFSET, stock);
        return this;
    }

    /**
     * What holds from now on.
     *
     * @return {@code 0} no test, {@code 1} in effect after a drop today, {@code 2} still in effect.
     */
    public byte regShoAction() {
        return byteAt(REG_SHO_ACTION_OFFSET);
    }

    /**
     * Sets the Reg SHO action.
     *
     * @param regShoAction as {@link #regShoAction()} gives it.
     * @return this.
     */
    public RegShoRestriction regShoAction(final byte regShoAction) {
        putByte(REG_SHO_ACTION_OFFSET, regShoAction);
        return this;
    }
}
