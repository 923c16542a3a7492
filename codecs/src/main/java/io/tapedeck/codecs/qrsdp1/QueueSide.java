package io.tapedeck.codecs.qrsdp1;

/** A side of the book: the values of a record's side byte. */
public final class QueueSide {
    /** Buyers. */
    public static final int BID = 0;

    /** Sellers. */
    public static final int ASK = 1;

    /** No side; the format knows the value, none of the six event types uses it. */
    public static final int NONE = 2;

    private static final String[] NAMES = {"BID", "ASK", "NONE"};

    private QueueSide() {}

    /**
     * Whether a value is one of the sides.
     *
     * @param side any int.
     * @return true for {@link #BID}, {@link #ASK} and {@link #NONE}.
     */
    public static boolean isValid(final int side) {
        return side >= BID && side <= NONE;
    }

    /**
     * The name of a side as text output shows it.
     *
     * @param side any int.
     * @return the constant's name, or {@code UNKNOWN(side)}.
     */
    public static String name(final int side) {
        return isValid(side) ? NAMES[side] : "UNKNOWN(" + side + ")";
    }
}
