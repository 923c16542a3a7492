package io.tapedeck.engine.book;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The book as one would write it on a blackboard: a sorted map of lists. Slow, and obviously right; the oracle of
 * {@link OrderBooks}, with which it shares no code.
 */
public final class NaiveOrderBooks implements BookSet {
    private final Map<Long, Order> live = new HashMap<>();
    private final Map<Integer, TreeMap<Integer, List<Order>>> bids = new HashMap<>();
    private final Map<Integer, TreeMap<Integer, List<Order>>> asks = new HashMap<>();
    private final Map<Integer, Long> outcomes = new HashMap<>();
    private int lastInstrumentId;

    /** Empty books. */
    public NaiveOrderBooks() {}

    private static final class Order {
        private final long orderId;
        private final int instrumentId;
        private final int side;
        private final int price;
        private int quantity;

        private Order(final long orderId, final int instrumentId, final int side, final int price, final int quantity) {
            this.orderId = orderId;
            this.instrumentId = instrumentId;
            this.side = side;
            this.price = price;
            this.quantity = quantity;
        }
    }

    @Override
    public int add(final long orderId, final int instrumentId, final int side, final int price, final int quantity) {
        if (quantity < 1) {
            return count(BookOutcome.WRONG_QUANTITY);
        }
        if (side != Side.BID && side != Side.ASK) {
            return count(BookOutcome.WRONG_SIDE);
        }
        if (instrumentId < 0 || instrumentId > OrderBooks.MAX_INSTRUMENT_ID) {
            return count(BookOutcome.WRONG_INSTRUMENT);
        }
        if (live.containsKey(orderId)) {
            return count(BookOutcome.DUPLICATE_ORDER);
        }
        enter(new Order(orderId, instrumentId, side, price, quantity));
        return BookOutcome.APPLIED;
    }

    @Override
    public int reduce(final long orderId, final int quantity) {
        if (quantity < 1) {
            return count(BookOutcome.WRONG_QUANTITY);
        }
        final Order order = live.get(orderId);
        if (order == null) {
            return count(BookOutcome.UNKNOWN_ORDER);
        }
        lastInstrumentId = order.instrumentId;
        if (quantity < order.quantity) {
            order.quantity -= quantity;
            return BookOutcome.APPLIED;
        }
        takeOut(order);
        return quantity == order.quantity ? BookOutcome.APPLIED : count(BookOutcome.OVER_QUANTITY);
    }

    @Override
    public int execute(final long orderId, final int quantity) {
        return reduce(orderId, quantity);
    }

    @Override
    public int delete(final long orderId) {
        final Order order = live.get(orderId);
        if (order == null) {
            return count(BookOutcome.UNKNOWN_ORDER);
        }
        takeOut(order);
        return BookOutcome.APPLIED;
    }

    @Override
    public int replace(final long orderId, final long newOrderId, final int price, final int quantity) {
        if (quantity < 1) {
            return count(BookOutcome.WRONG_QUANTITY);
        }
        final Order order = live.get(orderId);
        if (order == null) {
            return count(BookOutcome.UNKNOWN_ORDER);
        }
        if (newOrderId != orderId && live.containsKey(newOrderId)) {
            return count(BookOutcome.DUPLICATE_ORDER);
        }
        takeOut(order);
        enter(new Order(newOrderId, order.instrumentId, order.side, price, quantity));
        return BookOutcome.APPLIED;
    }

    @Override
    public void clear() {
        live.clear();
        bids.clear();
        asks.clear();
    }

    @Override
    public long outcomeCount(final int outcome) {
        return outcomes.getOrDefault(outcome, 0L);
    }

    @Override
    public int orderCount() {
        return live.size();
    }

    @Override
    public int lastInstrumentId() {
        return lastInstrumentId;
    }

    @Override
    public Level best(final int instrumentId, final int side) {
        final Level level = level(instrumentId, side, 0);
        return level == null ? new Level(0, 0, 0, List.of()) : level;
    }

    @Override
    public List<Level> levels(final int instrumentId, final int side) {
        final List<Level> levels = new ArrayList<>();
        side(instrumentId, side).forEach((price, orders) -> {
            final List<Queued> queue = new ArrayList<>();
            orders.forEach(order -> queue.add(new Queued(order.orderId, order.quantity)));
            levels.add(new Level(price, quantityOf(orders), orders.size(), queue));
        });
        return levels;
    }

    @Override
    public Level level(final int instrumentId, final int side, final int n) {
        return side(instrumentId, side).entrySet().stream()
                .skip(n)
                .findFirst()
                .map(level -> new Level(
                        level.getKey(),
                        quantityOf(level.getValue()),
                        level.getValue().size(),
                        List.of()))
                .orElse(null);
    }

    @Override
    public Level levelAt(final int instrumentId, final int side, final int price) {
        final List<Order> orders = side(instrumentId, side).get(price);
        return orders == null ? null : new Level(price, quantityOf(orders), orders.size(), List.of());
    }

    @Override
    public Resting order(final long orderId) {
        final Order order = live.get(orderId);
        if (order == null) {
            return null;
        }
        final List<Order> queue = side(order.instrumentId, order.side).get(order.price);
        final List<Order> ahead = queue.subList(0, queue.indexOf(order));
        return new Resting(
                orderId, order.instrumentId, order.side, order.price, order.quantity, ahead.size(), quantityOf(ahead));
    }

    @Override
    public long hash(final int instrumentId) {
        long hash = 0;
        for (int side = Side.BID; side <= Side.ASK; side++) {
            long orders = 0;
            for (final Map.Entry<Integer, List<Order>> level :
                    side(instrumentId, side).entrySet()) {
                for (final Order order : level.getValue()) {
                    hash = absorb(hash, order.orderId);
                    hash = absorb(hash, level.getKey() * (1L << 32) + order.quantity);
                    orders++;
                }
            }
            hash = absorb(hash, orders);
        }
        return hash;
    }

    /** Written from the words of {@link OrderBook#hash}, not from its code. */
    private static long absorb(final long hash, final long word) {
        final long start = (hash ^ word) + 0x9E3779B97F4A7C15L;
        final long second = (start ^ (start >>> 30)) * 0xBF58476D1CE4E5B9L;
        final long third = (second ^ (second >>> 27)) * 0x94D049BB133111EBL;
        return third ^ (third >>> 31);
    }

    private static long quantityOf(final List<Order> orders) {
        return orders.stream().mapToLong(order -> order.quantity).sum();
    }

    private int count(final int outcome) {
        outcomes.merge(outcome, 1L, Long::sum);
        return outcome;
    }

    private TreeMap<Integer, List<Order>> side(final int instrumentId, final int side) {
        return side == Side.BID
                ? bids.computeIfAbsent(instrumentId, id -> new TreeMap<>(Comparator.reverseOrder()))
                : asks.computeIfAbsent(instrumentId, id -> new TreeMap<>());
    }

    private void enter(final Order order) {
        live.put(order.orderId, order);
        side(order.instrumentId, order.side)
                .computeIfAbsent(order.price, price -> new ArrayList<>())
                .add(order);
        lastInstrumentId = order.instrumentId;
    }

    private void takeOut(final Order order) {
        final TreeMap<Integer, List<Order>> side = side(order.instrumentId, order.side);
        final List<Order> queue = side.get(order.price);
        queue.remove(order);
        if (queue.isEmpty()) {
            side.remove(order.price);
        }
        live.remove(order.orderId);
        lastInstrumentId = order.instrumentId;
    }
}
