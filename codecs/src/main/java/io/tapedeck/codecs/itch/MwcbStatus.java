package io.tapedeck.codecs.itch;

/**
 * MWCB Status, type {@code W}: the market-wide circuit breaker acts; stock locate is 0.
 *
 * <pre>
 * offset  length  field
 *      0      11  header                           see {@link ItchHeaderDescriptor}
 *     11       1  breached level                   1 2 3
 * </pre>
 */
public final class MwcbStatus extends ItchMessageFlyweight<MwcbStatus> {
    /** Type byte. */
    public static final byte TYPE = 'W';

    /** Length in bytes. */
    public static final int LENGTH = 12;

    private static final int BREACHED_LEVEL_OFFSET = 11;

    /** Wraps nothing yet. */
    public MwcbStatus() {
        super(TYPE, LENGTH);
    }

    /**
     * Which level was breached.
     *
     * @return {@code 1}, {@code 2} or {@code 3}.
     */
    public byte breachedLevel() {
        return byteAt(BREACHED_LEVEL_OFFSET);
    }

    /**
     * Sets the breached level.
     *
     * @param breachedLevel as {@link #breachedLevel()} gives it.
     * @return this.
     */
    public MwcbStatus breachedLevel(final byte breachedLevel) {
        putByte(BREACHED_LEVEL_OFFSET, breachedLevel);
        return this;
    }
}
