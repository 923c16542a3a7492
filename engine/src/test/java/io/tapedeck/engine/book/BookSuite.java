package io.tapedeck.engine.book;

import static io.tapedeck.engine.book.BookOutcome.APPLIED;
import static io.tapedeck.engine.book.BookOutcome.DUPLICATE_ORDER;
import static io.tapedeck.engine.book.BookOutcome.OVER_QUANTITY;
import static io.tapedeck.engine.book.BookOutcome.UNKNOWN_ORDER;
import static io.tapedeck.engine.book.BookOutcome.WRONG_INSTRUMENT;
import static io.tapedeck.engine.book.BookOutcome.WRONG_QUANTITY;
import static io.tapedeck.engine.book.BookOutcome.WRONG_SIDE;
import static io.tapedeck.engine.book.Side.ASK;
import static io.tapedeck.engine.book.Side.BID;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.engine.book.BookSet.Level;
import io.tapedeck.engine.book.BookSet.Queued;
import io.tapedeck.engine.book.BookSet.Resting;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every implementation of the book must do; the expected values are written out by hand. */
abstract class BookSuite {
    private static final int INSTRUMENT = 3;

    /** Computed with a few lines of Python from the words of {@link OrderBook#hash}. */
    private static final long EMPTY_HASH = 0xA706_DD2F_4D19_7E6FL;

    private static final long SMALL_BOOK_HASH = 0xAEF2_6D03_A8B0_FA2FL;

    private final BookSet books = newBooks();

    abstract BookSet newBooks();

    @Test
    void shouldQueueInOrderOfArrivalWhenPricesAreEqual() {
        books.add(1, INSTRUMENT, BID, 100, 10);
        books.add(2, INSTRUMENT, BID, 100, 20);
        books.add(3, INSTRUMENT, BID, 99, 30);

        assertThat(books.levels(INSTRUMENT, BID))
                .containsExactly(
                        new Level(100, 30, 2, List.of(new Queued(1, 10), new Queued(2, 20))),
                        new Level(99, 30, 1, List.of(new Queued(3, 30))));
        assertThat(books.order(2)).isEqualTo(new Resting(2, INSTRUMENT, BID, 100, 20, 1, 10));
        assertThat(books.best(INSTRUMENT, ASK)).isEqualTo(new Level(0, 0, 0, List.of()));
    }

    @Test
    void shouldRankBidsDownwardsAndAsksUpwards() {
        books.add(1, INSTRUMENT, BID, -5, 1);
        books.add(2, INSTRUMENT, BID, 7, 2);
        books.add(3, INSTRUMENT, ASK, 12, 3);
        books.add(4, INSTRUMENT, ASK, 9, 4);

        assertThat(books.best(INSTRUMENT, BID)).isEqualTo(new Level(7, 2, 1, List.of()));
        assertThat(books.best(INSTRUMENT, ASK)).isEqualTo(new Level(9, 4, 1, List.of()));
        assertThat(books.level(INSTRUMENT, BID, 1)).isEqualTo(new Level(-5, 1, 1, List.of()));
        assertThat(books.level(INSTRUMENT, ASK, 1)).isEqualTo(new Level(12, 3, 1, List.of()));
        assertThat(books.level(INSTRUMENT, ASK, 2)).isNull();
        assertThat(books.levelAt(INSTRUMENT, ASK, 12)).isEqualTo(new Level(12, 3, 1, List.of()));
        assertThat(books.levelAt(INSTRUMENT, BID, 12)).isNull();
    }

    @Test
    void shouldKeepThePlaceWhenPartIsTakenOff() {
        books.add(1, INSTRUMENT, ASK, 50, 10);
        books.add(2, INSTRUMENT, ASK, 50, 10);

        assertThat(books.reduce(1, 4)).isEqualTo(APPLIED);
        assertThat(books.execute(2, 9)).isEqualTo(APPLIED);

        assertThat(books.levels(INSTRUMENT, ASK))
                .containsExactly(new Level(50, 7, 2, List.of(new Queued(1, 6), new Queued(2, 1))));
    }

    @Test
    void shouldRemoveTheOrderWhenNothingIsLeft() {
        books.add(1, INSTRUMENT, ASK, 50, 10);
        books.add(2, INSTRUMENT, ASK, 51, 10);

        assertThat(books.execute(1, 10)).isEqualTo(APPLIED);

        assertThat(books.order(1)).isNull();
        assertThat(books.best(INSTRUMENT, ASK)).isEqualTo(new Level(51, 10, 1, List.of()));
        assertThat(books.orderCount()).isEqualTo(1);
    }

