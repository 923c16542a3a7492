package io.tapedeck.engine.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tapedeck.codecs.itch.Alpha;
import io.tapedeck.codecs.record.EventFlags;
import io.tapedeck.codecs.record.EventTypeCode;
import io.tapedeck.codecs.record.SideCode;
import io.tapedeck.engine.book.Side;
import io.tapedeck.engine.model.HawkesParameters;
import io.tapedeck.engine.record.RecordBuffer;
import io.tapedeck.engine.record.RecordWriter;
import io.tapedeck.engine.record.SessionRecords;
import io.tapedeck.journal.manifest.Instrument;
import io.tapedeck.testing.AllocationMeter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What counts as time, what as an event, and in which state, by records written by hand. */
class FlowReaderTest {
    private static final LocalDate DATE = LocalDate.of(2026, 1, 2);
    private static final int INSTRUMENT = 1;
    private static final long NS = 1_000_000_000L;

    private final RecordBuffer records = new RecordBuffer(1 << 10);
    private final RecordWriter writer = new RecordWriter(records);
    private final SessionRecords session = new SessionRecords(writer);
    private final List<String> heard = new ArrayList<>();
    private final FlowListener notes = new FlowListener() {
        @Override
        public void onTime(final QueueWindow window, final double seconds) {
            heard.add(seconds + " s in " + sizes(window));
        }

        @Override
        public void onEvent(
                final QueueWindow window, final int kind, final int side, final int level, final int shares) {
            heard.add((side == Side.BID ? "bid " : "ask ") + level + " " + "LCM".charAt(kind) + " at "
                    + window.size(side, level) + " x " + shares);
        }
    };

    private long from = Long.MIN_VALUE;
    private long to = Long.MAX_VALUE;
    private QueueUnit unit = QueueUnit.orders();
    private int levelTicks = 1;
    private Anchor anchor = Anchor.BEST_QUOTE;

    private static String sizes(final QueueWindow window) {
        return window.size(Side.BID, 1) + " " + window.size(Side.BID, 0) + " | " + window.size(Side.ASK, 0) + " "
                + window.size(Side.ASK, 1);
    }

    /** Two orders at 99, one at 98; one at 101 and one at 102. */
    @BeforeEach
    void open() {
        add(1, 10, SideCode.BUY, 99, 10, EventFlags.OPENING);
        add(1, 11, SideCode.BUY, 99, 10, EventFlags.OPENING);
        add(1, 12, SideCode.BUY, 98, 10, EventFlags.OPENING);
        add(1, 20, SideCode.SELL, 101, 10, EventFlags.OPENING);
        add(1, 21, SideCode.SELL, 102, 10, EventFlags.OPENING);
    }

    private void add(
            final long seconds, final long id, final int side, final int price, final int shares, final int flags) {
        writer.event(seconds * NS, EventTypeCode.ADD, side, flags, id, 0, INSTRUMENT, price, shares);
    }

    private void event(final long seconds, final int type, final long id, final int shares) {
        writer.event(seconds * NS, type, 0, 0, id, 0, INSTRUMENT, 0, shares);
    }

    private FlowReader read() {
        writer.flush();
        final FlowReader reader = new FlowReader(
                List.of(new Instrument(INSTRUMENT, "TEST", 1, Map.of())),
                (book, instrument) -> new QueueWindow(book, anchor, 2, levelTicks, unit),
                from,
                to,
                HawkesParameters.NONE,
                notes);
        reader.onSession(DATE);
        reader.onBatch(records.slots(), 0, records.size() - 1);
        return reader;
    }

    @Test
    void shouldCountAllTimeFromTheStartOfMarketHoursToTheirEnd() {
        session.systemEvent(2 * NS, 'Q');
        add(5, 30, SideCode.BUY, 99, 10, 0);
        event(6, EventTypeCode.EXECUTE, 20, 10);
        session.systemEvent(10 * NS, 'M');
        add(11, 31, SideCode.BUY, 99, 10, 0);

        final FlowReader reader = read();

        assertThat(heard)
                .containsExactly(
                        "3.0 s in 1 2 | 1 1",
                        "bid 0 L at 2 x 10",
                        "1.0 s in 1 3 | 1 1",
                        "ask 0 M at 1 x 10",
                        "4.0 s in 1 3 | 1 0");
        assertThat(reader.seconds()).isCloseTo(8, within(1e-12));
        assertThat(reader.eventCount()).isEqualTo(2);
    }

