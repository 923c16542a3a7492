package io.tapedeck.engine.order;

import static io.tapedeck.codecs.qrsdp1.QueueEventType.ADD_ASK;
import static io.tapedeck.codecs.qrsdp1.QueueEventType.ADD_BID;
import static io.tapedeck.codecs.qrsdp1.QueueEventType.CANCEL_ASK;
import static io.tapedeck.codecs.qrsdp1.QueueEventType.CANCEL_BID;
import static io.tapedeck.codecs.qrsdp1.QueueEventType.EXECUTE_BUY;
import static io.tapedeck.codecs.qrsdp1.QueueEventType.EXECUTE_SELL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.codecs.qrsdp1.QueueSide;
import io.tapedeck.codecs.record.EventFlags;
import io.tapedeck.engine.model.LadderBook;
import io.tapedeck.engine.model.MarketProcess;
import io.tapedeck.engine.model.QueueBook;
import io.tapedeck.engine.random.Xoshiro256PlusPlus;
import io.tapedeck.engine.record.CollectingSink;
import io.tapedeck.engine.record.RecordBuffer;
import io.tapedeck.engine.record.RecordWriter;
import io.tapedeck.engine.record.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each event means, told by hand; the feed's other tests say that the whole of it is coherent. */
class OrderLayerTest {
    private static final int INSTRUMENT = 2;
    private static final String REFILL = " flags " + EventFlags.REFILL;
    private static final String OPENING = " flags " + EventFlags.OPENING;

    private final CollectingSink sink = new CollectingSink(8);
    private final RecordWriter writer = new RecordWriter(sink);
    private LadderBook book;
    private OrderLayer layer;
    private int taken;

    @Test
    void shouldWriteTheOpeningBookFromTheBestLevelsOutwards() {
        open(2, 2, 2);
        assertThat(take())
                .containsExactly(
                        "BUY 99 ADD #1" + OPENING,
                        "BUY 99 ADD #2" + OPENING,
                        "BUY 98 ADD #3" + OPENING,
                        "BUY 98 ADD #4" + OPENING,
                        "SELL 101 ADD #5" + OPENING,
                        "SELL 101 ADD #6" + OPENING,
                        "SELL 102 ADD #7" + OPENING,
                        "SELL 102 ADD #8" + OPENING);
        assertThat(sink.records()).extracting(Slot::timeNs).containsOnly(7L);
    }

    @Test
    void shouldAddAtTheTailAndExecuteTheOldest() {
        openQuietly(2, 2, 2);
        step(ADD_BID, 99);
        step(EXECUTE_SELL, 99);
        step(EXECUTE_SELL, 99);
        step(ADD_ASK, 102);
        step(EXECUTE_BUY, 101);

        assertThat(take())
                .containsExactly(
                        "BUY 99 ADD #9",
                        "BUY 99 EXECUTE #1",
                        "BUY 99 EXECUTE #2",
                        "SELL 102 ADD #10",
                        "SELL 101 EXECUTE #5");
    }

    @Test
    void shouldCountOrdersAndMatchesWithinTheInstrument() {
        openQuietly(1, 2, 2);
        step(ADD_BID, 99);
        step(EXECUTE_SELL, 99);
        step(EXECUTE_BUY, 101);
        take();
        final List<Slot> records = sink.records().subList(4, 7);

        assertThat(records.get(0).orderId()).isEqualTo((1L << 40) + 5);
        assertThat(records.get(0).auxId()).isZero();
        assertThat(records.get(1).auxId()).isEqualTo((1L << 40) + 1);
        assertThat(records.get(2).auxId()).isEqualTo((1L << 40) + 2);
        assertThat(layer.orderCount()).isEqualTo(5);
        assertThat(layer.matchCount()).isEqualTo(2);
    }

    @Test
    void shouldDeleteAnOrderOfTheLevelWhenOneIsCancelled() {
        openQuietly(2, 2, 3);
        step(CANCEL_ASK, 102);
        final List<String> records = take();

        assertThat(records).hasSize(1);
        assertThat(records.get(0)).isIn("SELL 102 DELETE #10", "SELL 102 DELETE #11", "SELL 102 DELETE #12");
    }

