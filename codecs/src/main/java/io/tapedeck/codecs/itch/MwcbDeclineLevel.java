package io.tapedeck.codecs.itch;

/**
 * MWCB Decline Level, type {@code V}: where the market-wide circuit breaker acts today; stock locate is 0.
 *
 * <pre>
 * offset  length  field
 *      0      11  header                           see {@link ItchHeaderDescriptor}
 *     11       8  level 1                          1/100,000,000
 *     19       8  level 2                          1/100,000,000
 *     27       8  level 3                          1/100,000,000
 * </pre>
 */
public final class MwcbDeclineLevel extends ItchMessageFlyweight<MwcbDeclineLevel> {
    /** Type byte. */
    public static final byte TYPE = 'V';

    /** Length in bytes. */
    public static final int LENGTH = 35;

    private static final int LEVEL_1_OFFSET = 11;
    private static final int LEVEL_2_OFFSET = 19;
    private static final int LEVEL_3_OFFSET = 27;

    /** Wraps nothing yet. */
    public MwcbDeclineLevel() {
        super(TYPE, LENGTH);
    }

    /**
     * Index value of breach level 1.
     *
     * @return value in 1/100,000,000, unsigned 64 bits.
     */
    public long level1() {
        return longAt(LEVEL_1_OFFSET);
    }

    /**
     * Sets the level 1.
     *
     * @param level1 as {@link #level1()} gives it.
     * @return this.
     */
    public MwcbDeclineLevel level1(final long level1) {
        putLong(LEVEL_1_OFFSET, level1);
        return this;
    }

    /**
     * Index value of breach level 2.
     *
     * @return value in 1/100,000,000, unsigned 64 bits.
     */
    public long level2() {
        return longAt(LEVEL_2_OFFSET);
    }

    /**
     * Sets the level 2.
     *
     * @param level2 as {@link #level2()} gives it.
     * @return this.
     */
    public MwcbDeclineLevel level2(final long level2) {
        putLong(LEVEL_2_OFFSET, level2);
        return this;
    }

    /**
     * Index value of breach level 3.
     *
     * @return value in 1/100,000,000, unsigned 64 bits.
     */
    public long level3() {
        return longAt(LEVEL_3_OFFSET);
    }

    /**
     * Sets the level 3.
     *
     * @param level3 as {@link #level3()} gives it.
     * @return this.
     */
    public MwcbDeclineLevel level3(final long level3) {
        putLong(LEVEL_3_OFFSET, level3);
        return this;
    }
}