    @Test
    void shouldTakeRefillsForChangesOfTheStateAndNotForEvents() {
        session.systemEvent(2 * NS, 'Q');
        event(3, EventTypeCode.EXECUTE, 20, 10);
        add(3, 22, SideCode.SELL, 103, 10, EventFlags.REFILL);
        add(3, 23, SideCode.SELL, 103, 10, EventFlags.REFILL);
        session.systemEvent(4 * NS, 'M');

        read();

        assertThat(heard).containsExactly("1.0 s in 1 2 | 1 1", "ask 0 M at 1 x 10", "1.0 s in 1 2 | 1 2");
    }

    @Test
    void shouldSeeCancellationsReplacementsAndImprovementsForWhatTheyAre() {
        session.systemEvent(2 * NS, 'Q');
        event(2, EventTypeCode.DELETE, 12, 0);
        writer.event(2 * NS, EventTypeCode.REPLACE, 0, 0, 11, 40, INSTRUMENT, 98, 5);
        add(2, 41, SideCode.BUY, 100, 10, 0);
        add(2, 42, SideCode.SELL, 110, 10, 0);
        event(2, EventTypeCode.DELETE, 777, 0);

        final FlowReader reader = read();

        assertThat(heard).containsExactly("bid 1 C at 1 x 10", "bid 0 C at 2 x 10", "bid 1 L at 0 x 5");
        assertThat(reader.improvementCount()).isEqualTo(1);
        assertThat(reader.outsideCount()).isEqualTo(1);
        assertThat(reader.unknownOrderCount()).isEqualTo(1);
    }

    @Test
    void shouldCountPartsOfOrdersOnlyWhereSharesCount() {
        session.systemEvent(2 * NS, 'Q');
        event(3, EventTypeCode.REDUCE, 11, 4);
        event(4, EventTypeCode.EXECUTE, 10, 3);
        event(5, EventTypeCode.EXECUTE, 10, 7);

        read();
        final List<String> inOrders = List.copyOf(heard);
        heard.clear();
        unit = QueueUnit.averageEventSizes(new double[] {4, 5});
        read();

        assertThat(inOrders)
                .containsExactly("1.0 s in 1 2 | 1 1", "1.0 s in 1 2 | 1 1", "1.0 s in 1 2 | 1 1", "bid 0 M at 2 x 7");
        // 20, 16, then 13 shares at the best bid, in units of 4.
        assertThat(heard)
                .containsExactly(
                        "1.0 s in 2 5 | 3 2",
                        "bid 0 C at 5 x 4",
                        "1.0 s in 2 4 | 3 2",
                        "bid 0 M at 4 x 3",
                        "1.0 s in 2 4 | 3 2",
                        "bid 0 M at 4 x 7");
    }

    @Test
    void shouldCountOnlyWhileTheInstrumentTradesAndWithinTheBounds() {
        session.systemEvent(2 * NS, 'Q');
        session.tradingAction(4 * NS, INSTRUMENT, Alpha.toLong("TEST"), 'H');
        event(5, EventTypeCode.DELETE, 11, 0);
        session.tradingAction(7 * NS, INSTRUMENT, Alpha.toLong("TEST"), 'T');
        event(10, EventTypeCode.DELETE, 12, 0);
        event(20, EventTypeCode.DELETE, 21, 0);
        from = 3 * NS;
        to = 12 * NS;

        final FlowReader reader = read();

        assertThat(heard)
                .containsExactly("1.0 s in 1 2 | 1 1", "3.0 s in 1 1 | 1 1", "bid 1 C at 1 x 10", "2.0 s in 0 1 | 1 1");
        assertThat(reader.seconds()).isCloseTo(6, within(1e-12));
    }

