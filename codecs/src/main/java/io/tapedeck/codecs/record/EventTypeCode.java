package io.tapedeck.codecs.record;

/**
 * The values of a record's type byte, as constants that a {@code switch} over {@code eventTypeRaw()} can name. They
 * are those of the schema's {@code EventType}, dense from 1, so that 0, unwritten memory, is no event.
 */
public final class EventTypeCode {
    /** An order enters the book. */
    public static final int ADD = 1;

    /** Part of an order is cancelled. */
    public static final int REDUCE = 2;

    /** All that is left of an order is cancelled. */
    public static final int DELETE = 3;

    /** An order trades at its own price. */
    public static final int EXECUTE = 4;

    /** An order trades at another price. */
    public static final int EXECUTE_AT_PRICE = 5;

    /** An order leaves, and one with another id and no priority takes its place. */
    public static final int REPLACE = 6;

    /** A trade against an order that was not displayed: no effect on the book. */
    public static final int TRADE = 7;

    /** The bulk print of a cross: no effect on the book. */
    public static final int CROSS = 8;

    /** An earlier trade is void: no effect on the book. */
    public static final int BROKEN = 9;

    private EventTypeCode() {}
}
