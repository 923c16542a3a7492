package io.tapedeck.engine.importer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.itch.AddOrder;
import io.tapedeck.codecs.itch.Alpha;
import io.tapedeck.codecs.itch.ItchMessageFlyweight;
import io.tapedeck.codecs.itch.OrderCancel;
import io.tapedeck.codecs.itch.OrderDelete;
import io.tapedeck.codecs.itch.OrderReplace;
import io.tapedeck.codecs.itch.StockDirectory;
import io.tapedeck.codecs.itch.SystemEvent;
import io.tapedeck.codecs.translation.InstrumentDirectory;
import io.tapedeck.engine.book.BookOutcome;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.book.Side;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class ItchBookBuilderTest {
    private static final long STOCK = Alpha.toLong("ABC");

    private final OrderBooks books = new OrderBooks();
    private final ItchBookBuilder builder = new ItchBookBuilder(books);
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
    private long messageNumber;

    @Test
    void shouldTakeTheSymbolFromTheFirstOrderWhenThereIsNoDirectory() {
        apply(add(7, 1, 'B', 100, 10));

        assertThat(builder.directory().symbol(7)).isEqualTo(STOCK);
        assertThat(builder.directory().symbol(8)).isEqualTo(InstrumentDirectory.NO_SYMBOL);
    }

    @Test
    void shouldKeepTheDirectorysSymbolWhenAnOrderSaysOtherwise() {
        apply(message(new StockDirectory(), 7).stock(Alpha.toLong("DIR")));
        apply(add(7, 1, 'B', 100, 10));

        assertThat(Alpha.text(builder.directory().symbol(7))).isEqualTo("DIR");
    }

    @Test
    void shouldOpenTheMarketOnlyAtTheStartOfMarketHours() {
        for (final char code : "OS".toCharArray()) {
            apply(message(new SystemEvent(), 0).eventCode((byte) code));
            assertThat(builder.isMarketOpen()).isFalse();
        }
        apply(message(new SystemEvent(), 0).eventCode((byte) 'Q'));
        assertThat(builder.isMarketOpen()).isTrue();
        apply(message(new SystemEvent(), 0).eventCode((byte) 'M'));
        assertThat(builder.isMarketOpen()).isTrue();
    }

    @Test
    void shouldSkipAndCountWhatCannotBeRight() {
        apply(add(7, 1, 'B', 100, 10));
        final long hash = books.book(7).hash();

        apply(add(0, 2, 'B', 100, 10));
        apply(add(7, 2, 'X', 100, 10));
        apply(add(7, 2, 'B', 1L << 31, 10));
        apply(message(new OrderReplace(), 7)
                .originalOrderReferenceNumber(1)
                .newOrderReferenceNumber(2)
                .shares(1)
                .price(0xFFFF_FFFFL));
        apply(message(new StockDirectory(), 0).stock(STOCK));
        builder.apply(buffer, 0, StockDirectory.LENGTH - 1, ++messageNumber);
        builder.apply(buffer, 0, 0, ++messageNumber);
        assertThat(builder.malformedCount()).isEqualTo(7);

        buffer.putByte(0, (byte) '?');
        builder.apply(buffer, 0, 20, ++messageNumber);
        assertThat(builder.unknownTypeCount()).isEqualTo(1);
        assertThat(builder.touchedInstrumentId()).isEqualTo(-1);

        assertThat(books.book(7).hash()).isEqualTo(hash);
        assertThat(builder.malformedCount()).isEqualTo(7);
    }

    @Test
    void shouldLeaveImpossibleQuantitiesToTheBooksToRefuse() {
        apply(add(7, 1, 'B', 100, 0));
        apply(add(7, 1, 'B', 100, 1L << 31));
        apply(add(7, 1, 'B', 100, Integer.MAX_VALUE));
        apply(message(new OrderCancel(), 7).orderReferenceNumber(1).canceledShares(0xFFFF_FFFFL));

        assertThat(books.outcomeCount(BookOutcome.WRONG_QUANTITY)).isEqualTo(3);
        assertThat(books.book(7).bestQuantity(Side.BID)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void shouldNoteTheFirstUnknownReferencesAndCountAll() {
        for (int i = 1; i <= 20; i++) {
            apply(message(new OrderDelete(), 7).orderReferenceNumber(1_000 + i));
        }

        assertThat(builder.unknownReferenceCount()).isEqualTo(20);
        assertThat(builder.unknownReferences()).hasSize(ItchBookBuilder.NOTED_REFERENCES);
        assertThat(builder.unknownReferences().get(2)).isEqualTo(new UnknownReference(3, 'D', 1_003));
    }

    @Test
    void shouldNameTheOrdersBookWhenTheLocateNamesAnother() {
        apply(add(7, 1, 'B', 100, 10));
        apply(message(new OrderDelete(), 9).orderReferenceNumber(1));

        assertThat(builder.touchedInstrumentId()).isEqualTo(7);
        assertThat(books.orderCount()).isZero();
    }

    private AddOrder add(final int locate, final long reference, final char side, final long price, final long shares) {
        return message(new AddOrder(), locate)
                .orderReferenceNumber(reference)
                .buySellIndicator((byte) side)
                .shares(shares)
                .stock(STOCK)
                .price(price);
    }

    private <T extends ItchMessageFlyweight<T>> T message(final T message, final int locate) {
        return message.wrapAndApplyType(buffer, 0).stockLocate(locate);
    }

    private void apply(final ItchMessageFlyweight<?> message) {
        builder.apply(buffer, 0, message.length(), ++messageNumber);
    }
}
