package io.tapedeck.engine.replay.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.codecs.sbe.EventEncoder;
import io.tapedeck.codecs.sbe.EventType;
import io.tapedeck.codecs.translation.InstrumentDirectory;
import io.tapedeck.engine.replay.EventSource;
import io.tapedeck.engine.replay.InstrumentTable;
import io.tapedeck.engine.replay.Replay;
import io.tapedeck.engine.replay.SimulatedDay;
import io.tapedeck.engine.text.CsvChannel;
import io.tapedeck.journal.manifest.Instrument;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Features of a few events worked out by hand, and what must hold between rows of different triggers. */
class FeatureSinkTest {
    private static final List<String> ALL = List.of(
            "mid",
            "micro",
            "spread",
            "spread_bp",
            "imbalance:1",
            "imbalance:2",
            "ofi",
            "volume",
            "signed_volume",
            "variance");
    private static final InstrumentDirectory DIRECTORY =
            InstrumentTable.of(List.of(new Instrument(1, "A", 100, Map.of())));

    private final SlotArray slots = new SlotArray(64);
    private int count;

    private record Row(long sequence, long timeNs, int instrumentId, double[] values) {}

    private void event(
            final long timeNs,
            final EventType type,
            final io.tapedeck.codecs.sbe.Side side,
            final long orderId,
            final int price,
            final int quantity) {
        slots.wrap(new EventEncoder(), count)
                .sequence(count + 1)
                .eventTimeNs(timeNs)
                .orderId(orderId)
                .auxId(0)
                .instrumentId(1)
                .price(price)
                .quantity(quantity)
                .mpid(0)
                .flags(0)
                .tracking(0)
                .eventType(type)
                .side(side)
                .reserved(0);
        count++;
    }

    private List<Row> rows(final List<String> features, final String trigger) {
        final List<Row> rows = new ArrayList<>();
        final FeatureSink sink = new FeatureSink(
                Features.of(features),
                Trigger.parse(trigger),
                DIRECTORY,
                (sequence, timeNs, instrumentId, values) ->
                        rows.add(new Row(sequence, timeNs, instrumentId, values.clone())));
        sink.onSession(SimulatedDay.DATE);
        sink.onBatch(slots, 0, count - 1);
        sink.onEnd();
        assertThat(sink.rowCount()).isEqualTo(rows.size());
        return rows;
    }

    private void script() {
        final io.tapedeck.codecs.sbe.Side buy = io.tapedeck.codecs.sbe.Side.BUY;
        final io.tapedeck.codecs.sbe.Side sell = io.tapedeck.codecs.sbe.Side.SELL;
        event(100, EventType.ADD, buy, 1, 9_998, 30);
        event(150, EventType.ADD, sell, 2, 10_002, 10);
        event(250, EventType.ADD, buy, 3, 10_000, 20);
        event(260, EventType.EXECUTE, sell, 2, 0, 4);
        event(420, EventType.DELETE, buy, 3, 0, 0);
        event(430, EventType.TRADE, buy, 0, 10_000, 5);
        event(440, EventType.EXECUTE, sell, 2, 0, 6);
    }

    @Test
    void shouldGiveTheNumbersThatAreWorkedOutByHand() {
        script();
        final List<Row> rows = rows(ALL, "event");

        assertThat(rows).hasSize(7);
        final double none = Double.NaN;
        final double first = Math.log(20_002 / 20_000.0);
        final double second = Math.log(20_000 / 20_002.0);
        // mid, micro, spread, spread_bp, imbalance 1 and 2, ofi, volume, signed volume, variance
        requireRow(rows.get(0), 1, none, none, none, none, 1, 1, none, 0, 0, none);
        requireRow(rows.get(1), 2, 100, 99.98 + 0.04 * 30 / 40, 4, 4, 0.5, 0.5, 0, 0, 0, 0);
        requireRow(
                rows.get(2),
                3,
                100.01,
                100 + 0.02 * 20 / 30,
                2,
                20_000 / 10_001.0,
                10 / 30.0,
                40 / 60.0,
                20,
                0,
                0,
                first * first);
        requireRow(
                rows.get(3), 4, 100.01, 100 + 0.02 * 20 / 26, 2, 20_000 / 10_001.0, 14 / 26.0, 44 / 56.0, 4, 4, 4, 0);
        requireRow(rows.get(4), 5, 100, 99.98 + 0.04 * 30 / 36, 4, 4, 24 / 36.0, 24 / 36.0, -20, 0, 0, second * second);
        requireRow(rows.get(5), 6, 100, 99.98 + 0.04 * 30 / 36, 4, 4, 24 / 36.0, 24 / 36.0, 0, 5, 0, 0);
        requireRow(rows.get(6), 7, none, none, none, none, 1, 1, 0, 6, 6, 0);
    }