    @Test
    void shouldCountFromTheGivenTimeOnWhereATapeSaysNothingOfMarketHours() {
        event(5, EventTypeCode.DELETE, 11, 0);
        assertThat(read().seconds()).isZero();

        heard.clear();
        from = 2 * NS;
        read();

        assertThat(heard).containsExactly("3.0 s in 1 2 | 1 1", "bid 0 C at 2 x 10");
    }

    @Test
    void shouldCountNothingWhileASideIsEmpty() {
        session.systemEvent(2 * NS, 'Q');
        event(3, EventTypeCode.DELETE, 20, 0);
        event(4, EventTypeCode.DELETE, 21, 0);
        add(8, 50, SideCode.SELL, 105, 10, 0);
        event(9, EventTypeCode.DELETE, 50, 0);

        read();

        assertThat(heard)
                .containsExactly(
                        "1.0 s in 1 2 | 1 1",
                        "ask 0 C at 1 x 10",
                        "1.0 s in 1 2 | 1 0",
                        "ask 0 C at 1 x 10",
                        "1.0 s in 1 2 | 1 0",
                        "ask 0 C at 1 x 10");
    }

    @Test
    void shouldGatherPricesIntoWiderLevels() {
        levelTicks = 10;
        session.systemEvent(2 * NS, 'Q');
        add(3, 60, SideCode.BUY, 90, 10, 0);
        add(4, 61, SideCode.BUY, 89, 10, 0);
        add(5, 62, SideCode.SELL, 111, 10, 0);
        session.systemEvent(6 * NS, 'M');

        read();

        // Bids of 90 to 99 belong to 90, asks of 101 to 110 to 110.
        assertThat(heard)
                .containsExactly(
                        "1.0 s in 0 3 | 2 0",
                        "bid 0 L at 3 x 10",
                        "1.0 s in 0 4 | 2 0",
                        "bid 1 L at 0 x 10",
                        "1.0 s in 1 4 | 2 0",
                        "ask 1 L at 0 x 10",
                        "1.0 s in 1 4 | 2 1");
    }

    @Test
    void shouldKeepTheReferencePriceWhereItWasWhenTheMiddleIsALevel() {
        anchor = Anchor.REFERENCE_PRICE;
        session.systemEvent(2 * NS, 'Q');
        // Spread 99 to 101, middle 100: first below it.
        event(3, EventTypeCode.DELETE, 20, 0);
        // 99 to 102: between 100 and 101.
        add(4, 70, SideCode.SELL, 101, 10, 0);
        // 99 to 101 again: the reference stays above 100.
        add(5, 71, SideCode.BUY, 100, 10, 0);
        // 100 to 101.
        session.systemEvent(6 * NS, 'M');

        read();

        assertThat(heard)
                .containsExactly(
                        "1.0 s in 1 2 | 0 1",
                        "ask 1 C at 1 x 10",
                        "1.0 s in 2 0 | 0 1",
                        "ask 0 L at 0 x 10",
                        "1.0 s in 2 0 | 1 1",
                        "bid 0 L at 0 x 10",
                        "1.0 s in 2 1 | 1 1");
    }

    @Test
    void shouldAllocateNothingPerRecord() {
        session.systemEvent(2 * NS, 'Q');
        for (int i = 0; i < 50_000; i++) {
            writer.event((3 + i) * 1_000L + 2 * NS, EventTypeCode.ADD, SideCode.BUY, 0, 100, 0, INSTRUMENT, 99, 1);
            writer.event((3 + i) * 1_000L + 2 * NS, EventTypeCode.DELETE, 0, 0, 100, 0, INSTRUMENT, 0, 0);
        }
        writer.flush();
        final FlowReader reader = new FlowReader(
                List.of(new Instrument(INSTRUMENT, "TEST", 1, Map.of())),
                (book, instrument) -> new QueueWindow(book, anchor, 2, 1, unit),
                from,
                to,
                new HawkesParameters(0.1, 2, 5),
                new ExposureEstimator(2, new Feedback(0.3, 1, 0.5)));

        final long bytes = AllocationMeter.leastAllocatedBytes(
                () -> {
                    reader.onSession(DATE);
                    reader.onBatch(records.slots(), 0, records.size() - 1);
                },
                5);

        assertThat(bytes).isLessThan(100);
    }
}
