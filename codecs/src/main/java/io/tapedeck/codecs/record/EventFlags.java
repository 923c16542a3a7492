package io.tapedeck.codecs.record;

/** The bits of a record's flags field. */
public final class EventFlags {
    /** The order belongs to the opening book, before the first event of the model. */
    public static final int OPENING = 1;

    /** Made or removed by a move or a re-initialisation of the book's window, not by an event of the model. */
    public static final int REFILL = 1 << 1;

    /** An execution at another price that counts as volume now; without it a later bulk print will. */
    public static final int PRINTABLE = 1 << 2;

    /** The order names its participant: ITCH {@code F} instead of {@code A}. */
    public static final int ATTRIBUTED = 1 << 3;

    private EventFlags() {}
}