    private static void requireRow(final Row row, final long sequence, final double... values) {
        assertThat(row.sequence()).isEqualTo(sequence);
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i])) {
                assertThat(row.values()[i]).as(ALL.get(i)).isNaN();
            } else {
                assertThat(row.values()[i]).as(ALL.get(i) + " of " + sequence).isCloseTo(values[i], within(1e-12));
            }
        }
    }

    @Test
    void shouldWriteARowAtTheEndOfEveryIntervalWithEvents() {
        script();
        final List<Row> rows = rows(List.of("mid", "volume"), "bucket:1us");
        assertThat(rows).hasSize(1);
        final List<Row> finer = new ArrayList<>();
        final FeatureSink sink = new FeatureSink(
                Features.of(List.of("mid", "volume")),
                new Trigger(Trigger.Kind.BUCKET, 100),
                DIRECTORY,
                (sequence, timeNs, instrumentId, values) ->
                        finer.add(new Row(sequence, timeNs, instrumentId, values.clone())));
        sink.onSession(SimulatedDay.DATE);
        sink.onBatch(slots, 0, count - 1);
        sink.onEnd();

        assertThat(finer.stream().map(Row::timeNs)).containsExactly(200L, 300L, 500L);
        assertThat(finer.stream().map(Row::sequence)).containsExactly(2L, 4L, 7L);
        assertThat(finer.get(0).values()).containsExactly(100, 0);
        assertThat(finer.get(1).values()).containsExactly(100.01, 4);
        assertThat(finer.get(2).values()[0]).isNaN();
        assertThat(finer.get(2).values()[1]).isEqualTo(11);
    }

    @Test
    void shouldLeaveWhatIsMissingEmptyInText() throws IOException {
        script();
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final List<Features.Kind> kinds = Features.of(List.of("mid", "imbalance:1", "ofi"));
        try (CsvChannel out = new CsvChannel(Channels.newChannel(bytes))) {
            final FeatureSink sink =
                    new FeatureSink(kinds, Trigger.parse("every:3"), DIRECTORY, new FeatureCsv(out, kinds, DIRECTORY));
            sink.onSession(SimulatedDay.DATE);
            sink.onBatch(slots, 0, count - 1);
        }
        assertThat(bytes.toString(StandardCharsets.US_ASCII))
                .isEqualTo("sequence,timestamp_ns,symbol,mid,imbalance_1,ofi\n"
                        + "3,250,A,100.01000,0.33333333,20\n"
                        + "6,430,A,100.00000,0.66666667,-16\n");
        count = 1;
        assertThat(rows(List.of("mid"), "touch")).hasSize(1);
    }

    /** What is counted from row to row adds up to the same whenever rows are written. */
    @ParameterizedTest
    @ValueSource(strings = {"every:7", "touch", "bucket:1s", "bucket:250ms"})
    void shouldAddUpToTheSameWhateverTheTrigger(final String trigger) throws IOException {
        final List<Row> fine = simulated("event");
        final List<Row> coarse = simulated(trigger);

        assertThat(coarse.size()).isLessThan(fine.size());
        for (int instrumentId = 1; instrumentId <= 2; instrumentId++) {
            final long last = last(coarse, instrumentId);
            for (int feature = 1; feature <= 4; feature++) {
                assertThat(sum(coarse, instrumentId, feature, last))
                        .isCloseTo(sum(fine, instrumentId, feature, last), within(1e-9));
            }
        }
        // What is about a moment is that of the event whose sequence the row has.
        int at = 0;
        for (final Row row : coarse) {
            if (row.instrumentId() == 1) {
                while (fine.get(at).instrumentId() != 1 || fine.get(at).sequence() != row.sequence()) {
                    at++;
                }
                assertThat(Double.compare(row.values()[0], fine.get(at).values()[0]))
                        .isZero();
            }
        }
    }

    private static List<Row> simulated(final String trigger) throws IOException {
        final List<Row> rows = new ArrayList<>();
        try (EventSource source = SimulatedDay.source(2, 20, 1)) {
            Replay.run(
                    source,
                    new FeatureSink(
                            Features.of(List.of("mid", "ofi", "volume", "signed_volume", "variance")),
                            Trigger.parse(trigger),
                            InstrumentTable.of(source.instruments()),
                            (sequence, timeNs, instrumentId, values) ->
                                    rows.add(new Row(sequence, timeNs, instrumentId, values.clone()))),
                    done -> {});
        }
        return rows;
    }

    private static long last(final List<Row> rows, final int instrumentId) {
        return rows.stream()
                .filter(row -> row.instrumentId() == instrumentId)
                .mapToLong(Row::sequence)
                .max()
                .orElseThrow();
    }

    private static double sum(final List<Row> rows, final int instrumentId, final int feature, final long last) {
        return rows.stream()
                .filter(row -> row.instrumentId() == instrumentId && row.sequence() <= last)
                .mapToDouble(row -> row.values()[feature])
                .filter(value -> !Double.isNaN(value))
                .sum();
    }

    @ParameterizedTest
    @CsvSource({
        "bucket:1s, 1000000000",
        "bucket:500ms, 500000000",
        "bucket:10us, 10000",
        "bucket:2m, 120000000000",
        "every:100, 100",
        "event, 1"
    })
    void shouldReadTriggers(final String text, final long value) {
        assertThat(Trigger.parse(text).value()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bucket:0s", "bucket:1h", "every:0", "every", "mid", ""})
    void shouldRefuseOtherTriggers(final String text) {
        assertThatThrownBy(() -> Trigger.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"median", "imbalance", "imbalance:0", "imbalance:9999", "mid,mid", ""})
    void shouldRefuseOtherFeatures(final String names) {
        assertThatThrownBy(() -> Features.of(Arrays.asList(names.split(","))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
