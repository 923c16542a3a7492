package io.tapedeck.engine.model;

import static io.tapedeck.codecs.qrsdp1.QueueEventType.ADD_ASK;
import static io.tapedeck.codecs.qrsdp1.QueueEventType.ADD_BID;
import static io.tapedeck.codecs.qrsdp1.QueueEventType.CANCEL_ASK;
import static io.tapedeck.codecs.qrsdp1.QueueEventType.CANCEL_BID;
import static io.tapedeck.codecs.qrsdp1.QueueEventType.EXECUTE_BUY;
import static io.tapedeck.codecs.qrsdp1.QueueEventType.EXECUTE_SELL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tapedeck.codecs.qrsdp1.QueueSide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rates worked out by hand. */
class LadderModelTest {
    private static final double TINY = 1e-9;

    @Test
    void shouldLeanWithTheImbalanceWhenTheModelIsSimple() {
        final LadderBook book = book(2);
        book.setDepth(QueueSide.BID, 0, 6);
        book.setDepth(QueueSide.ASK, 0, 2);
        final LadderModel model = SimpleImbalanceParameters.DEFAULTS.newModel(5);
        final double total = model.totalRate(book, 0);

        // I = 1/2, bid depths 6 + 4 x 5, ask depths 2 + 4 x 5, spread 2.
        assertThat(model.rate(ADD_BID)).isCloseTo(10, within(1e-7));
        assertThat(model.rate(ADD_ASK)).isCloseTo(30, within(1e-7));
        assertThat(model.rate(CANCEL_BID)).isEqualTo(13);
        assertThat(model.rate(CANCEL_ASK)).isEqualTo(11);
        assertThat(model.rate(EXECUTE_BUY)).isCloseTo(7.5, within(1e-7));
        assertThat(model.rate(EXECUTE_SELL)).isCloseTo(15, within(1e-7));
        assertThat(total).isCloseTo(86.5, within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8, 9, 255, 256, 300})
    void shouldScaleWithTheSpreadWhenTheModelIsSimple(final int spread) {
        final SimpleImbalanceParameters parameters = new SimpleImbalanceParameters(20, 0.5, 15, 1, 1, 0.5, 0.01, 0.5);
        final LadderModel model = parameters.newModel(5);
        model.totalRate(book(spread), 0);

        assertThat(model.rate(ADD_BID)).isCloseTo(20 * Math.exp(0.01 * (spread - 2)), within(1e-6));
        assertThat(model.rate(EXECUTE_SELL)).isCloseTo(7.5 * Math.exp(-0.01 * (spread - 2)), within(1e-6));
    }

    @Test
    void shouldFloorRatesWhenTheyVanish() {
        final LadderModel model = new SimpleImbalanceParameters(-1, 0, 0, 1, 1, 0.5, 0.4, 0.5).newModel(5);

        assertThat(model.totalRate(book(2), 0)).isEqualTo(6 * TINY, within(1e-20));
    }

    @Test
    void shouldReadTheCurvesWhenTheModelIsQueueReactive() {
        final LadderBook book = book(2);
        book.setDepth(QueueSide.BID, 0, 10);
        book.setDepth(QueueSide.ASK, 1, 200);
        final LadderModel model = QueueReactiveCurves.defaults(2).newModel(5);
        model.totalRate(book, 0);

        assertThat(model.rate(ADD_BID)).isCloseTo(15 / 2.2 + 5 / 2.0, within(1e-12));
        // The table ends at 100 and goes on with its last entry.
        assertThat(model.rate(ADD_ASK)).isCloseTo(15 / 1.6 + 5 / 21.0, within(1e-12));
        assertThat(model.rate(CANCEL_BID)).isCloseTo(3 / 1.2 + 1.5 / 1.1, within(1e-12));
        assertThat(model.rate(CANCEL_ASK)).isCloseTo(1.5 / 1.1 + 30 / 3.0, within(1e-12));
        // Only the first two levels count: J = (15 - 205) / 220.
        assertThat(model.rate(EXECUTE_BUY)).isCloseTo(8 * (1 + 190.0 / 220), within(1e-12));
        assertThat(model.rate(EXECUTE_SELL)).isEqualTo(8);
    }

    @Test
    void shouldHaveNoRatesWhenTheBookIsSmallerThanTheCurves() {
        final LadderModel model = QueueReactiveCurves.defaults(6).newModel(5);

        assertThat(model.totalRate(book(2), 0)).isEqualTo(6e-12, within(1e-20));
    }

    @Test
    void shouldCleanTablesWhenTheyHoldNonsense() {
        final double[] table = {Double.NaN, -1, Double.POSITIVE_INFINITY, 1e-13, 2};
        final double[][] tables = {table};
        final QueueReactiveCurves curves =
                new QueueReactiveCurves(1, 4, 0, 0, tables, tables, tables, new double[0][], table, new double[0]);

        assertThat(curves.limitBid(0)).containsExactly(0, 0, 0, 1e-12, 2);
        assertThat(curves.cancelAsk(0)).isEmpty();
    }

    @Test
    void shouldNameTheParameterWhenItIsOutOfRange() {
        assertThatThrownBy(() -> new SimpleImbalanceParameters(20, Double.NaN, 15, 1, 1, 0.5, 0.4, 0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cancelRate=NaN");
        assertThatThrownBy(() -> new SimpleImbalanceParameters(20, 1, 15, 1, 1, 0.5, 0.4, 11))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("levelDecay=11.0");
        assertThatThrownBy(() -> QueueReactiveCurves.defaults(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("levels=0");
    }

    private static LadderBook book(final int spread) {
        final LadderBook book = new LadderBook(5, spread, 5);
        book.open(10_000);
        return book;
    }
}