    @Test
    void shouldRemoveWhatIsLeftAndCountWhenTooMuchIsTakenOff() {
        books.add(1, INSTRUMENT, ASK, 50, 10);

        assertThat(books.execute(1, 11)).isEqualTo(OVER_QUANTITY);

        assertThat(books.levels(INSTRUMENT, ASK)).isEmpty();
        assertThat(books.outcomeCount(OVER_QUANTITY)).isEqualTo(1);
        assertThat(books.delete(1)).isEqualTo(UNKNOWN_ORDER);
    }

    @Test
    void shouldGoToTheTailWhenReplacedAtTheSamePrice() {
        books.add(1, INSTRUMENT, BID, 100, 10);
        books.add(2, INSTRUMENT, BID, 100, 20);

        assertThat(books.replace(1, 3, 100, 5)).isEqualTo(APPLIED);

        assertThat(books.levels(INSTRUMENT, BID))
                .containsExactly(new Level(100, 25, 2, List.of(new Queued(2, 20), new Queued(3, 5))));
        assertThat(books.order(1)).isNull();
        assertThat(books.lastInstrumentId()).isEqualTo(INSTRUMENT);
    }

    @Test
    void shouldAllowReplacingAnOrderByItself() {
        books.add(1, INSTRUMENT, BID, 100, 10);

        assertThat(books.replace(1, 1, 99, 7)).isEqualTo(APPLIED);

        assertThat(books.order(1)).isEqualTo(new Resting(1, INSTRUMENT, BID, 99, 7, 0, 0));
        assertThat(books.orderCount()).isEqualTo(1);
    }

    @Test
    void shouldChangeNothingWhenAnUpdateIsRefused() {
        books.add(1, INSTRUMENT, BID, 100, 10);
        books.add(2, INSTRUMENT, BID, 100, 20);
        final long hash = books.hash(INSTRUMENT);

        assertThat(books.add(1, INSTRUMENT + 1, ASK, 5, 5)).isEqualTo(DUPLICATE_ORDER);
        assertThat(books.add(9, INSTRUMENT, BID, 5, 0)).isEqualTo(WRONG_QUANTITY);
        assertThat(books.add(9, INSTRUMENT, BID, 5, -1)).isEqualTo(WRONG_QUANTITY);
        assertThat(books.add(9, INSTRUMENT, 2, 5, 5)).isEqualTo(WRONG_SIDE);
        assertThat(books.add(9, INSTRUMENT, -1, 5, 5)).isEqualTo(WRONG_SIDE);
        assertThat(books.add(9, -1, BID, 5, 5)).isEqualTo(WRONG_INSTRUMENT);
        assertThat(books.add(9, OrderBooks.MAX_INSTRUMENT_ID + 1, BID, 5, 5)).isEqualTo(WRONG_INSTRUMENT);
        assertThat(books.reduce(1, 0)).isEqualTo(WRONG_QUANTITY);
        assertThat(books.reduce(9, 1)).isEqualTo(UNKNOWN_ORDER);
        assertThat(books.execute(9, 1)).isEqualTo(UNKNOWN_ORDER);
        assertThat(books.delete(9)).isEqualTo(UNKNOWN_ORDER);
        assertThat(books.replace(9, 10, 5, 5)).isEqualTo(UNKNOWN_ORDER);
        assertThat(books.replace(1, 2, 5, 5)).isEqualTo(DUPLICATE_ORDER);
        assertThat(books.replace(1, 3, 5, 0)).isEqualTo(WRONG_QUANTITY);

        assertThat(books.hash(INSTRUMENT)).isEqualTo(hash);
        assertThat(books.orderCount()).isEqualTo(2);
        assertThat(books.outcomeCount(WRONG_QUANTITY)).isEqualTo(4);
        assertThat(books.outcomeCount(UNKNOWN_ORDER)).isEqualTo(4);
        assertThat(books.outcomeCount(DUPLICATE_ORDER)).isEqualTo(2);
        assertThat(books.outcomeCount(WRONG_SIDE)).isEqualTo(2);
        assertThat(books.outcomeCount(WRONG_INSTRUMENT)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32, -1L << 32})
    void shouldTakeAnyIdWhateverItsBits(final long orderId) {
        assertThat(books.delete(orderId)).isEqualTo(UNKNOWN_ORDER);
        assertThat(books.add(orderId, INSTRUMENT, BID, 100, 10)).isEqualTo(APPLIED);
        assertThat(books.add(orderId, INSTRUMENT, BID, 100, 10)).isEqualTo(DUPLICATE_ORDER);
        assertThat(books.order(orderId)).isEqualTo(new Resting(orderId, INSTRUMENT, BID, 100, 10, 0, 0));
        assertThat(books.delete(orderId)).isEqualTo(APPLIED);
        assertThat(books.order(orderId)).isNull();
    }

