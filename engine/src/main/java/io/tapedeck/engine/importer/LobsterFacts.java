package io.tapedeck.engine.importer;

import io.tapedeck.engine.book.BookOutcome;
import io.tapedeck.engine.book.OrderBooks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Long2LongHashMap;

/**
 * What a first pass over a LOBSTER message file finds: above all the orders that rows name and none enters. Such an
 * order rested already when the file begins, or was entered outside of the levels that the file covers. It had at least
 * what its rows take off.
 *
 * <p>An exchange numbers orders as they come, so an order with a number below that of the first one entered was there at the
 * start.
 *
 * <p><b>Note:</b> immutable once made.
 */
public final class LobsterFacts {
    private static final int NOTED_REFERENCES = 8;
    private static final int INSTRUMENT_ID = 0;

    private final OrderBooks books = new OrderBooks();
    private final List<Opening> opening = new ArrayList<>();
    private final List<UnknownReference> noted = new ArrayList<>();
    private final Long2LongHashMap unnamed = new Long2LongHashMap(0);
    private long rowCount;
    private long firstNs;
    private long lastNs;
    private long firstEntered = Long.MAX_VALUE;
    private long unknownReferenceCount;
    private long contradictionCount;

    /** An order that was there before the first row. */
    record Opening(long orderId, int side, int price) {}

    private LobsterFacts() {}

    /**
     * Goes through a file.
     *
     * @param messages path of the message file.
     * @return what there is to know before it is translated.
     * @throws io.tapedeck.codecs.CorruptDataException if a row is none of a message file; names line, field and value.
     * @throws IOException                             if the file cannot be read.
     */
    public static LobsterFacts of(final Path messages) throws IOException {
        final LobsterFacts facts = new LobsterFacts();
        try (LobsterMessages rows = LobsterMessages.open(messages)) {
            while (rows.next()) {
                facts.take(rows);
            }
        }
        facts.opening.removeIf(order -> order.orderId >= facts.firstEntered);
        facts.books.clear();
        return facts;
    }

    private void take(final LobsterMessages row) {
        firstNs = rowCount == 0 ? row.timeNs() : firstNs;
        lastNs = row.timeNs();
        rowCount++;
        if (row.type() > LobsterMessages.EXECUTION) {
            return;
        }
        if (row.type() == LobsterMessages.NEW && firstEntered == Long.MAX_VALUE) {
            firstEntered = row.orderId();
        }
        final int outcome = apply(books, INSTRUMENT_ID, row);
        if (outcome == BookOutcome.UNKNOWN_ORDER) {
            noteUnknown(row);
        } else if (outcome != BookOutcome.APPLIED) {
            contradictionCount++;
        }
    }

    /** What a row about a displayed order does to books. */
    static int apply(final OrderBooks books, final int instrumentId, final LobsterMessages row) {
        switch (row.type()) {
            case LobsterMessages.NEW:
                return books.add(row.orderId(), instrumentId, row.side(), row.price(), row.size());
            case LobsterMessages.REDUCTION:
                return books.reduce(row.orderId(), row.size());
            case LobsterMessages.DELETION:
                return books.delete(row.orderId());
            default:
                return books.execute(row.orderId(), row.size());
        }
    }

    private void noteUnknown(final LobsterMessages row) {
        if (unknownReferenceCount++ < NOTED_REFERENCES) {
            noted.add(new UnknownReference(row.lineNumber(), (char) ('0' + row.type()), row.orderId()));
        }
        final long before = unnamed.get(row.orderId());
        if (before == 0) {
            opening.add(new Opening(row.orderId(), row.side(), row.price()));
        }
        unnamed.put(row.orderId(), Math.min(Integer.MAX_VALUE, before + row.size()));
    }

    /**
     * Rows of the file.
     *
     * @return their number.
     */
    public long rowCount() {
        return rowCount;
    }

    /**
     * Time of the first row.
     *
     * @return nanoseconds since midnight; 0 without rows.
     */
    public long firstNs() {
        return firstNs;
    }

    /**
     * Time of the last row.
     *
     * @return nanoseconds since midnight; 0 without rows.
     */
    public long lastNs() {
        return lastNs;
    }

    /**
     * Rows about orders that no row enters.
     *
     * @return their number.
     */
    public long unknownReferenceCount() {
        return unknownReferenceCount;
    }

    /**
     * The first of these rows.
     *
     * @return up to eight, with the line as the message's number and the row's type digit as its type.
     */
    public List<UnknownReference> unknownReferences() {
        return List.copyOf(noted);
    }

    /**
     * The orders that these rows name.
     *
     * @return their number.
     */
    public int neverEnteredCount() {
        return unnamed.size();
    }

    /**
     * Those of them that were there before the first row.
     *
     * @return their number.
     */
    public int openingCount() {
        return opening.size();
    }

    /**
     * Rows that contradict those before: an order that is entered twice, or loses more than it has.
     *
     * @return their number.
     */
    public long contradictionCount() {
        return contradictionCount;
    }

    /** The orders before the first row, as rows name them first. */
    List<Opening> opening() {
        return opening;
    }

    /** What the rows take off an order that none enters; 0 for any other. */
    int quantityNamed(final long orderId) {
        return (int) unnamed.get(orderId);
    }
}
