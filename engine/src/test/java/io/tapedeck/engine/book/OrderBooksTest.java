package io.tapedeck.engine.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast book keeps the rules. */
class OrderBooksTest extends BookSuite {
    @Override
    BookSet newBooks() {
        return new FastBookSet();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 100})
    void shouldHashAsIfPricesWereInASmallerUnit(final int unitsPerPrice) {
        final OrderBooks ticks = new OrderBooks();
        final OrderBooks units = new OrderBooks();
        final SplittableRandom random = new SplittableRandom(unitsPerPrice);
        for (int id = 1; id <= 500; id++) {
            final int side = random.nextInt(2);
            final int price = random.nextInt(-100, 10_000);
            final int quantity = random.nextInt(1, 100);
            ticks.add(id, 1, side, price, quantity);
            units.add(id, 1, side, price * unitsPerPrice, quantity);
        }

        assertThat(ticks.book(1).hash(unitsPerPrice)).isEqualTo(units.book(1).hash());
        assertThat(ticks.book(1).hash(unitsPerPrice + 1))
                .isNotEqualTo(units.book(1).hash());
    }

    @Test
    void shouldRefuseToHashInAUnitThatIsNone() {
        final OrderBook book = new OrderBooks().book(1);

        assertThatThrownBy(() -> book.hash(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unitsPerPrice=0");
    }
}
