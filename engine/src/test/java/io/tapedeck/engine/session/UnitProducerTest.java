package io.tapedeck.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.codecs.itch.Alpha;
import io.tapedeck.codecs.itch.ItchMessageType;
import io.tapedeck.codecs.translation.LocateDirectory;
import io.tapedeck.codecs.translation.RecordToItch;
import io.tapedeck.engine.model.QueueReactiveCurves;
import io.tapedeck.engine.model.ReferencePriceCurvesFile;
import io.tapedeck.engine.order.OrderSizeLaw;
import io.tapedeck.engine.random.RandomStreams;
import io.tapedeck.engine.record.CollectingSink;
import io.tapedeck.engine.record.RecordBuffer;
import io.tapedeck.engine.record.RecordSink;
import io.tapedeck.engine.record.Slot;
import io.tapedeck.testing.AllocationMeter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitProducerTest {
    private static final LocalDate DATE = LocalDate.of(2026, 1, 2);
    private static final RandomStreams STREAMS = new RandomStreams(42);
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final long OPEN_NS = 34_200 * NS_PER_SECOND;
    private static final int SECONDS = 120;
    private static final long CLOSE_NS = OPEN_NS + SECONDS * NS_PER_SECOND;
    private static final SessionParameters PARAMETERS =
            SessionParameters.builder().sessionSeconds(SECONDS).build();

    @Test
    void shouldFrameTheDayWithTheRecordsOfADay() {
        final List<Slot> records = day(instruments(1, 2, 3), 256, Long.MAX_VALUE);
        final String opening = records.stream()
                .takeWhile(slot -> !slot.isEvent())
                .map(Slot::toString)
                .collect(Collectors.joining(", "));
        final List<Slot> closing = records.subList(records.size() - 3, records.size());

        assertThat(opening).isEqualTo("S O, S S, R S, R S, R S, H S, H S, H S");
        assertThat(records.subList(2, 8)).extracting(Slot::instrumentId).containsExactly(1, 2, 3, 1, 2, 3);
        final List<Slot> books = records.subList(8, 8 + 3 * 50);
        assertThat(books).allMatch(slot -> slot.flags() == 1 && slot.timeNs() == OPEN_NS);
        assertThat(books).extracting(Slot::instrumentId).isSorted();
        assertThat(records.get(8 + 3 * 50)).hasToString("S Q");
        assertThat(records.subList(8 + 3 * 50 + 1, records.size() - 3)).allMatch(Slot::isEvent);
        assertThat(closing).extracting(Slot::toString).containsExactly("S M", "S E", "S C");
        assertThat(closing).extracting(Slot::timeNs).containsOnly(CLOSE_NS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100})
    void shouldOrderByTimeThenInstrumentAndNumberWithoutAGap(final int count) {
        final List<Slot> records = day(IntStream.rangeClosed(1, count).toArray(), 256, Long.MAX_VALUE);
        for (int i = 0; i < records.size(); i++) {
            assertThat(records.get(i).sequence()).isEqualTo(i + 1);
        }
        final List<Slot> session = records.subList(sessionStart(records), records.size() - 3);
        for (int i = 1; i < session.size(); i++) {
            final Slot before = session.get(i - 1);
            final Slot slot = session.get(i);
            final boolean isInOrder = before.timeNs() < slot.timeNs()
                    || before.timeNs() == slot.timeNs() && before.instrumentId() <= slot.instrumentId();
            assertThat(isInOrder).as("%s, %s", before, slot).isTrue();
        }
        assertThat(session.stream().map(Slot::instrumentId).distinct()).hasSize(count);
    }

    @Test
    void shouldGiveASymbolTheSameEventsHoweverManyUnitsThereAre() {
        final List<Slot> together = day(instruments(1, 2, 3, 4, 5, 6, 7), 256, Long.MAX_VALUE);
        final List<List<Slot>> units = new ArrayList<>();
        units.add(day(instruments(1, 3, 5, 7), 256, Long.MAX_VALUE));
        units.add(day(instruments(2, 4, 6), 100, Long.MAX_VALUE));
        units.add(day(instruments(1, 4, 7), 256, Long.MAX_VALUE));
        units.add(day(instruments(2, 5), 64, Long.MAX_VALUE));
        units.add(day(instruments(3), 256, Long.MAX_VALUE));
        units.add(day(instruments(6), 1, Long.MAX_VALUE));
        for (final List<Slot> unit : units) {
            for (final int instrument : unit.stream()
                    .mapToInt(Slot::instrumentId)
                    .filter(id -> id > 0)
                    .distinct()
                    .toArray()) {
                assertThat(of(instrument, unit)).hasSizeGreaterThan(5_000).isEqualTo(of(instrument, together));
            }
        }
    }

    /** At a pace: in steps of a hundredth of a second, or of one nanosecond to many seconds at random. */
    @ParameterizedTest
    @CsvSource({"1, 10000000", "3, 10000000", "3, 0"})
    void shouldWriteTheSameRecordsWhenItKeepsAPace(final int count, final long paceNs) {
        final int[] ids = IntStream.rangeClosed(1, count).toArray();
        assertThat(day(ids, 256, paceNs)).isEqualTo(day(ids, 256, Long.MAX_VALUE));
    }

    @Test
    void shouldWriteNoEventBeforeItsTimeHasCome() {
        final CollectingSink sink = new CollectingSink(256);
        final UnitProducer unit = unit(sink, instruments(1, 2));
        unit.open(DATE, prices(2));
        final int opening = sink.records().size();

        assertThat(unit.sequence()).isEqualTo(opening);
        assertThat(unit.produce(OPEN_NS)).isZero();
        assertThat(unit.produce(0)).isZero();
        final long untilNs = OPEN_NS + NS_PER_SECOND;
        long written = 0;
        while (unit.nowNs() < untilNs) {
            written += unit.produce(untilNs);
        }
        assertThat(unit.nowNs()).isEqualTo(untilNs);
        assertThat(sink.records()).hasSize(opening + (int) written).allMatch(slot -> slot.timeNs() < untilNs);
        assertThat(unit.produce(untilNs)).isZero();
        assertThat(written).isPositive();
        assertThat(unit.isClosed()).isFalse();
    }

    @Test
    void shouldEndTheDayInGoodOrderWhenItIsClosedEarly() {
        final CollectingSink sink = new CollectingSink(256);
        final UnitProducer unit = unit(sink, instruments(1, 2));
        unit.open(DATE, prices(2));
        final long untilNs = OPEN_NS + 10 * NS_PER_SECOND;
        while (unit.nowNs() < untilNs) {
            unit.produce(untilNs);
        }
        unit.close();
        unit.close();
        final List<Slot> records = sink.records();
        final List<Slot> closing = records.subList(records.size() - 3, records.size());

        assertThat(unit.isClosed()).isTrue();
        assertThat(closing).extracting(Slot::toString).containsExactly("S M", "S E", "S C");
        assertThat(closing).extracting(Slot::timeNs).containsOnly(untilNs);
        assertThat(unit.produce(Long.MAX_VALUE)).isZero();
        assertThat(records).hasSize((int) unit.sequence());
    }

    @Test
    void shouldStartAgainWithTheNumberOneOnTheNextDay() {
        final CollectingSink sink = new CollectingSink(256);
        final UnitProducer unit = unit(sink, instruments(1, 2));
        final List<Slot> days = sink.records();
        produceDay(unit, DATE, Long.MAX_VALUE);
        final int first = days.size();
        produceDay(unit, DATE.plusDays(1), Long.MAX_VALUE);
        final int second = days.size();
        produceDay(unit, DATE, Long.MAX_VALUE);

        assertThat(days.get(first).sequence()).isEqualTo(1);
        assertThat(days.subList(first, second)).isNotEqualTo(days.subList(0, first));
        // Nothing of a day remains in the next.
        assertThat(days.subList(second, days.size())).isEqualTo(days.subList(0, first));
    }

    @Test
    void shouldStopWhenTheSinkTakesNothingMore() {
        final CollectingSink sink = new CollectingSink(64);
        final UnitProducer unit = unit(sink, instruments(1, 2));
        unit.open(DATE, prices(2));
        unit.produce(Long.MAX_VALUE);
        sink.close();
        while (!unit.isClosed()) {
            unit.produce(Long.MAX_VALUE);
        }
        assertThat(unit.produce(Long.MAX_VALUE)).isZero();
        assertThat(unit.nowNs()).isLessThan(CLOSE_NS);
        assertThat(sink.records()).extracting(Slot::sequence).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void shouldWriteAnEmptyDayWhenTheSessionHasNoTime() {
        final CollectingSink sink = new CollectingSink(64);
        final SessionParameters parameters =
                PARAMETERS.toBuilder().sessionSeconds(0).build();
        final UnitProducer unit = new UnitProducer(List.of(new SymbolProducer(1, "A", parameters, STREAMS)), sink);
        produceDay(unit, DATE, Long.MAX_VALUE);

        assertThat(sink.records()).hasSize(2 + 2 + 50 + 1 + 3);
    }

    /** A stock ITCH client can be given every record of the day. */
    @Test
    void shouldWriteRecordsThatAreItchMessages() {
        final RecordBuffer buffer = new RecordBuffer(1 << 17);
        final UnitProducer unit = unit(buffer, instruments(1, 2));
        produceDay(unit, DATE, Long.MAX_VALUE);
        final LocateDirectory directory = new LocateDirectory();
        directory.define(1, Alpha.toLong("S1"), 100);
        directory.define(2, Alpha.toLong("S2"), 100);
        final RecordToItch translator = new RecordToItch(directory);
        final UnsafeBuffer message = new UnsafeBuffer(new byte[64]);
        final StringBuilder types = new StringBuilder();
        for (int i = 0; i < buffer.size(); i++) {
            final int length =
                    translator.translate(buffer.slots().buffer(), buffer.slots().offset(i), message, 0);
            assertThat(length).isEqualTo(ItchMessageType.length(message.getByte(0)));
            types.append((char) message.getByte(0));
        }
        assertThat(types.toString()).matches("SSRRHHA{100}S[ADE]+SSS");
    }

    @ParameterizedTest
    @CsvSource({"1, false", "1, true", "20, false", "20, true"})
    void shouldAllocateNothingWhenWarm(final int count, final boolean isQueueReactive) {
        final SessionParameters parameters = PARAMETERS.toBuilder()
                .model(isQueueReactive ? QueueReactiveCurves.defaults(5) : PARAMETERS.model())
                .thetaReinit(0.1)
                .build();
        assertThat(leastAllocatedBytesOfADay(parameters, count)).isZero();
    }

    private static long leastAllocatedBytesOfADay(final SessionParameters parameters, final int count) {
        final RecordBuffer buffer = new RecordBuffer(1 << 19);
        final UnitProducer unit = new UnitProducer(
                IntStream.rangeClosed(1, count)
                        .mapToObj(id -> new SymbolProducer(id, "S" + id, parameters, STREAMS))
                        .collect(Collectors.toList()),
                buffer);
        final int[] prices = prices(count);
        final Runnable day = () -> {
            buffer.clear();
            unit.open(DATE, prices);
            while (!unit.isClosed()) {
                unit.produce(Long.MAX_VALUE);
            }
        };
        for (int i = 0; i < 3; i++) {
            day.run();
        }
        final long leastBytes = AllocationMeter.leastAllocatedBytes(day, 5);
        assertThat(buffer.size()).isGreaterThan(5_000 * count);
        return leastBytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20})
    void shouldAllocateNothingWhenWarmAndBooksMoveWithAReferencePrice(final int count) {
        final SessionParameters parameters = PARAMETERS.toBuilder()
                .model(ReferencePriceCurvesFile.franceTelecom())
                .orderSizes(OrderSizeLaw.parse("lognormal:300,1"))
                .sessionSeconds(1_200)
                .build();
        assertThat(leastAllocatedBytesOfADay(parameters, count)).isZero();
    }

    @Test
    void shouldRefuseInstrumentsThatMakeNoUnit() {
        final CollectingSink sink = new CollectingSink(64);
        assertThatThrownBy(() -> new UnitProducer(List.of(), sink)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> unit(sink, instruments(2, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("instrumentId=1 after instrumentId=2");
        final SymbolProducer first = new SymbolProducer(1, "A", PARAMETERS, STREAMS);
        final SymbolProducer longer = new SymbolProducer(
                2, "B", PARAMETERS.toBuilder().sessionSeconds(1).build(), STREAMS);
        assertThatThrownBy(() -> new UnitProducer(List.of(first, longer), sink))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("same hours");
        assertThatThrownBy(() -> unit(sink, instruments(1, 2)).open(DATE, prices(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("prices=3");
    }

    /** All records of a day; a pace of 0 is a random one. */
    private static List<Slot> day(final int[] instrumentIds, final int claimSize, final long paceNs) {
        final CollectingSink sink = new CollectingSink(claimSize);
        produceDay(unit(sink, instrumentIds), DATE, paceNs);
        return sink.records();
    }

    private static void produceDay(final UnitProducer unit, final LocalDate date, final long paceNs) {
        final SplittableRandom random = new SplittableRandom(1);
        unit.open(date, prices(unit.instrumentCount()));
        long untilNs = OPEN_NS;
        while (!unit.isClosed()) {
            if (unit.nowNs() >= untilNs) {
                untilNs += paceNs > 0 ? Math.min(paceNs, CLOSE_NS) : 1L << random.nextInt(34);
            }
            unit.produce(untilNs);
        }
    }

    private static UnitProducer unit(final RecordSink sink, final int[] instrumentIds) {
        return new UnitProducer(
                Arrays.stream(instrumentIds)
                        .mapToObj(id -> new SymbolProducer(id, "S" + id, PARAMETERS, STREAMS))
                        .collect(Collectors.toList()),
                sink);
    }

    private static List<Slot> of(final int instrumentId, final List<Slot> records) {
        return records.stream()
                .filter(slot -> slot.instrumentId() == instrumentId)
                .map(Slot::withoutSequence)
                .collect(Collectors.toList());
    }

    private static int sessionStart(final List<Slot> records) {
        return records.stream().map(Slot::toString).collect(Collectors.toList()).indexOf("S Q") + 1;
    }

    private static int[] instruments(final int... ids) {
        return ids;
    }

    private static int[] prices(final int count) {
        final int[] prices = new int[count];
        Arrays.fill(prices, 10_000);
        return prices;
    }
}
