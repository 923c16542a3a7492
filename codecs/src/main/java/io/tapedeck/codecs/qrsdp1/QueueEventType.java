package io.tapedeck.codecs.qrsdp1;

/** What happened at the queue of a price level: the values of a record's type byte. */
public final class QueueEventType {
    /** An order of one share joined a bid queue. */
    public static final int ADD_BID = 0;

    /** An order of one share joined an ask queue. */
    public static final int ADD_ASK = 1;

    /** An order left a bid queue unfilled. */
    public static final int CANCEL_BID = 2;

    /** An order left an ask queue unfilled. */
    public static final int CANCEL_ASK = 3;

    /** A buyer took from the best ask: the resting side is the ask. */
    public static final int EXECUTE_BUY = 4;

    /** A seller took from the best bid: the resting side is the bid. */
    public static final int EXECUTE_SELL = 5;

    /** How many types there are; valid values run from 0 to one less. */
    public static final int COUNT = 6;

    private static final String[] NAMES = {
        "ADD_BID", "ADD_ASK", "CANCEL_BID", "CANCEL_ASK", "EXECUTE_BUY", "EXECUTE_SELL"
    };

    private QueueEventType() {}

    /**
     * Whether a value is one of the types.
     *
     * @param type any int.
     * @return true from 0 to {@link #COUNT} - 1.
     */
    public static boolean isValid(final int type) {
        return type >= 0 && type < COUNT;
    }

    /**
     * The side whose queue the event changes; for an execution the resting side.
     *
     * @param type a valid type.
     * @return {@link QueueSide#BID} or {@link QueueSide#ASK}.
     */
    public static int restingSide(final int type) {
        return type < EXECUTE_BUY ? type & 1 : EXECUTE_SELL - type;
    }

    /**
     * The name of a type as text output shows it.
     *
     * @param type any int.
     * @return the constant's name, or {@code UNKNOWN(type)}.
     */
    public static String name(final int type) {
        return isValid(type) ? NAMES[type] : "UNKNOWN(" + type + ")";
    }
}
