package io.tapedeck.codecs.itch;

/**
 * System Event, type {@code S}: the day, or a part of it, begins or ends; stock locate is 0.
 *
 * <pre>
 * offset  length  field
 *      0      11  header                           see {@link ItchHeaderDescriptor}
 *     11       1  event code                       O S Q M E C
 * </pre>
 */
public final class SystemEvent extends ItchMessageFlyweight<SystemEvent> {
    /** Type byte. */
    public static final byte TYPE = 'S';

    /** Length in bytes. */
    public static final int LENGTH = 12;

    private static final int EVENT_CODE_OFFSET = 11;

    /** Wraps nothing yet. */
    public SystemEvent() {
        super(TYPE, LENGTH);
    }

    /**
     * Which boundary of the day it is.
     *
     * @return {@code O} start of messages, {@code S} start of system hours, {@code Q} start of market hours, {@code
     *         M} end of market hours, {@code E} end of system hours, {@code C} end of messages.
     */
    public byte eventCode() {
        return byteAt(EVENT_CODE_OFFSET);
    }

    /**
     * Sets the event code.
     *
     * @param eventCode as {@link #eventCode()} gives it.
     * @return this.
     */
    public SystemEvent eventCode(final byte eventCode) {
        putByte(EVENT_CODE_OFFSET, eventCode);
        return this;
    }
}
