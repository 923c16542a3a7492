package io.tapedeck.engine.calibration;

/** What can happen to a queue, as an index. */
public final class EventKind {
    /** An order joins. */
    public static final int LIMIT = 0;

    /** An order, or a part of one, leaves unfilled. */
    public static final int CANCEL = 1;

    /** An order, or a part of one, trades. */
    public static final int MARKET = 2;

    /** How many kinds there are. */
    public static final int COUNT = 3;

    private EventKind() {}
}