    @Test
    void shouldRefillTheLevelThatEntersWhenTheWindowMovesOutwards() {
        openQuietly(2, 2, 1);
        step(EXECUTE_SELL, 99);
        step(CANCEL_BID, 98);

        assertThat(take())
                .containsExactly(
                        "BUY 99 EXECUTE #1", "BUY 97 ADD #5" + REFILL, "BUY 98 DELETE #2", "BUY 96 ADD #6" + REFILL);
    }

    @Test
    void shouldRefillSeveralLevelsWhenTheWindowMovesOverEmptyOnes() {
        openQuietly(3, 2, 1);
        step(CANCEL_ASK, 102);
        step(EXECUTE_BUY, 101);

        assertThat(take())
                .containsExactly(
                        "SELL 102 DELETE #5",
                        "SELL 101 EXECUTE #4",
                        "SELL 104 ADD #7" + REFILL,
                        "SELL 105 ADD #8" + REFILL);
    }

    @Test
    void shouldKeepALevelThatLeavesTheWindowAndTakeItBackAsItIs() {
        openQuietly(1, 4, 2);
        step(ADD_BID, 99);
        step(EXECUTE_SELL, 99);
        step(EXECUTE_SELL, 98);

        assertThat(take()).containsExactly("BUY 99 ADD #5", "BUY 99 EXECUTE #5", "BUY 98 EXECUTE #1");
    }

    @Test
    void shouldDeleteTheYoungestWhenALevelComesBackTooDeep() {
        openQuietly(1, 4, 2);
        step(ADD_BID, 98);
        step(ADD_BID, 98);
        step(ADD_BID, 99);
        step(CANCEL_BID, 99);
        step(EXECUTE_SELL, 98);

        assertThat(take())
                .containsExactly(
                        "BUY 98 ADD #5",
                        "BUY 98 ADD #6",
                        "BUY 99 ADD #7",
                        "BUY 99 DELETE #7",
                        "BUY 98 DELETE #6" + REFILL,
                        "BUY 98 DELETE #5" + REFILL,
                        "BUY 98 EXECUTE #1");
    }

    @Test
    void shouldAddWhatIsMissingWhenALevelComesBackTooShallow() {
        openQuietly(1, 4, 2);
        step(EXECUTE_SELL, 98);
        step(ADD_BID, 99);
        step(EXECUTE_SELL, 99);
        step(EXECUTE_SELL, 98);

        assertThat(take())
                .containsExactly(
                        "BUY 98 EXECUTE #1",
                        "BUY 99 ADD #5",
                        "BUY 99 EXECUTE #5",
                        "BUY 98 ADD #6" + REFILL,
                        "BUY 98 EXECUTE #2");
    }

    @Test
    void shouldGiveAllLevelsTheirNewDepthsWhenTheBookIsRedrawn() {
        openQuietly(2, 2, 2);
        book.apply(EXECUTE_SELL, 99, 1);
        book.setDepth(QueueSide.BID, 0, 3);
        book.setDepth(QueueSide.BID, 1, 0);
        book.setDepth(QueueSide.ASK, 0, 1);
        layer.onEvent(8, EXECUTE_SELL, 99, MarketProcess.FLAG_REINITIALISED);

        assertThat(take())
                .containsExactly(
                        "BUY 99 EXECUTE #1",
                        "BUY 99 ADD #9" + REFILL,
                        "BUY 99 ADD #10" + REFILL,
                        "BUY 98 DELETE #4" + REFILL,
                        "BUY 98 DELETE #3" + REFILL,
                        "SELL 101 DELETE #6" + REFILL);
    }

