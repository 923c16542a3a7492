package io.tapedeck.codecs.record;

/** The values of a record's side byte, as constants; those of the schema's {@code Side}. */
public final class SideCode {
    /** The record does not say. */
    public static final int NONE = 0;

    /** A bid. */
    public static final int BUY = 1;

    /** An ask. */
    public static final int SELL = 2;

    private SideCode() {}
}
