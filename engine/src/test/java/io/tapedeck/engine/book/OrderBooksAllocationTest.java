package io.tapedeck.engine.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.testing.AllocationMeter;
import org.junit.jupiter.api.Test;

/** Books that have reached their size allocate nothing, whatever happens in them. */
class OrderBooksAllocationTest {
    private static final int LIVE_ORDERS = 2_000;
    private static final int EVENTS = 200_000;

    private final OrderBooks books = new OrderBooks();
    private final LevelCursor level = new LevelCursor();
    private final OrderCursor order = new OrderCursor();
    private long checksum;

    @Test
    void shouldAllocateNothingWhenWarm() {
        playDay();
        final long bytes = AllocationMeter.leastAllocatedBytes(this::playDay, 5);

        assertThat(checksum).isNotZero();
        assertThat(bytes).isZero();
    }

    /** The same day each time: a wandering market in ten instruments, with far prices, and queries of every kind. */
    private void playDay() {
        books.clear();

        long state = 42;
        for (int event = 0; event < EVENTS; event++) {
            state = state * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
            final int draw = (int) (state >>> 33);
            final long id = event;
            final int instrument = draw % 10;
            final int side = draw >>> 4 & 1;
            final int centre = 1_000_000 + event / 10;
            final int price = (draw & 0xFF0) == 0 ? draw : centre + (side == Side.BID ? -1 : 1) * (draw >>> 8) % 500;
            checksum += books.add(id, instrument, side, price, 1 + (draw & 0xFF));
            if (event >= LIVE_ORDERS) {
                change(event - LIVE_ORDERS, draw, price);
            }
            if ((event & 63) == 0) {
                query(id, instrument, side, price);
            }
        }
    }

    private void change(final long id, final int draw, final int price) {
        switch (draw % 4) {
            case 0:
                checksum += books.delete(id);
                break;
            case 1:
                checksum += books.execute(id, 1_000);
                break;
            case 2:
                checksum += books.replace(id, -id - 1, price, 5) + books.delete(-id - 1);
                break;
            default:
                checksum += books.reduce(id, 1) + books.delete(id);
        }
    }

    private void query(final long id, final int instrument, final int side, final int price) {
        final OrderBook book = books.book(instrument);
        checksum += book.hash() + book.bestPrice(side) + book.bestQuantity(side);
        for (boolean more = level.toBest(book, side); more; more = level.next()) {
            checksum += level.quantity();
        }
        if (level.toPrice(book, side, price)) {
            order.toFront(level);
            checksum += order.orderId();
        }
        if (order.toOrder(books, id)) {
            checksum += order.ordersAhead() + order.quantityAhead();
        }
    }
}
