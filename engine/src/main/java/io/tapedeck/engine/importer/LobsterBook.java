package io.tapedeck.engine.importer;

import io.tapedeck.codecs.record.EventFlags;
import io.tapedeck.codecs.record.EventTypeCode;
import io.tapedeck.codecs.record.SideCode;
import io.tapedeck.engine.book.LevelCursor;
import io.tapedeck.engine.book.OrderBook;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.book.OrderCursor;
import io.tapedeck.engine.book.Side;
import io.tapedeck.engine.record.RecordWriter;

/**
 * The book behind the rows of a LOBSTER message file, kept whole although rows name orders that none enters. The rule
 * for those:
 *
 * <ul>
 *   <li>Each is added with the quantity that its rows take off. One that was there at the start is part of the opening
 *       book (OPENING); any other was entered out of the file's sight, and is added just before its first row (REFILL).
 *   <li>With an order book file, what a level shows beyond the orders that are known is one order without a name: at the
 *       start (OPENING), and whenever a level comes into the file's view (REFILL). An order that becomes known later is
 *       taken out of it, so that the level's quantity stays what the file says. A level that comes into view with less
 *       than is known there loses the nameless order first, then its youngest ones (REFILL).
 *   <li>A level that was in view all the time has to agree without help. Where it does not, it is corrected likewise and
 *       counted.
 * </ul>
 *
 * <p>Nameless orders have ids with bit 62 set, which no order of the file has.
 *
 * <p><b>Note:</b> belongs to one thread.
 */
final class LobsterBook {
    private static final int INSTRUMENT_ID = LobsterSession.INSTRUMENT_ID;
    private static final long NAMELESS = 1L << 62;
    private static final long NO_MATCH = 0;
    private static final int[] SIDES = {Side.BID, Side.ASK};

    private final LobsterFacts facts;
    private final LobsterDepth depth;
    private final RecordWriter writer;
    private final OrderBooks books = new OrderBooks();
    private final OrderBook book = books.book(INSTRUMENT_ID);
    private final LevelCursor level = new LevelCursor();
    private final OrderCursor order = new OrderCursor();
    /** Per side the outermost price of the order book file's row before. */
    private final int[] outermostInView = {Integer.MIN_VALUE, Integer.MAX_VALUE};

    private long namelessCount;
    private long openingOrderCount;
    private long lateOrderCount;
    private long enteredLevelCount;
    private long correctedLevelCount;

    /** Where a level differs from the row of the order book file. */
    private int differingPrice;

    private long differingSurplus;

    /**
     * An empty book.
     *
     * @param facts  of the message file.
     * @param depth  the order book file, moved on by whoever moves the messages; null if there is none.
     * @param writer takes the records.
     */
    LobsterBook(final LobsterFacts facts, final LobsterDepth depth, final RecordWriter writer) {
        this.facts = facts;
        this.depth = depth;
        this.writer = writer;
    }

    /** Adds the orders that were there before the first row, on which both files stand. */
    void open(final long timeNs, final LobsterMessages first) {
        for (final LobsterFacts.Opening known : facts.opening()) {
            final int quantity = facts.quantityNamed(known.orderId());
            if (depth == null || hasRoom(known, quantity, first)) {
                openingOrderCount++;
                add(timeNs, known.orderId(), known.side(), known.price(), quantity, EventFlags.OPENING);
            }
        }
        if (depth != null) {
            for (final int side : SIDES) {
                seed(timeNs, side, first);
            }
        }
    }

    /** Whether an order is out of view, or a part of what its level had before the first message. */
    private boolean hasRoom(final LobsterFacts.Opening known, final int quantity, final LobsterMessages first) {
        final int side = known.side();
        final int price = known.price();
        final boolean isOutOfView =
                depth.isCutOff(side) && LobsterDepth.isBetter(side, depth.price(side, depth.count(side) - 1), price);
        return isOutOfView || openingQuantity(side, price, first) - quantityAt(side, price) >= quantity;
    }

    /** Adds what a side of the order book file had before the first message, beyond what is known. */
    private void seed(final long timeNs, final int side, final LobsterMessages first) {
        for (int i = 0; i < depth.count(side); i++) {
            seed(timeNs, side, depth.price(side, i), first);
        }
        if (first.type() <= LobsterMessages.EXECUTION && first.side() == side) {
            // The first message may have emptied its level.
            seed(timeNs, side, first.price(), first);
        }
    }

    private void seed(final long timeNs, final int side, final int price, final LobsterMessages first) {
        final long missing = openingQuantity(side, price, first) - quantityAt(side, price);
        addNameless(timeNs, side, price, missing, EventFlags.OPENING);
    }

    /** What a level had before the first message: what the file's first row shows, and the message undone. */
    private long openingQuantity(final int side, final int price, final LobsterMessages first) {
        long quantity = 0;
        for (int i = 0; i < depth.count(side); i++) {
            quantity += depth.price(side, i) == price ? depth.size(side, i) : 0;
        }
        if (first.type() <= LobsterMessages.EXECUTION && first.side() == side && first.price() == price) {
            quantity += first.type() == LobsterMessages.NEW ? -first.size() : first.size();
        }
        return quantity;
    }

