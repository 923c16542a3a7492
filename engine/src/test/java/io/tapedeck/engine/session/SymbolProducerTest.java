package io.tapedeck.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.codecs.record.EventFlags;
import io.tapedeck.codecs.record.EventTypeCode;
import io.tapedeck.engine.model.MarketInputs;
import io.tapedeck.engine.model.MarketModelParameters;
import io.tapedeck.engine.model.MarketProcess;
import io.tapedeck.engine.model.PoissonClock;
import io.tapedeck.engine.model.QueueReactiveCurves;
import io.tapedeck.engine.model.ReferencePriceCurvesFile;
import io.tapedeck.engine.model.SimpleImbalanceParameters;
import io.tapedeck.engine.order.OrderLayer;
import io.tapedeck.engine.order.OrderSizeLaw;
import io.tapedeck.engine.random.RandomSource;
import io.tapedeck.engine.random.RandomStreams;
import io.tapedeck.engine.random.StreamPurpose;
import io.tapedeck.engine.random.StreamSet;
import io.tapedeck.engine.random.Xoshiro256PlusPlus;
import io.tapedeck.engine.record.CollectingSink;
import io.tapedeck.engine.record.RecordWriter;
import io.tapedeck.engine.record.Slot;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SymbolProducerTest {
    private static final LocalDate DATE = LocalDate.of(2026, 1, 2);
    private static final RandomStreams STREAMS = new RandomStreams(42);
    private static final long NO_LAYER = -1;

    static Stream<SessionParameters> parameters() {
        final SessionParameters simple =
                SessionParameters.builder().sessionSeconds(120).build();
        final SessionParameters queueReactive =
                simple.toBuilder().model(QueueReactiveCurves.defaults(5)).build();
        final SessionParameters referencePrice = simple.toBuilder()
                .model(ReferencePriceCurvesFile.franceTelecom())
                .sessionSeconds(1_200)
                .build();
        return Stream.concat(
                Stream.of(simple, queueReactive)
                        .flatMap(each -> Stream.of(
                                each,
                                each.toBuilder()
                                        .thetaReinit(0.3)
                                        .reinitDepthMean(1)
                                        .build())),
                Stream.of(referencePrice));
    }

    /** Times, types and prices of the model are the same to the last bit without a layer and with three seeds of it. */
    @ParameterizedTest
    @MethodSource("parameters")
    void shouldLeaveTheModelsPathAloneWhateverTheLayerDraws(final SessionParameters parameters) {
        final List<String> path = path(parameters, NO_LAYER);

        assertThat(path).hasSizeGreaterThan(5_000);
        assertThat(path(parameters, 1)).isEqualTo(path);
        assertThat(path(parameters, 2)).isEqualTo(path);
        assertThat(path(parameters, 3)).isEqualTo(path);
    }

    /** The test of the test above: a layer that drew from the model's own stream would be found out. */
    @ParameterizedTest
    @MethodSource("parameters")
    void shouldTakeAnotherPathWhenTheLayerDrawsFromTheModelsStream(final SessionParameters parameters) {
        final RandomSource shared = stream(StreamPurpose.FLOW);
        final List<String> path =
                path(parameters, purpose -> purpose == StreamPurpose.FLOW ? shared : stream(purpose), shared);

        assertThat(path).hasSizeGreaterThan(5_000).isNotEqualTo(path(parameters, NO_LAYER));
    }

    /** The producer is the same path with the streams that the run's seed names. */
    @ParameterizedTest
    @MethodSource("parameters")
    void shouldWriteTheModelsPath(final SessionParameters parameters) {
        final List<Slot> records = records(parameters, "AAPL", DATE);
        final List<String> path = path(parameters, NO_LAYER);
        final List<String> written = records.stream()
                .filter(slot -> slot.flags() == 0)
                .map(SymbolProducerTest::pathStep)
                .collect(Collectors.toList());

        if (parameters.thetaReinit() == 0) {
            assertThat(written).isEqualTo(path);
        } else {
            // Events that change nothing have no record.
            assertThat(path).containsSubsequence(written);
        }
        assertThat(records).anyMatch(slot -> slot.flags() == EventFlags.OPENING);
        assertThat(records).anyMatch(slot -> slot.flags() == EventFlags.REFILL);
    }

    /** Shares are marks: the orders that come, go and trade are the same ones at the same times, whatever they are worth. */
    @ParameterizedTest
    @ValueSource(strings = {"fixed:100", "lognormal:300,0.8", "lognormal:1.5,3"})
    void shouldLeaveEveryOrderWhereItIsWhateverItsShares(final String sizes) {
        for (final MarketModelParameters model :
                List.of(SimpleImbalanceParameters.DEFAULTS, ReferencePriceCurvesFile.franceTelecom())) {
            final SessionParameters unit =
                    SessionParameters.builder().model(model).sessionSeconds(600).build();
            final List<Slot> sized = records(
                    unit.toBuilder().orderSizes(OrderSizeLaw.parse(sizes)).build(), "AAPL", DATE);

            assertThat(withoutShares(sized)).isEqualTo(withoutShares(records(unit, "AAPL", DATE)));
            assertThat(sized).anyMatch(slot -> slot.quantity() > 1);
        }
    }

    /** Who comes and goes; of executions those that take an order whole. */
    private static List<String> withoutShares(final List<Slot> records) {
        final Map<Long, Integer> left = new HashMap<>();
        final List<String> orders = new ArrayList<>();
        for (final Slot slot : records) {
            if (slot.type() == EventTypeCode.ADD) {
                left.put(slot.orderId(), slot.quantity());
            } else {
                left.merge(slot.orderId(), -slot.quantity(), Integer::sum);
            }
            if (slot.type() == EventTypeCode.ADD || left.get(slot.orderId()) == 0) {
                orders.add(pathStep(slot) + " " + slot.orderId() + " " + slot.flags());
            }
        }
        return orders;
    }

    @Test
    void shouldWriteAnotherStreamWhenSymbolDateOrSeedIsAnother() {
        final SessionParameters parameters = parameters().findFirst().orElseThrow();
        final List<Slot> records = records(parameters, "AAPL", DATE);

        assertThat(records(parameters, "AAPL", DATE)).isEqualTo(records);
        assertThat(records(parameters, "AAPM", DATE)).isNotEqualTo(records);
        assertThat(records(parameters, "AAPL", DATE.plusDays(1))).isNotEqualTo(records);
        assertThat(records(new SymbolProducer(1, "AAPL", parameters, new RandomStreams(43)), DATE))
                .isNotEqualTo(records);
    }

    @Test
    void shouldSayWhatTheSessionHasHad() {
        final SessionParameters parameters = SessionParameters.builder()
                .thetaReinit(0.3)
                .reinitDepthMean(1)
                .sessionSeconds(600)
                .build();
        final SymbolProducer producer = new SymbolProducer(9, "X", parameters, STREAMS);
        final List<Slot> records = records(producer, DATE);
        final long ownRecords =
                records.stream().filter(slot -> slot.flags() == 0).count();

        assertThat(producer.instrumentId()).isEqualTo(9);
        assertThat(producer.symbol()).isEqualTo(0x5820_2020_2020_2020L);
        assertThat(producer.eventCount()).isEqualTo(ownRecords + producer.emptyEventCount());
        assertThat(producer.emptyEventCount()).isPositive();
        assertThat(producer.moveCount()).isBetween(1L, producer.eventCount());
        assertThat(producer.closePriceTicks())
                .isEqualTo((producer.book().priceTicks(0, 0) + producer.book().priceTicks(1, 0)) / 2);
        assertThat(producer.marketOpenNs()).isEqualTo(34_200_000_000_000L);
        assertThat(producer.marketCloseNs()).isEqualTo(34_800_000_000_000L);
        assertThat(records)
                .allMatch(slot -> slot.timeNs() >= 34_200_000_000_000L
                        && slot.timeNs() < 34_800_000_000_000L
                        && slot.instrumentId() == 9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "TOOLONGNAME"})
    void shouldRefuseASymbolWhenItDoesNotFitItsField(final String symbol) {
        assertThatThrownBy(() -> new SymbolProducer(1, symbol, SessionParameters.DEFAULTS, STREAMS))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseParametersWhenRecordsCannotTakeThem() {
        final SessionParameters deep =
                SessionParameters.builder().initialDepth(65_537).build();
        assertThatThrownBy(() -> new SymbolProducer(1, "A", deep, STREAMS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("initialDepth=65537");
        final SessionParameters endless =
                SessionParameters.builder().sessionSeconds(300_000).build();
        assertThatThrownBy(() -> new SymbolProducer(1, "A", endless, STREAMS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sessionSeconds=300000");
    }

    private static List<String> path(final SessionParameters parameters, final long layerSeed) {
        final RandomSource layerRandom = layerSeed == NO_LAYER ? null : new Xoshiro256PlusPlus(layerSeed);
        return path(parameters, SymbolProducerTest::stream, layerRandom);
    }

    /**
     * One line per event of the model, made without the producer: streams, process, clock and generator by hand, and a
     * layer unless its random source is null.
     */
    private static List<String> path(
            final SessionParameters parameters, final StreamSet streams, final RandomSource layerRandom) {
        final MarketProcess process = parameters.newLaw().newProcess(new MarketInputs(streams));
        final SessionGenerator generator = new SessionGenerator(
                process,
                new PoissonClock(stream(StreamPurpose.CLOCK)),
                parameters.sessionSeconds(),
                parameters.marketOpenSeconds() * 1_000_000_000L);
        generator.open(parameters.p0Ticks());
        final OrderLayer layer =
                new OrderLayer(1, process.book(), layerRandom, OrderSizeLaw.UNIT.newSizes(layerRandom));
        layer.writeTo(new RecordWriter(new CollectingSink(64)));
        if (layerRandom != null) {
            layer.open(0);
        }
        final List<String> path = new ArrayList<>();
        generator.generate(
                (timeNs, type, side, priceTicks, quantity, number, flags) -> {
                    path.add(timeNs + " " + "AADDEE".charAt(type) + " " + side + " " + priceTicks);
                    if (layerRandom != null) {
                        layer.onEvent(timeNs, type, priceTicks, flags);
                    }
                },
                Integer.MAX_VALUE);
        return path;
    }

    private static String pathStep(final Slot slot) {
        final char type = slot.type() == EventTypeCode.ADD ? 'A' : slot.type() == EventTypeCode.DELETE ? 'D' : 'E';
        return slot.timeNs() + " " + type + " " + (slot.side() - 1) + " " + slot.price();
    }

    private static RandomSource stream(final StreamPurpose purpose) {
        final long aapl = 0x4141_504c_2020_2020L;
        return new Xoshiro256PlusPlus(STREAMS.seed(aapl, DATE.toEpochDay(), purpose));
    }

    private static List<Slot> records(final SessionParameters parameters, final String symbol, final LocalDate date) {
        return records(new SymbolProducer(1, symbol, parameters, STREAMS), date);
    }

    private static List<Slot> records(final SymbolProducer producer, final LocalDate date) {
        final CollectingSink sink = new CollectingSink(64);
        final RecordWriter writer = new RecordWriter(sink);
        producer.open(date, 10_000, writer);
        producer.produce(Long.MAX_VALUE, writer);
        writer.flush();
        return sink.records();
    }
}
