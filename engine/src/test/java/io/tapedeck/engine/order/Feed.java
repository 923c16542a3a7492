package io.tapedeck.engine.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.record.EventFlags;
import io.tapedeck.codecs.record.EventTypeCode;
import io.tapedeck.codecs.record.SideCode;
import io.tapedeck.codecs.sbe.EventDecoder;
import io.tapedeck.engine.book.BookOutcome;
import io.tapedeck.engine.book.LevelCursor;
import io.tapedeck.engine.book.OrderBook;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.book.OrderCursor;
import io.tapedeck.engine.book.Side;
import io.tapedeck.engine.model.QueueBook;
import io.tapedeck.engine.record.RecordBuffer;

/**
 * Somebody who knows nothing but the records: builds a book from them with the order book that clients use, holds each
 * record against the rules, and compares his book with the model's window and with the layer's own queues.
 */
final class Feed {
    /** Sees a record before it is applied to the book. */
    interface Watcher {
        void onRecord(EventDecoder event, Feed feed);
    }

    private static final long FIRST_ID = (Market.INSTRUMENT - 1L) << 40;

    final OrderBooks books = new OrderBooks();
    final OrderBook own = books.book(Market.INSTRUMENT);
    final OrderCursor order = new OrderCursor();
    final LevelCursor level = new LevelCursor();
    private final QueueBook model;
    private final OrderLayer layer;
    private final EventDecoder event = new EventDecoder();
    private Watcher watcher = (record, feed) -> {};
    private long lastId = FIRST_ID;
    private long lastMatch = FIRST_ID;
    private long lastSequence;
    long refills;
    long executions;
    long frozenLevels;
    long partialExecutions;
    long shares;

    Feed(final QueueBook model, final OrderLayer layer) {
        this.model = model;
        this.layer = layer;
    }

    void watch(final Watcher newWatcher) {
        watcher = newWatcher;
    }

    void read(final RecordBuffer records) {
        for (int i = 0; i < records.size(); i++) {
            assertRule(EventDecoder.TEMPLATE_ID == records.slots().templateId(i), "template");
            records.slots().wrap(event, i);
            assertRule(event.sequence() == ++lastSequence, "sequence");
            watcher.onRecord(event, this);
            apply();
        }
    }

    private void apply() {
        assertRule(event.instrumentId() == Market.INSTRUMENT && event.quantity() > 0, "instrument and quantity");
        refills += (event.flags() & EventFlags.REFILL) == 0 ? 0 : 1;
        final int side = event.sideRaw() == SideCode.BUY ? Side.BID : Side.ASK;
        switch (event.eventTypeRaw()) {
            case EventTypeCode.ADD:
                assertRule(event.orderId() == lastId + 1, "ids count up");
                lastId++;
                shares += event.quantity();
                assertRule(
                        books.add(event.orderId(), event.instrumentId(), side, event.price(), event.quantity())
                                == BookOutcome.APPLIED,
                        "a new order");
                break;
            case EventTypeCode.DELETE:
                assertLive(side);
                assertRule(event.quantity() == order.quantity(), "the shares that were left");
                books.delete(event.orderId());
                break;
            case EventTypeCode.EXECUTE:
                assertLive(side);
                assertRule(event.price() == own.bestPrice(side), "the best price trades");
                assertRule(order.ordersAhead() == 0, "the oldest order trades");
                assertRule(event.auxId() == lastMatch + 1 && event.flags() == 0, "matches count up");
                lastMatch++;
                executions++;
                partialExecutions += event.quantity() < order.quantity() ? 1 : 0;
                assertRule(
                        books.execute(event.orderId(), event.quantity()) == BookOutcome.APPLIED,
                        "no more trades than there is");
                break;
            default:
                assertRule(false, "type");
        }
    }

    private void assertLive(final int side) {
        assertRule(order.toOrder(books, event.orderId()), "the order is live");
        assertRule(order.side() == side && order.price() == event.price(), "the order rests where the record says");
    }

    /** The model's window, and nothing inside or between: all else lies further out. */
    void assertWindow() {
        for (int side = Side.BID; side <= Side.ASK; side++) {
            int levelsWithOrders = 0;
            for (int i = 0; i < model.levels(); i++) {
                final boolean isThere = level.toPrice(own, side, model.priceTicks(side, i));
                final int orders = isThere ? level.orderCount() : 0;
                assertRule(orders == model.depth(side, i), "the depth of a level");
                levelsWithOrders += isThere ? 1 : 0;
            }
            final int outwards = side == Side.BID ? -1 : 1;
            final int back = model.priceTicks(side, model.levels() - 1);
            int frozen = 0;
            for (boolean more = level.toBest(own, side); more; more = level.next()) {
                frozen += (level.price() - back) * outwards > 0 ? 1 : 0;
            }
            assertRule(own.levelCount(side) == levelsWithOrders + frozen, "nothing inside of the window's best");
            frozenLevels = Math.max(frozenLevels, frozen);
        }
    }

    /** The layer's queues, frozen ones as well, order by order. */
    void assertQueues() {
        for (int side = Side.BID; side <= Side.ASK; side++) {
            final OrderSide orders = layer.side(side);
            final int outwards = side == Side.BID ? -1 : 1;
            int levelsWithOrders = 0;
            for (int price = orders.bestTicks(); price != orders.outermostTicks() + outwards; price += outwards) {
                final OrderQueue queue = orders.queue(price);
                final boolean isThere = level.toPrice(own, side, price);
                assertRule(isThere == queue.size() > 0, "a level is there");
                levelsWithOrders += isThere ? 1 : 0;
                if (isThere) {
                    order.toFront(level);
                    for (int rank = 0; rank < queue.size(); rank++) {
                        final long word = queue.get(rank);
                        assertRule(
                                order.orderId() == (FIRST_ID | OrderWord.number(word)),
                                "the queue has this order here");
                        assertRule(order.quantity() == OrderWord.shares(word), "the order has these shares left");
                        assertRule(order.next() == rank < queue.size() - 1, "the queue is as long");
                    }
                }
            }
            assertRule(own.levelCount(side) == levelsWithOrders, "the layer has all levels");
        }
    }

    /** Made at every event, so that a message is put together only when it is needed. */
    private void assertRule(final boolean holds, final String rule) {
        if (!holds) {
            assertThat(holds).as(rule + ": " + event).isTrue();
        }
    }
}
