package io.tapedeck.codecs.translation;

/**
 * Why a message or a record was not translated: negative return codes. Nothing that the exchange or Tapedeck sends is
 * refused; a file or a feed that was damaged, or a directory that does not belong to it, can be.
 */
public final class Refusal {
    /** ITCH 5.0 has no such type, or the record has no such event type or carries no such message. */
    public static final int UNKNOWN_TYPE = -1;

    /** The length is not that of the type. */
    public static final int WRONG_LENGTH = -2;

    /** The directory does not know the instrument, or not the symbol that is needed. */
    public static final int UNKNOWN_INSTRUMENT = -3;

    /** The message names another stock than the directory does for its locate. */
    public static final int STOCK_MISMATCH = -4;

    /** A side is neither buy nor sell, or a printable mark neither yes nor no. */
    public static final int BAD_FIELD = -5;

    /** A price is not a whole number of ticks, or not from 0 to 2^31 - 1 ten-thousandths. */
    public static final int BAD_PRICE = -6;

    /** A quantity is not from 0 to 2^31 - 1 shares. */
    public static final int BAD_QUANTITY = -7;

    /** An event time is not from 0 to 2^48 - 1 nanoseconds. */
    public static final int BAD_TIME = -8;

    /** The slot holds no record of this schema that an ITCH message could be made of. */
    public static final int UNKNOWN_TEMPLATE = -9;

    private Refusal() {}

    /**
     * Says a code in words, for reports.
     *
     * @param code one of the above.
     * @return a phrase that fits behind "refused: ".
     */
    public static String describe(final int code) {
        switch (code) {
            case UNKNOWN_TYPE:
                return "unknown message or event type";
            case WRONG_LENGTH:
                return "length does not match the type";
            case UNKNOWN_INSTRUMENT:
                return "instrument is not in the directory";
            case STOCK_MISMATCH:
                return "stock is not the directory's for this locate";
            case BAD_FIELD:
                return "side or printable mark has no such value";
            case BAD_PRICE:
                return "price is off the tick or out of range";
            case BAD_QUANTITY:
                return "quantity is out of range";
            case BAD_TIME:
                return "event time is out of range";
            case UNKNOWN_TEMPLATE:
                return "slot holds no record that ITCH could carry";
            default:
                throw new IllegalArgumentException("no such refusal: code=" + code);
        }
    }
}
