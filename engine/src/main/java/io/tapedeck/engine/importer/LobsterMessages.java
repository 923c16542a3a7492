package io.tapedeck.engine.importer;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.codecs.itch.ItchHeaderDescriptor;
import io.tapedeck.engine.book.Side;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads a LOBSTER message file, row by row:
 *
 * <pre>
 *   seconds from midnight, type, order id, size, price x 10,000, direction (1 bid, -1 ask)
 * </pre>
 *
 * Every row is checked. Source of the layout: lobsterdata.com, "Output structure".
 *
 * <p><b>Note:</b> belongs to one thread. No allocation per row.
 */
final class LobsterMessages implements AutoCloseable {
    /** A new limit order. */
    static final int NEW = 1;

    /** Part of an order is cancelled. */
    static final int REDUCTION = 2;

    /** What is left of an order is cancelled. */
    static final int DELETION = 3;

    /** A displayed order trades. */
    static final int EXECUTION = 4;

    /** A hidden order trades. */
    static final int HIDDEN_EXECUTION = 5;

    /** The trade of a cross. */
    static final int CROSS = 6;

    /** A halt of trading begins or ends. */
    static final int HALT = 7;

    private static final int FIELDS = 6;
    private static final long MAX_ORDER_ID = 999_999_999_999_999_999L;

    private final NumberRows rows;
    private long timeNs;
    private int type;
    private long orderId;
    private int size;
    private int price;
    private int side;

    private LobsterMessages(final NumberRows rows) {
        this.rows = rows;
    }

    static LobsterMessages open(final Path path) throws IOException {
        return new LobsterMessages(NumberRows.open(path));
    }

    /**
     * Goes to the next row.
     *
     * @return false at the end of the file.
     * @throws CorruptDataException if the row is none of a message file; names line, field and value.
     * @throws IOException          if the file cannot be read.
     */
    boolean next() throws IOException {
        if (!rows.next()) {
            return false;
        }
        if (rows.fieldCount() != FIELDS) {
            throw rows.wrong("has " + rows.fieldCount() + " fields, rows of messages have " + FIELDS);
        }
        final long previousNs = timeNs;
        timeNs = rows.nanoseconds(0, "time", ItchHeaderDescriptor.MAX_TIMESTAMP_NS);
        if (timeNs < previousNs) {
            throw rows.wrong("the time is " + (previousNs - timeNs) + " ns before that of the row before");
        }
        type = (int) rows.whole(1, "type", NEW, HALT);
        if (type == HALT) {
            price = (int) rows.whole(4, "price of a halt", -1, 1);
            return true;
        }
        final boolean isOfDisplayedOrder = type <= EXECUTION;
        orderId = rows.whole(2, "order id", isOfDisplayedOrder ? 1 : -1, MAX_ORDER_ID);
        size = (int) rows.whole(3, "size", 1, Integer.MAX_VALUE);
        price = (int) rows.whole(4, "price", 1, Integer.MAX_VALUE);
        final long direction = rows.whole(5, "direction", -1, 1);
        if (direction == 0) {
            throw rows.wrong("direction is 0, must be 1 or -1");
        }
        side = direction > 0 ? Side.BID : Side.ASK;
        return true;
    }

    /** Nanoseconds since midnight; never less than that of the row before. */
    long timeNs() {
        return timeNs;
    }

    /** {@link #NEW} to {@link #HALT}. */
    int type() {
        return type;
    }

    /** From 1; of a hidden execution or a cross, anything. */
    long orderId() {
        return orderId;
    }

    /** Shares, from 1. */
    int size() {
        return size;
    }

    /** From 1, x 10,000; of a halt -1 where it begins, 0 where quotes are taken again, 1 where it ends. */
    int price() {
        return price;
    }

    /** {@link Side#BID} or {@link Side#ASK}: that of the order. */
    int side() {
        return side;
    }

    long lineNumber() {
        return rows.lineNumber();
    }

    CorruptDataException wrong(final String what) {
        return rows.wrong(what);
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
