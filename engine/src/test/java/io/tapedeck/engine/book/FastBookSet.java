package io.tapedeck.engine.book;

import java.util.ArrayList;
import java.util.List;

/** {@link OrderBooks} with its answers as plain values. */
final class FastBookSet implements BookSet {
    private final OrderBooks books = new OrderBooks();
    private final LevelCursor level = new LevelCursor();
    private final OrderCursor order = new OrderCursor();

    @Override
    public int add(final long orderId, final int instrumentId, final int side, final int price, final int quantity) {
        return books.add(orderId, instrumentId, side, price, quantity);
    }

    @Override
    public int reduce(final long orderId, final int quantity) {
        return books.reduce(orderId, quantity);
    }

    @Override
    public int execute(final long orderId, final int quantity) {
        return books.execute(orderId, quantity);
    }

    @Override
    public int delete(final long orderId) {
        return books.delete(orderId);
    }

    @Override
    public int replace(final long orderId, final long newOrderId, final int price, final int quantity) {
        return books.replace(orderId, newOrderId, price, quantity);
    }

    @Override
    public void clear() {
        books.clear();
    }

    @Override
    public long outcomeCount(final int outcome) {
        return books.outcomeCount(outcome);
    }

    @Override
    public int orderCount() {
        return books.orderCount();
    }

    @Override
    public int lastInstrumentId() {
        return books.lastInstrumentId();
    }

    @Override
    public Level best(final int instrumentId, final int side) {
        final OrderBook book = books.book(instrumentId);
        return new Level(book.bestPrice(side), book.bestQuantity(side), book.bestOrderCount(side), List.of());
    }

    @Override
    public List<Level> levels(final int instrumentId, final int side) {
        final List<Level> levels = new ArrayList<>();
        for (boolean more = level.toBest(books.book(instrumentId), side); more; more = level.next()) {
            final List<Queued> queue = new ArrayList<>();
            order.toFront(level);
            do {
                queue.add(new Queued(order.orderId(), order.quantity()));
            } while (order.next());
            levels.add(new Level(level.price(), level.quantity(), level.orderCount(), queue));
        }
        if (levels.size() != books.book(instrumentId).levelCount(side)) {
            throw new AssertionError("levelCount=" + books.book(instrumentId).levelCount(side) + ", walked=" + levels);
        }
        return levels;
    }

    @Override
    public Level level(final int instrumentId, final int side, final int n) {
        return level.toLevel(books.book(instrumentId), side, n) ? current() : null;
    }

    @Override
    public Level levelAt(final int instrumentId, final int side, final int price) {
        return level.toPrice(books.book(instrumentId), side, price) ? current() : null;
    }

    @Override
    public Resting order(final long orderId) {
        return order.toOrder(books, orderId)
                ? new Resting(
                        order.orderId(),
                        order.instrumentId(),
                        order.side(),
                        order.price(),
                        order.quantity(),
                        order.ordersAhead(),
                        order.quantityAhead())
                : null;
    }

    @Override
    public long hash(final int instrumentId) {
        return books.book(instrumentId).hash();
    }

    private Level current() {
        return new Level(level.price(), level.quantity(), level.orderCount(), List.of());
    }
}
