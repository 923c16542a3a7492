package io.tapedeck.engine.order;

import static io.tapedeck.engine.model.MarketProcess.FLAG_RECENTRED;
import static io.tapedeck.engine.model.MarketProcess.FLAG_REINITIALISED;

import io.tapedeck.codecs.qrsdp1.QueueEventType;
import io.tapedeck.codecs.qrsdp1.QueueSide;
import io.tapedeck.codecs.record.EventFlags;
import io.tapedeck.codecs.record.EventTypeCode;
import io.tapedeck.codecs.record.SideCode;
import io.tapedeck.engine.model.QueueBook;
import io.tapedeck.engine.random.RandomSource;
import io.tapedeck.engine.record.RecordWriter;

/**
 * Turns the events of a queue model into records about orders, so that whoever reads the records from the start holds
 * the book that the model has, order by order.
 *
 * <pre>
 *   the model's event        records
 *   -----------------------  --------------------------------------------------------------------
 *   the open                 ADD of every order, best level first, bids then asks (OPENING)
 *   addition                 ADD, at the tail
 *   cancellation             DELETE of any order of the level, each with the same chance
 *   execution                EXECUTE of the oldest order of the level, and it may be of a part of the next
 *   ... and the window moves, or is redrawn: for each level that came in, or all levels,
 *   depth grew               ADDs at the tail (REFILL)
 *   depth shrank             DELETEs from the tail, youngest first (REFILL)
 * </pre>
 *
 * <p>A level that leaves the window at its far end keeps its orders; when the window comes back to it, they are its
 * oldest. An event that changes nothing, such as an execution against an empty level, has no record and is counted.
 *
 * <p>The model counts orders, the layer gives them shares: every order a number of its own when it is added, and every
 * market order a number that it wants. It takes the oldest order whole, whatever it wanted, for that is the model's event;
 * what it wants beyond that it takes from the next order of the same price, but for one share, which keeps the order
 * there. So depths in orders are the model's for any sizes.
 *
 * <p>Ids and match numbers are {@code (instrumentId - 1) << 40 | n} with n from 1, unique over all instruments of a
 * session. Random numbers are drawn for cancellations and for sizes, from sources of the layer's own, so the model's path
 * does not depend on the layer.
 *
 * <p>One instance serves any number of sessions, one after the other.
 *
 * <p><b>Note:</b> belongs to one thread. No allocation but for a queue or a price range larger than any before.
 */
public final class OrderLayer {
    /** The largest instrument: an ITCH stock locate has 16 bits. */
    public static final int MAX_INSTRUMENT_ID = 0xFFFF;

    private static final int NUMBER_BITS = 40;
    private static final long NO_MATCH = 0;

    private final int instrumentId;
    private final long idBase;
    private final QueueBook book;
    private final int levels;
    private final RandomSource random;
    private final OrderSizes sizes;
    private final OrderSide bids = new OrderSide(-1);
    private final OrderSide asks = new OrderSide(1);
    private RecordWriter writer;
    private long orderCount;
    private long matchCount;
    private long emptyEventCount;

    /**
     * A layer over a book.
     *
     * @param instrumentId 1 to {@link #MAX_INSTRUMENT_ID}.
     * @param book         the model's; read after every event.
     * @param random       chooses the orders that are cancelled; the layer does not seed it.
     * @param sizes        gives the orders their shares.
     * @throws IllegalArgumentException if the instrument is out of range.
     */
    public OrderLayer(final int instrumentId, final QueueBook book, final RandomSource random, final OrderSizes sizes) {
        if (instrumentId < 1 || instrumentId > MAX_INSTRUMENT_ID) {
            throw new IllegalArgumentException(
                    "instrumentId must be from 1 to " + MAX_INSTRUMENT_ID + ": instrumentId=" + instrumentId);
        }
        this.instrumentId = instrumentId;
        this.book = book;
        levels = book.levels();
        this.random = random;
        this.sizes = sizes;
        idBase = (instrumentId - 1L) << NUMBER_BITS;
    }

    /**
     * Says where records go from now on.
     *
     * @param newWriter gets them.
     */
    public void writeTo(final RecordWriter newWriter) {
        writer = newWriter;
    }

    /**
     * Starts a session with the book as it is now, and writes its orders.
     *
     * @param timeNs of the records, since midnight.
     */
    public void open(final long timeNs) {
        orderCount = 0;
        matchCount = 0;
        emptyEventCount = 0;
        bids.open(book.priceTicks(QueueSide.BID, 0));
        asks.open(book.priceTicks(QueueSide.ASK, 0));
        fill(timeNs, QueueSide.BID, 0, EventFlags.OPENING);
        fill(timeNs, QueueSide.ASK, 0, EventFlags.OPENING);
    }

    /**
     * Writes what an event of the model means for orders.
     *
     * @param timeNs     of the event, since midnight.
     * @param type       one of {@link QueueEventType}.
     * @param priceTicks of the level. One outside of the window is a change of nothing.
     * @param flags      of the event; of them only {@link io.tapedeck.engine.model.MarketProcess#FLAG_REINITIALISED}
     *                   and {@link io.tapedeck.engine.model.MarketProcess#FLAG_RECENTRED} are looked at.
     */
    public void onEvent(final long timeNs, final int type, final int priceTicks, final int flags) {
        final int side = QueueEventType.restingSide(type);
        final OrderSide orders = side == QueueSide.BID ? bids : asks;
        if (type < QueueEventType.CANCEL_BID) {
            onAddition(timeNs, side, orders, priceTicks);
        } else {
            onDeparture(timeNs, side, orders, priceTicks, type >= QueueEventType.EXECUTE_BUY);
        }
        if ((flags & (FLAG_REINITIALISED | FLAG_RECENTRED)) != 0) {
            bids.beginAt(book.priceTicks(QueueSide.BID, 0));
            asks.beginAt(book.priceTicks(QueueSide.ASK, 0));
            fill(timeNs, QueueSide.BID, 0, EventFlags.REFILL);
            fill(timeNs, QueueSide.ASK, 0, EventFlags.REFILL);
        }
    }

