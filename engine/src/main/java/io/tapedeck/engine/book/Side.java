package io.tapedeck.engine.book;

/** The two sides of a book, as ints, because a side is also an array index. */
public final class Side {
    /** Orders to buy; the highest price is the best. */
    public static final int BID = 0;

    /** Orders to sell; the lowest price is the best. */
    public static final int ASK = 1;

    private Side() {}
}