    @Test
    void shouldTakeAPartOfTheNextOrderWhenAMarketOrderWantsMoreThanTheOldest() {
        openWithSizes("lognormal:100,1");
        final List<Slot> before = sink.records();
        final int[] shares = new int[5];
        for (int i = 0; i < 4; i++) {
            shares[i + 1] = before.get(i).quantity();
        }
        final OrderSizes wanted = OrderSizeLaw.parse("lognormal:100,1").newSizes(new Xoshiro256PlusPlus(2));
        for (int i = 0; i < before.size(); i++) {
            wanted.next();
        }
        int partial = 0;
        for (int oldest = 1; oldest <= 3; oldest++) {
            take();
            step(EXECUTE_SELL, 99);
            final int beyond = Math.min(wanted.next() - shares[oldest], shares[oldest + 1] - 1);
            assertThat(take().size()).isEqualTo(beyond > 0 ? 2 : 1);
            final List<Slot> trades = sink.records().subList(taken - (beyond > 0 ? 2 : 1), taken);
            assertThat(trades.get(0).orderId()).isEqualTo((1L << 40) + oldest);
            assertThat(trades.get(0).quantity()).isEqualTo(shares[oldest]);
            if (beyond > 0) {
                partial++;
                assertThat(trades.get(1).orderId()).isEqualTo((1L << 40) + oldest + 1);
                assertThat(trades.get(1).quantity()).isEqualTo(beyond);
                assertThat(trades.get(1).auxId())
                        .isEqualTo(trades.get(0).auxId() + 1)
                        .isEqualTo((1L << 40) + layer.matchCount());
                shares[oldest + 1] -= beyond;
            }
        }
        // The last order of its price: a market order wants nothing at another price.
        step(EXECUTE_SELL, 99);
        assertThat(take().get(0)).isEqualTo("BUY 99 EXECUTE #4");
        assertThat(partial).isPositive();
    }

    @Test
    void shouldMoveTheWholeWindowWhenTheReferencePriceMoves() {
        final AroundAPrice around = new AroundAPrice();
        around.set(100, 0, 2, 1, 0);
        layer = new OrderLayer(INSTRUMENT, around, new Xoshiro256PlusPlus(1), unit());
        layer.writeTo(writer);
        layer.open(7);
        assertThat(take())
                .containsExactly("BUY 99 ADD #1" + OPENING, "BUY 99 ADD #2" + OPENING, "SELL 101 ADD #3" + OPENING);

        // The ask's innermost queue empties, all move up: 101 is a bid now, 99 leaves, 103 comes in.
        around.set(101, 0, 1, 0, 2);
        layer.onEvent(8, EXECUTE_BUY, 101, MarketProcess.FLAG_RECENTRED);
        assertThat(take())
                .containsExactly(
                        "SELL 101 EXECUTE #3",
                        "SELL 103 ADD #4" + REFILL,
                        "SELL 103 ADD #5" + REFILL,
                        "BUY 100 ADD #6" + REFILL);

        // Down again: what was left at 99 comes back into the window, and is cut to what the model has there.
        around.set(100, 0, 1, 3, 0);
        layer.onEvent(9, CANCEL_BID, 100, MarketProcess.FLAG_RECENTRED | MarketProcess.FLAG_REINITIALISED);
        assertThat(take())
                .containsExactly(
                        "BUY 100 DELETE #6",
                        "BUY 99 DELETE #2" + REFILL,
                        "SELL 101 ADD #7" + REFILL,
                        "SELL 101 ADD #8" + REFILL,
                        "SELL 101 ADD #9" + REFILL);
    }

    private void openWithSizes(final String sizes) {
        book = new LadderBook(1, 2, 4);
        book.open(100);
        layer = new OrderLayer(
                INSTRUMENT,
                book,
                new Xoshiro256PlusPlus(1),
                OrderSizeLaw.parse(sizes).newSizes(new Xoshiro256PlusPlus(2)));
        layer.writeTo(writer);
        layer.open(7);
        take();
    }

    @Test
    void shouldWriteNothingAndCountWhenAnEventChangesNothing() {
        openQuietly(2, 6, 1);
        book.setDepth(QueueSide.BID, 0, 0);
        book.setDepth(QueueSide.ASK, 1, 0);
        layer.onEvent(8, ADD_BID, 94, MarketProcess.FLAG_REINITIALISED);
        assertThat(take()).containsExactly("BUY 97 DELETE #1" + REFILL, "SELL 104 DELETE #4" + REFILL);
        assertThat(layer.emptyEventCount()).isEqualTo(1);

        step(EXECUTE_SELL, 97);
        step(CANCEL_BID, 97);
        step(CANCEL_ASK, 104);
        step(CANCEL_ASK, 102);
        step(CANCEL_ASK, 105);
        step(ADD_ASK, 105);
        step(ADD_BID, 103);
        assertThat(take()).isEmpty();
        assertThat(layer.emptyEventCount()).isEqualTo(8);
        step(ADD_BID, 97);
        assertThat(take()).containsExactly("BUY 97 ADD #5");
    }

