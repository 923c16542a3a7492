package io.tapedeck.engine.validation;

import io.tapedeck.codecs.itch.Alpha;
import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.model.EventClock;
import io.tapedeck.engine.model.ImbalanceShift;
import io.tapedeck.engine.model.MarketFactor;
import io.tapedeck.engine.model.MarketInputs;
import io.tapedeck.engine.model.MarketProcess;
import io.tapedeck.engine.order.OrderLayer;
import io.tapedeck.engine.random.RandomSource;
import io.tapedeck.engine.random.RandomStreams;
import io.tapedeck.engine.random.StreamPurpose;
import io.tapedeck.engine.random.StreamSet;
import io.tapedeck.engine.random.Xoshiro256PlusPlus;
import io.tapedeck.engine.record.RecordBuffer;
import io.tapedeck.engine.record.RecordWriter;
import io.tapedeck.engine.record.SessionRecords;
import io.tapedeck.engine.replay.ReplayHandler;
import io.tapedeck.engine.run.Recipes;
import io.tapedeck.engine.session.QueueEventSink;
import io.tapedeck.engine.session.SessionGenerator;
import io.tapedeck.engine.session.SessionParameters;
import io.tapedeck.journal.manifest.Instrument;
import io.tapedeck.journal.manifest.Recipe;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A simulator put together from the engine's own parts, each of which a test may exchange for one that is wrong. Its records
 * go straight to a handler.
 */
final class Simulation {
    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 2);
    private static final String SYMBOL = "AAPL";
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final long REPEAT_SEED = 1_000_000;
    private static final long WINDOW_NS = 20 * NS_PER_SECOND;

    private final SessionParameters parameters;
    private final long seed;
    private UnaryOperator<RandomSource> orderRandom = UnaryOperator.identity();
    private StreamPurpose orderPurpose = StreamPurpose.ORDERS;
    private UnaryOperator<EventClock> clock = UnaryOperator.identity();
    private UnaryOperator<MarketProcess> process = UnaryOperator.identity();

    Simulation(final SessionParameters parameters, final long seed) {
        this.parameters = parameters;
        this.seed = seed;
    }

    /** The same simulator with another seed. */
    private Simulation withSeed(final long newSeed) {
        return new Simulation(parameters, newSeed)
                .orderRandom(orderRandom)
                .clock(clock)
                .process(process);
    }

    Simulation orderRandom(final UnaryOperator<RandomSource> wrapper) {
        orderRandom = wrapper;
        return this;
    }

    /** The order layer takes its numbers from the stream that decides the flow. */
    Simulation orderRandomFromFlow() {
        orderPurpose = StreamPurpose.FLOW;
        return this;
    }

    Simulation clock(final UnaryOperator<EventClock> wrapper) {
        clock = wrapper;
        return this;
    }

    Simulation process(final UnaryOperator<MarketProcess> wrapper) {
        process = wrapper;
        return this;
    }

    Recipe recipe() {
        return Recipes.of(parameters, seed);
    }

    static List<Instrument> instruments() {
        return List.of(new Instrument(1, SYMBOL, 100, Map.of()));
    }

    /** Judges this simulation by its own recipe. */
    OracleReport judge(final int days) {
        return judge(recipe(), days);
    }

    /** Judges it by the two-stage rule: what is doubtful gets another seed and four times the days. */
    OracleReport judgeTwice(final int days) {
        final OracleReport report = judge(days);
        return report.has(Verdict.DOUBTFUL)
                ? report.decidedBy(withSeed(seed + REPEAT_SEED).judge(4 * days))
                : report;
    }

    OracleReport judge(final Recipe recipe, final int days) {
        final OracleSuite suite = OracleSuite.of(recipe, instruments());
        run(days, suite);
        return suite.report();
    }

    /** The first events of the model: time, type, price. */
    List<String> path(final int count) {
        final List<String> path = new ArrayList<>();
        run(1, new ReplayHandler() {
            @Override
            public void onBatch(final SlotArray slots, final long low, final long high) {
                for (long sequence = low; sequence <= high && path.size() < count; sequence++) {
                    final int offset = slots.offset(sequence);
                    if (EventSlotDescriptor.isEvent(slots.buffer(), offset)
                            && slots.buffer().getShort(offset + EventSlotDescriptor.FLAGS_OFFSET) == 0) {
                        path.add(slots.buffer().getLong(offset + EventSlotDescriptor.EVENT_TIME_OFFSET) + " "
                                + slots.buffer().getByte(offset + EventSlotDescriptor.EVENT_TYPE_OFFSET) + " "
                                + slots.buffer().getInt(offset + EventSlotDescriptor.PRICE_OFFSET));
                    }
                }
            }
        });
        return path;
    }

    void run(final int days, final ReplayHandler handler) {
        final Map<StreamPurpose, RandomSource> sources = new EnumMap<>(StreamPurpose.class);
        final StreamSet streams = purpose -> sources.computeIfAbsent(purpose, any -> new Xoshiro256PlusPlus(0));
        final ImbalanceShift shift = parameters.newShift();
        final MarketFactor factor =
                new MarketFactor(parameters.factor(), new RandomStreams(seed), parameters.sessionSeconds());
        final MarketProcess market = process.apply(parameters.newLaw().newProcess(new MarketInputs(streams, shift)));
        final long openNs = parameters.marketOpenSeconds() * NS_PER_SECOND;
        final long closeNs = openNs + parameters.sessionSeconds() * NS_PER_SECOND;
        final SessionGenerator generator = new SessionGenerator(
                market, clock.apply(parameters.newClock(streams)), parameters.sessionSeconds(), openNs);
        final OrderLayer orders = new OrderLayer(
                1,
                market.book(),
                orderRandom.apply(streams.stream(orderPurpose)),
                parameters.orderSizes().newSizes(streams.stream(StreamPurpose.ORDER_SIZES)));
        final QueueEventSink sink = (timestampNs, type, side, priceTicks, quantity, orderId, flags) ->
                orders.onEvent(timestampNs, type, priceTicks, flags);
        final RecordBuffer buffer = new RecordBuffer(1 << 14);
        final RecordWriter writer = new RecordWriter(buffer);
        int openingTicks = parameters.p0Ticks();
        for (int day = 0; day < days; day++) {
            final LocalDate date = FIRST_DAY.plusDays(day);
            final RandomStreams seeds = new RandomStreams(seed);
            for (final Map.Entry<StreamPurpose, RandomSource> source : sources.entrySet()) {
                source.getValue().seed(seeds.seed(Alpha.toLong(SYMBOL), date.toEpochDay(), source.getKey()));
            }
            shift.open(factor.path(date.toEpochDay()));
            handler.onSession(date);
            writer.restart();
            generator.open(openingTicks);
            orders.writeTo(writer);
            orders.open(openNs);
            for (long untilNs = openNs; untilNs < closeNs; untilNs += WINDOW_NS) {
                generator.generate(sink, Integer.MAX_VALUE, Math.min(closeNs, untilNs + WINDOW_NS));
                deliver(writer, buffer, handler);
            }
            new SessionRecords(writer).systemEvent(closeNs, 'M');
            deliver(writer, buffer, handler);
            openingTicks = market.midTicks();
        }
    }

    private static void deliver(final RecordWriter writer, final RecordBuffer buffer, final ReplayHandler handler) {
        writer.flush();
        final SlotArray slots = buffer.slots();
        if (buffer.size() > 0) {
            handler.onBatch(slots, 0, buffer.size() - 1L);
        }
        buffer.clear();
    }
}