    @Test
    void shouldOrderTheExtremePricesRight() {
        final int[] prices = {0, Integer.MAX_VALUE, Integer.MIN_VALUE, 1, -1, Integer.MAX_VALUE - 1};
        for (int i = 0; i < prices.length; i++) {
            books.add(i, INSTRUMENT, BID, prices[i], 1);
            books.add(100 + i, INSTRUMENT, ASK, prices[i], 1);
        }

        assertThat(books.levels(INSTRUMENT, BID))
                .extracting(Level::price)
                .containsExactly(Integer.MAX_VALUE, Integer.MAX_VALUE - 1, 1, 0, -1, Integer.MIN_VALUE);
        assertThat(books.levels(INSTRUMENT, ASK))
                .extracting(Level::price)
                .containsExactly(Integer.MIN_VALUE, -1, 0, 1, Integer.MAX_VALUE - 1, Integer.MAX_VALUE);
    }

    @Test
    void shouldSumQuantitiesBeyond32Bits() {
        books.add(1, INSTRUMENT, BID, 100, Integer.MAX_VALUE);
        books.add(2, INSTRUMENT, BID, 100, Integer.MAX_VALUE);
        books.add(3, INSTRUMENT, BID, 100, Integer.MAX_VALUE);

        assertThat(books.best(INSTRUMENT, BID)).isEqualTo(new Level(100, 3L * Integer.MAX_VALUE, 3, List.of()));
        assertThat(books.order(3).quantityAhead()).isEqualTo(2L * Integer.MAX_VALUE);
    }

    @Test
    void shouldFallBackToAFarPriceWhenTheTouchEmpties() {
        books.add(1, INSTRUMENT, BID, 5_850_000, 10);
        books.add(2, INSTRUMENT, BID, 100, 1);
        books.add(3, INSTRUMENT, BID, 5_849_900, 5);

        books.delete(1);
        assertThat(books.best(INSTRUMENT, BID)).isEqualTo(new Level(5_849_900, 5, 1, List.of()));
        books.delete(3);
        assertThat(books.best(INSTRUMENT, BID)).isEqualTo(new Level(100, 1, 1, List.of()));
    }

    @Test
    void shouldHashContentAndNotWhoseBookItIs() {
        books.add(1, INSTRUMENT, BID, 100, 10);
        books.add(2, INSTRUMENT, ASK, 101, 10);
        final long hash = books.hash(INSTRUMENT);
        books.clear();
        books.add(2, INSTRUMENT + 1, ASK, 101, 10);
        books.add(1, INSTRUMENT + 1, BID, 100, 10);

        assertThat(books.hash(INSTRUMENT + 1)).isEqualTo(hash);
        assertThat(books.hash(INSTRUMENT)).isNotEqualTo(hash);
    }

    @Test
    void shouldHashDifferentlyWhenSideOrQueueOrderDiffer() {
        books.add(1, 1, BID, 100, 10);
        books.add(2, 1, BID, 100, 10);
        final long hash = books.hash(1);
        books.clear();
        books.add(2, 1, BID, 100, 10);
        books.add(1, 1, BID, 100, 10);
        assertThat(books.hash(1)).isNotEqualTo(hash);
        books.clear();
        books.add(1, 1, ASK, 100, 10);
        books.add(2, 1, ASK, 100, 10);
        assertThat(books.hash(1)).isNotEqualTo(hash);
    }

    @Test
    void shouldHashAsItsDescriptionSays() {
        assertThat(books.hash(INSTRUMENT)).isEqualTo(EMPTY_HASH);
        books.add(7, INSTRUMENT, BID, 100, 10);
        books.add(-1, INSTRUMENT, BID, 100, 20);
        books.add(0, INSTRUMENT, ASK, -3, Integer.MAX_VALUE);
        assertThat(books.hash(INSTRUMENT)).isEqualTo(SMALL_BOOK_HASH);
    }
}