    @Test
    void shouldStartAfreshWhenItIsOpenedAgain() {
        openQuietly(2, 2, 2);
        step(ADD_BID, 100);
        step(EXECUTE_SELL, 100);
        take();
        book.open(1_000);
        layer.open(9);

        assertThat(take())
                .hasSize(8)
                .startsWith("BUY 999 ADD #1" + OPENING, "BUY 999 ADD #2" + OPENING, "BUY 998 ADD #3" + OPENING);
        assertThat(layer.matchCount()).isZero();
    }

    @Test
    void shouldKeepThousandsOfFrozenLevelsOverALongDrift() {
        book = new LadderBook(3, 2, 1);
        book.open(0);
        final RecordBuffer records = new RecordBuffer(64);
        final RecordWriter toFeed = new RecordWriter(records);
        layer = new OrderLayer(Market.INSTRUMENT, book, new Xoshiro256PlusPlus(1), unit());
        layer.writeTo(toFeed);
        final Feed feed = new Feed(book, layer);
        layer.open(0);
        final int drift = 3_000;
        for (int leg = 0; leg < 4; leg++) {
            final boolean isUp = leg % 2 == 0;
            for (int i = 0; i < drift; i++) {
                step(isUp ? EXECUTE_BUY : EXECUTE_SELL, isUp ? book.bestAskTicks() : book.bestBidTicks());
                step(isUp ? ADD_BID : ADD_ASK, isUp ? book.bestBidTicks() + 1 : book.bestAskTicks() - 1);
                toFeed.flush();
                feed.read(records);
                records.clear();
            }
            feed.assertWindow();
            feed.assertQueues();
            assertThat(book.bestBidTicks()).isEqualTo(isUp ? drift - 1 : -1);
            assertThat(feed.frozenLevels).isEqualTo(drift);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65_536})
    void shouldRefuseAnInstrumentWhenItHasNoStockLocate(final int instrumentId) {
        assertThatThrownBy(
                        () -> new OrderLayer(instrumentId, new LadderBook(1, 2, 1), new Xoshiro256PlusPlus(1), unit()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("instrumentId=" + instrumentId);
    }

    private static OrderSizes unit() {
        return OrderSizeLaw.UNIT.newSizes(new Xoshiro256PlusPlus(2));
    }

    private void open(final int levels, final int spreadTicks, final int depth) {
        book = new LadderBook(levels, spreadTicks, depth);
        book.open(100);
        layer = new OrderLayer(INSTRUMENT, book, new Xoshiro256PlusPlus(1), unit());
        layer.writeTo(writer);
        layer.open(7);
    }

    private void openQuietly(final int levels, final int spreadTicks, final int depth) {
        open(levels, spreadTicks, depth);
        take();
    }

    private void step(final int type, final int priceTicks) {
        book.apply(type, priceTicks, 1);
        layer.onEvent(8, type, priceTicks, 0);
    }

    private List<String> take() {
        writer.flush();
        final List<Slot> fresh =
                new ArrayList<>(sink.records().subList(taken, sink.records().size()));
        taken = sink.records().size();
        return fresh.stream().map(Slot::toString).collect(Collectors.toList());
    }

    /** Two levels on either side of a price between two ticks, of any depth. */
    private static final class AroundAPrice implements QueueBook {
        private final int[][] depths = new int[2][2];
        private int innermostBidTicks;

        void set(final int innermostBid, final int bid0, final int bid1, final int ask0, final int ask1) {
            innermostBidTicks = innermostBid;
            depths[QueueSide.BID][0] = bid0;
            depths[QueueSide.BID][1] = bid1;
            depths[QueueSide.ASK][0] = ask0;
            depths[QueueSide.ASK][1] = ask1;
        }

        @Override
        public int levels() {
            return 2;
        }

        @Override
        public int priceTicks(final int side, final int level) {
            return side == QueueSide.BID ? innermostBidTicks - level : innermostBidTicks + 1 + level;
        }

        @Override
        public int depth(final int side, final int level) {
            return depths[side][level];
        }
    }
}