    /**
     * How many orders the session has had.
     *
     * @return the number in the last order's id.
     */
    public long orderCount() {
        return orderCount;
    }

    /**
     * How many executions the session has had.
     *
     * @return the number in the last match number.
     */
    public long matchCount() {
        return matchCount;
    }

    /**
     * How many events of the model changed nothing.
     *
     * @return since the open.
     */
    public long emptyEventCount() {
        return emptyEventCount;
    }

    OrderSide side(final int side) {
        return side == QueueSide.BID ? bids : asks;
    }

    private void onAddition(final long timeNs, final int side, final OrderSide orders, final int priceTicks) {
        final int level = orders.level(priceTicks);
        if (level < levels && (level >= 0 || book.priceTicks(side, 0) == priceTicks)) {
            add(timeNs, side, orders.queueOf(priceTicks), priceTicks, 0);
        } else {
            emptyEventCount++;
        }
    }

    private void onDeparture(
            final long timeNs, final int side, final OrderSide orders, final int priceTicks, final boolean isTraded) {
        final int level = orders.level(priceTicks);
        final OrderQueue queue = orders.queue(priceTicks);
        final int size = queue.size();
        if (level < 0 || level >= levels || size == 0) {
            emptyEventCount++;
            return;
        }
        if (isTraded) {
            trade(timeNs, side, queue, priceTicks);
        } else {
            delete(timeNs, side, queue.remove(randomRank(size)), priceTicks, 0);
        }
        if (size == 1 && level == 0) {
            followWindow(timeNs, side, orders);
        }
    }

    /** A market order that takes the oldest order, and what it wants beyond that from the next, which stays. */
    private void trade(final long timeNs, final int side, final OrderQueue queue, final int priceTicks) {
        final long oldest = queue.removeOldest();
        final int shares = OrderWord.shares(oldest);
        execute(timeNs, side, oldest, shares, priceTicks);
        final int wanted = sizes.next() - shares;
        if (wanted > 0 && queue.size() > 0) {
            final long next = queue.get(0);
            final int part = Math.min(wanted, OrderWord.shares(next) - 1);
            if (part > 0) {
                queue.replaceOldest(OrderWord.less(next, part));
                execute(timeNs, side, next, part, priceTicks);
            }
        }
    }

    /** After the best level was emptied: the window may begin further out, and then its far end is new as well. */
    private void followWindow(final long timeNs, final int side, final OrderSide orders) {
        final int newBest = book.priceTicks(side, 0);
        final int moved = Math.abs(newBest - orders.bestTicks());
        orders.beginAt(newBest);
        if (moved > 0) {
            fill(timeNs, side, levels - moved, EventFlags.REFILL);
        }
    }

    /** Gives the levels from {@code firstLevel} outwards the depths that the model has there. */
    private void fill(final long timeNs, final int side, final int firstLevel, final int flags) {
        final OrderSide orders = side(side);
        for (int level = firstLevel; level < levels; level++) {
            final int priceTicks = book.priceTicks(side, level);
            final int depth = book.depth(side, level);
            final OrderQueue queue = orders.queueOf(priceTicks);
            while (queue.size() > depth) {
                delete(timeNs, side, queue.removeYoungest(), priceTicks, flags);
            }
            while (queue.size() < depth) {
                add(timeNs, side, queue, priceTicks, flags);
            }
        }
    }

    private void add(final long timeNs, final int side, final OrderQueue queue, final int priceTicks, final int flags) {
        final long order = OrderWord.of(++orderCount, sizes.next());
        queue.add(order);
        write(timeNs, EventTypeCode.ADD, side, flags, order, NO_MATCH, priceTicks, OrderWord.shares(order));
    }

    private void delete(final long timeNs, final int side, final long order, final int priceTicks, final int flags) {
        write(timeNs, EventTypeCode.DELETE, side, flags, order, NO_MATCH, priceTicks, OrderWord.shares(order));
    }

    private void execute(final long timeNs, final int side, final long order, final int shares, final int priceTicks) {
        write(timeNs, EventTypeCode.EXECUTE, side, 0, order, idBase | ++matchCount, priceTicks, shares);
    }

    private void write(
            final long timeNs,
            final int type,
            final int side,
            final int flags,
            final long order,
            final long match,
            final int priceTicks,
            final int shares) {
        final int sideCode = side == QueueSide.BID ? SideCode.BUY : SideCode.SELL;
        final long id = idBase | OrderWord.number(order);
        writer.event(timeNs, type, sideCode, flags, id, match, instrumentId, priceTicks, shares);
    }

    /** {@code floor(u * size)} for a u of 63 bits: the high word of the product. */
    private int randomRank(final int size) {
        return (int) Math.multiplyHigh(random.nextLong() >>> 1, 2L * size);
    }
}
