package io.tapedeck.engine.book;

/**
 * What an update did. Everything but {@link #APPLIED} is negative, and everything but {@link #APPLIED} and
 * {@link #OVER_QUANTITY} left the books as they were. A feed that was joined late, or that lost packets, gives these
 * all day long, so they are counted ({@link OrderBooks#outcomeCount(int)}) and never thrown.
 */
public final class BookOutcome {
    /** Done, exactly as asked. */
    public static final int APPLIED = 0;

    /** More was to be taken off than the order had left: the order is gone, the excess is ignored. */
    public static final int OVER_QUANTITY = -1;

    /** No live order has the id. */
    public static final int UNKNOWN_ORDER = -2;

    /** The id that the new order would get belongs to a live order. */
    public static final int DUPLICATE_ORDER = -3;

    /** The quantity is not in 1 to 2^31 - 1. */
    public static final int WRONG_QUANTITY = -4;

    /** The side is neither {@link Side#BID} nor {@link Side#ASK}. */
    public static final int WRONG_SIDE = -5;

    /** The instrument is not in 0 to {@link OrderBooks#MAX_INSTRUMENT_ID}. */
    public static final int WRONG_INSTRUMENT = -6;

    /** How many different outcomes there are. */
    static final int KINDS = 7;

    private BookOutcome() {}

    /**
     * For messages to people.
     *
     * @param outcome one of the constants of this class.
     * @return its name.
     * @throws IllegalArgumentException if it is not an outcome.
     */
    public static String nameOf(final int outcome) {
        switch (outcome) {
            case APPLIED:
                return "APPLIED";
            case OVER_QUANTITY:
                return "OVER_QUANTITY";
            case UNKNOWN_ORDER:
                return "UNKNOWN_ORDER";
            case DUPLICATE_ORDER:
                return "DUPLICATE_ORDER";
            case WRONG_QUANTITY:
                return "WRONG_QUANTITY";
            case WRONG_SIDE:
                return "WRONG_SIDE";
            case WRONG_INSTRUMENT:
                return "WRONG_INSTRUMENT";
            default:
                throw new IllegalArgumentException("not an outcome: outcome=" + outcome);
        }
    }
}
