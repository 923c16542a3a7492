package io.tapedeck.feed.glimpse;

import io.tapedeck.codecs.itch.AddOrder;
import io.tapedeck.codecs.itch.AddOrderMpid;
import io.tapedeck.codecs.translation.InstrumentDirectory;
import io.tapedeck.engine.book.LevelCursor;
import io.tapedeck.engine.book.OrderBook;
import io.tapedeck.engine.book.OrderCursor;
import io.tapedeck.engine.book.Side;
import org.agrona.collections.Long2LongHashMap;

/**
 * Writes the orders of a book as messages that add them: bids, then offers, from the best price outwards, and at each
 * price from the oldest to the youngest, with what is left of each. An order that the feed could not say, because its
 * stock or its price is none of ITCH's, is left out as the feed left it out.
 */
final class OrderMessages {
    /** No four ASCII bytes. */
    static final long NO_MPID = -1;

    private final InstrumentDirectory directory;

    /** Attribution of those orders that have one. */
    private final Long2LongHashMap mpids;

    private final LevelCursor level = new LevelCursor();
    private final OrderCursor order = new OrderCursor();
    private final AddOrder addOrder = new AddOrder();
    private final AddOrderMpid addOrderMpid = new AddOrderMpid();

    OrderMessages(final InstrumentDirectory directory, final Long2LongHashMap mpids) {
        this.directory = directory;
        this.mpids = mpids;
    }

    /** Adds a book to a snapshot; answers how many orders it has. */
    int add(final OrderBook book, final long timestampNs, final Snapshot snapshot) {
        final int stockLocate = directory.stockLocate(book.instrumentId());
        if (stockLocate <= 0 || directory.symbol(book.instrumentId()) == InstrumentDirectory.NO_SYMBOL) {
            return 0;
        }
        return addSide(book, Side.BID, stockLocate, timestampNs, snapshot)
                + addSide(book, Side.ASK, stockLocate, timestampNs, snapshot);
    }

    private int addSide(
            final OrderBook book,
            final int side,
            final int stockLocate,
            final long timestampNs,
            final Snapshot snapshot) {
        final long symbol = directory.symbol(book.instrumentId());
        final int tickSize = directory.tickSize(book.instrumentId());
        final byte indicator = (byte) (side == Side.BID ? 'B' : 'S');
        int orders = 0;
        for (boolean hasLevel = level.toBest(book, side); hasLevel; hasLevel = level.next()) {
            final long price = (long) level.price() * tickSize;
            order.toFront(level);
            orders += level.orderCount();
            if (price < 0 || price > Integer.MAX_VALUE) {
                continue;
            }
            do {
                final long mpid = mpids.isEmpty() ? NO_MPID : mpids.get(order.orderId());
                if (mpid == NO_MPID) {
                    addOrder.wrapAndApplyType(snapshot.buffer(), snapshot.claim(AddOrder.LENGTH))
                            .stockLocate(stockLocate)
                            .trackingNumber(0)
                            .timestampNs(timestampNs)
                            .orderReferenceNumber(order.orderId())
                            .buySellIndicator(indicator)
                            .shares(order.quantity())
                            .stock(symbol)
                            .price(price);
                } else {
                    addOrderMpid
                            .wrapAndApplyType(snapshot.buffer(), snapshot.claim(AddOrderMpid.LENGTH))
                            .stockLocate(stockLocate)
                            .trackingNumber(0)
                            .timestampNs(timestampNs)
                            .orderReferenceNumber(order.orderId())
                            .buySellIndicator(indicator)
                            .shares(order.quantity())
                            .stock(symbol)
                            .price(price)
                            .attribution((int) mpid);
                }
            } while (order.next());
        }
        return orders;
    }
}
