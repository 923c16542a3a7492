package io.tapedeck.tools.commands;

import io.tapedeck.codecs.itch.Alpha;
import io.tapedeck.codecs.translation.InstrumentDirectory;
import io.tapedeck.engine.book.BookOutcome;
import io.tapedeck.engine.book.OrderBook;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.book.Side;
import io.tapedeck.tools.cli.Report;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/** What order-level books look like, as lines of a report. */
final class OrderBooksReport {
    /** Books of more symbols than this are not shown one by one. */
    private static final int MAX_SHOWN_BOOKS = 12;

    private static final int PRICE_DECIMALS = 4;

    private OrderBooksReport() {}

    /** How often an update could not be applied, by kind; unknown orders excepted. */
    static void addOutcomes(final Report report, final OrderBooks books) {
        report.add("duplicateOrders", "orders added twice", books.outcomeCount(BookOutcome.DUPLICATE_ORDER))
                .add("overQuantities", "more taken than there was", books.outcomeCount(BookOutcome.OVER_QUANTITY))
                .add("wrongQuantities", "impossible quantities", books.outcomeCount(BookOutcome.WRONG_QUANTITY));
    }

    /** The touch, the levels and the hash of every book. */
    static void addBooks(final Report report, final OrderBooks books, final InstrumentDirectory directory) {
        final Map<String, Object> shown = new LinkedHashMap<>();
        int count = 0;
        for (int instrumentId = 1; instrumentId < books.instrumentLimit(); instrumentId++) {
            if (books.hasBook(instrumentId)) {
                count++;
                if (shown.size() < MAX_SHOWN_BOOKS) {
                    shown.put(
                            Alpha.text(directory.symbol(instrumentId)),
                            describe(books.book(instrumentId), directory.tickSize(instrumentId)));
                }
            }
        }
        report.add("orders", "live orders", books.orderCount())
                .add(
                        "books",
                        "books",
                        shown,
                        count + (count > MAX_SHOWN_BOOKS ? ", of which the first " + MAX_SHOWN_BOOKS : ""));
        shown.forEach((symbol, text) -> report.line(String.format("    %-8s %s", symbol, text)));
    }

    private static String describe(final OrderBook book, final int tickSize) {
        return touch(book, Side.BID, tickSize) + " | " + touch(book, Side.ASK, tickSize) + "   "
                + book.levelCount(Side.BID) + " + " + book.levelCount(Side.ASK) + " levels, hash "
                + String.format("%016x", book.hash());
    }

    private static String touch(final OrderBook book, final int side, final int tickSize) {
        return book.bestQuantity(side) == 0
                ? "empty"
                : BigDecimal.valueOf((long) book.bestPrice(side) * tickSize, PRICE_DECIMALS) + " x "
                        + book.bestQuantity(side);
    }
}