    /**
     * Writes a row about a displayed order.
     *
     * @param matchNumber of an execution.
     */
    void apply(final LobsterMessages row, final long matchNumber) {
        if (row.type() == LobsterMessages.NEW) {
            add(row.timeNs(), row.orderId(), row.side(), row.price(), row.size(), 0);
            return;
        }
        if (!order.toOrder(books, row.orderId())) {
            addLate(row);
        }
        final int type = row.type() == LobsterMessages.REDUCTION
                ? EventTypeCode.REDUCE
                : row.type() == LobsterMessages.DELETION ? EventTypeCode.DELETE : EventTypeCode.EXECUTE;
        LobsterFacts.apply(books, INSTRUMENT_ID, row);
        write(
                row.timeNs(),
                type,
                row.side(),
                0,
                row.orderId(),
                type == EventTypeCode.EXECUTE ? matchNumber : NO_MATCH,
                row.price(),
                row.size());
    }

    private void addLate(final LobsterMessages row) {
        lateOrderCount++;
        final int quantity = Math.max(row.size(), facts.quantityNamed(row.orderId()));
        if (depth != null) {
            remove(row.timeNs(), row.side(), row.price(), quantity);
        }
        add(row.timeNs(), row.orderId(), row.side(), row.price(), quantity, EventFlags.REFILL);
    }

    /** Makes the levels in view agree with the order book file's row. */
    void agree(final long timeNs) {
        for (final int side : SIDES) {
            while (findDifference(side)) {
                if (LobsterDepth.isBetter(side, outermostInView[side], differingPrice)) {
                    enteredLevelCount++;
                } else {
                    correctedLevelCount++;
                }
                if (differingSurplus > 0) {
                    remove(timeNs, side, differingPrice, differingSurplus);
                } else {
                    addNameless(timeNs, side, differingPrice, -differingSurplus, EventFlags.REFILL);
                }
            }
            outermostInView[side] = depth.isCutOff(side) ? depth.price(side, depth.count(side) - 1) : endOf(side);
        }
    }

    private static int endOf(final int side) {
        return side == Side.BID ? Integer.MIN_VALUE : Integer.MAX_VALUE;
    }

    /** Goes through both books from the best price on, to the first level that is not the same. */
    private boolean findDifference(final int side) {
        boolean hasOwn = level.toBest(book, side);
        for (int i = 0; i < depth.count(side); i++) {
            final int price = depth.price(side, i);
            if (hasOwn && LobsterDepth.isBetter(side, level.price(), price)) {
                return differsBy(level.price(), level.quantity());
            }
            final long own = hasOwn && level.price() == price ? level.quantity() : 0;
            if (own != depth.size(side, i)) {
                return differsBy(price, own - depth.size(side, i));
            }
            hasOwn = level.next();
        }
        return hasOwn && !depth.isCutOff(side) && differsBy(level.price(), level.quantity());
    }

    private boolean differsBy(final int price, final long surplus) {
        differingPrice = price;
        differingSurplus = surplus;
        return true;
    }

    /** Takes a quantity off a level, as far as there is one: from a nameless order, else from the youngest. */
    private void remove(final long timeNs, final int side, final int price, final long quantity) {
        long rest = quantity;
        while (rest > 0 && quantityAt(side, price) > 0) {
            final long id = dispensableOrder();
            order.toOrder(books, id);
            final int taken = (int) Math.min(rest, order.quantity());
            final boolean isAll = taken == order.quantity();
            if (isAll) {
                books.delete(id);
            } else {
                books.reduce(id, taken);
            }
            write(
                    timeNs,
                    isAll ? EventTypeCode.DELETE : EventTypeCode.REDUCE,
                    side,
                    EventFlags.REFILL,
                    id,
                    NO_MATCH,
                    price,
                    taken);
            rest -= taken;
        }
    }

    /** The youngest nameless order of the level that the cursor stands on, or the youngest of all. */
    private long dispensableOrder() {
        long youngest = 0;
        long nameless = 0;
        order.toFront(level);
        do {
            youngest = order.orderId();
            nameless = (youngest & NAMELESS) != 0 ? youngest : nameless;
        } while (order.next());
        return nameless != 0 ? nameless : youngest;
    }

    private long quantityAt(final int side, final int price) {
        return level.toPrice(book, side, price) ? level.quantity() : 0;
    }

    private void addNameless(final long timeNs, final int side, final int price, final long quantity, final int flags) {
        if (quantity > 0) {
            add(timeNs, NAMELESS | ++namelessCount, side, price, (int) Math.min(Integer.MAX_VALUE, quantity), flags);
        }
    }

    private void add(
            final long timeNs,
            final long orderId,
            final int side,
            final int price,
            final int quantity,
            final int flags) {
        books.add(orderId, INSTRUMENT_ID, side, price, quantity);
        write(timeNs, EventTypeCode.ADD, side, flags, orderId, NO_MATCH, price, quantity);
    }

    private void write(
            final long timeNs,
            final int type,
            final int side,
            final int flags,
            final long orderId,
            final long matchNumber,
            final int price,
            final int quantity) {
        writer.event(
                timeNs,
                type,
                side == Side.BID ? SideCode.BUY : SideCode.SELL,
                flags,
                orderId,
                matchNumber,
                INSTRUMENT_ID,
                price,
                quantity);
    }

    long openingOrderCount() {
        return openingOrderCount;
    }

    long lateOrderCount() {
        return lateOrderCount;
    }

    long enteredLevelCount() {
        return enteredLevelCount;
    }

    long correctedLevelCount() {
        return correctedLevelCount;
    }
}
