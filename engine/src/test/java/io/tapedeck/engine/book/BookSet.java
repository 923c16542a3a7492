package io.tapedeck.engine.book;

import java.util.List;

/** What the shared suite and the comparison ask of a set of books, answered with plain values that compare by content. */
public interface BookSet {
    /** As {@link OrderBooks#add}. */
    int add(long orderId, int instrumentId, int side, int price, int quantity);

    /** As {@link OrderBooks#reduce}. */
    int reduce(long orderId, int quantity);

    /** As {@link OrderBooks#execute}. */
    int execute(long orderId, int quantity);

    /** As {@link OrderBooks#delete}. */
    int delete(long orderId);

    /** As {@link OrderBooks#replace}. */
    int replace(long orderId, long newOrderId, int price, int quantity);

    /** As {@link OrderBooks#clear}. */
    void clear();

    /** As {@link OrderBooks#outcomeCount}. */
    long outcomeCount(int outcome);

    /** As {@link OrderBooks#orderCount}. */
    int orderCount();

    /** As {@link OrderBooks#lastInstrumentId}. */
    int lastInstrumentId();

    /** Price, quantity and number of orders of the best level, without its orders; zeros if the side is empty. */
    Level best(int instrumentId, int side);

    /** All levels of a side from the best outwards, each with its orders from the oldest to the youngest. */
    List<Level> levels(int instrumentId, int side);

    /** The n-th level from the best without its orders, or null. */
    Level level(int instrumentId, int side, int n);

    /** The level of a price without its orders, or null. */
    Level levelAt(int instrumentId, int side, int price);

    /** A live order, or null. */
    Resting order(long orderId);

    /** As {@link OrderBook#hash}. */
    long hash(int instrumentId);

    /** A level; {@code orders} is empty where they were not asked for. */
    record Level(int price, long quantity, int orderCount, List<Queued> orders) {}

    /** An order in a queue. */
    record Queued(long orderId, int quantity) {}

    /** An order found by its id. */
    record Resting(
            long orderId, int instrumentId, int side, int price, int quantity, int ordersAhead, long quantityAhead) {}
}
