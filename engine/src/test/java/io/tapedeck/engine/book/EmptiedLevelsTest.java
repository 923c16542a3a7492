package io.tapedeck.engine.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmptiedLevelsTest {
    private static final int UPDATES = 20_000;
    private static final int INSTRUMENTS = 3;
    private static final int LIVE_ORDERS = 5;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldMakeTheSameBooksHoweverSeldomTheyAreAskedFor(final long seed) {
        final OrderBooks asked = new OrderBooks();
        final OrderBooks unasked = new OrderBooks();
        final SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < UPDATES; i++) {
            final int instrument = random.nextInt(INSTRUMENTS);
            final int side = random.nextInt(2);
            final int price = random.nextInt(50) == 0 ? random.nextInt() : 10_000 + random.nextInt(40);
            asked.add(i, instrument, side, price, 10);
            unasked.add(i, instrument, side, price, 10);
            final long last = i - LIVE_ORDERS;
            if (random.nextInt(4) == 0) {
                asked.replace(last, -i, price, 3);
                unasked.replace(last, -i, price, 3);
                asked.execute(-i, 3);
                unasked.execute(-i, 3);
            } else {
                asked.delete(last);
                unasked.delete(last);
            }
            requireConsistent(asked.book(instrument));
        }
        for (int instrument = 0; instrument < INSTRUMENTS; instrument++) {
            final OrderBook book = unasked.book(instrument);
            requireConsistent(book);
            assertThat(book.hash()).isEqualTo(asked.book(instrument).hash());
        }
    }

    private static void requireConsistent(final OrderBook book) {
        final LevelCursor level = new LevelCursor();
        for (int side = Side.BID; side <= Side.ASK; side++) {
            int levels = 0;
            for (boolean more = level.toBest(book, side); more; more = level.next()) {
                assertThat(level.orderCount()).isPositive();
                levels++;
            }
            assertThat(book.levelCount(side)).isEqualTo(levels);
            assertThat(book.bestQuantity(side) == 0).isEqualTo(levels == 0);
        }
    }

    @Test
    void shouldNotFindALevelWhoseOrdersAreGone() {
        final OrderBooks books = new OrderBooks();
        final LevelCursor level = new LevelCursor();
        books.add(1, 0, Side.ASK, 100, 5);
        books.add(2, 0, Side.ASK, 101, 6);
        books.delete(1);

        assertThat(level.toPrice(books.book(0), Side.ASK, 100)).isFalse();
        assertThat(books.book(0).bestPrice(Side.ASK)).isEqualTo(101);
    }

    @Test
    void shouldKeepALevelThatEmptiedAndFilledAgainAndAgain() {
        final OrderBooks books = new OrderBooks();
        for (int i = 0; i < 10; i++) {
            books.add(i, 0, Side.BID, 100, 5);
            books.delete(i);
        }
        books.add(10, 0, Side.BID, 100, 7);

        assertThat(books.book(0).levelCount(Side.BID)).isEqualTo(1);
        assertThat(books.book(0).bestQuantity(Side.BID)).isEqualTo(7);
        books.delete(10);
        assertThat(books.book(0).levelCount(Side.BID)).isZero();
    }

    @Test
    void shouldForgetThemWithAllElse() {
        final OrderBooks books = new OrderBooks();
        books.add(1, 0, Side.BID, 100, 5);
        books.delete(1);
        books.clear();
        books.add(2, 0, Side.BID, 99, 5);

        assertThat(books.book(0).bestPrice(Side.BID)).isEqualTo(99);
        assertThat(books.book(0).levelCount(Side.BID)).isEqualTo(1);
    }
}
