package io.tapedeck.codecs.itch;

/**
 * Broken Trade, type {@code B}: an earlier trade is void; the book does not change.
 *
 * <pre>
 * offset  length  field
 *      0      11  header                           see {@link ItchHeaderDescriptor}
 *     11       8  match number
 * </pre>
 */
public final class BrokenTrade extends ItchMessageFlyweight<BrokenTrade> {
    /** Type byte. */
    public static final byte TYPE = 'B';

    /** Length in bytes. */
    public static final int LENGTH = 19;

    private static final int MATCH_NUMBER_OFFSET = 11;

    /** Wraps nothing yet. */
    public BrokenTrade() {
        super(TYPE, LENGTH);
    }

    /**
     * The trade that is void.
     *
     * @return match number of an earlier execution or trade, unsigned 64 bits.
     */
    public long matchNumber() {
        return longAt(MATCH_NUMBER_OFFSET);
    }

    /**
     * Sets the match number.
     *
     * @param matchNumber as {@link #matchNumber()} gives it.
     * @return this.
     */
    public BrokenTrade matchNumber(final long matchNumber) {
        putLong(MATCH_NUMBER_OFFSET, matchNumber);
        return this;
    }
}
