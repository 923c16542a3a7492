package io.tapedeck.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.engine.model.LadderModelParameters;
import io.tapedeck.engine.model.QueueReactiveCurves;
import io.tapedeck.engine.model.SimpleImbalanceParameters;
import io.tapedeck.testing.AllocationMeter;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sessions against the plain second implementation, on random parameters, and what holds for every session. */
@Tag("campaign")
class ReferenceSessionTest {
    private static final int STREAMS = Integer.getInteger("tapedeck.streams", 100);
    private static final int MAX_EVENTS = 20_000;

    static LongStream seeds() {
        return LongStream.range(0, STREAMS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldGiveThePlainModelsEventsWhenParametersAreRandom(final long seed) {
        final SessionParameters parameters = randomParameters(new SplittableRandom(seed));
        final PlainReferenceModel plain = new PlainReferenceModel(parameters);
        final List<StreamEvent> expected = plain.run(seed, MAX_EVENTS);

        final ReferenceSession session = new ReferenceSession(parameters);
        session.open(seed, parameters.p0Ticks());
        final int[] index = new int[1];
        // With some parameters the rates explode; a prefix of such a session will do.
        for (int left = MAX_EVENTS; left > 0 && !session.isClosed(); left -= 1_000) {
            session.generate(
                    (timestampNs, type, side, priceTicks, quantity, orderId, flags) -> {
                        final StreamEvent wanted = expected.get(index[0]++);
                        // The plain model takes the JDK's logarithm, which may differ in the last bit.
                        final long time =
                                Math.abs(timestampNs - wanted.timestampNs()) <= 1 ? wanted.timestampNs() : timestampNs;
                        final StreamEvent event =
                                new StreamEvent(time, type, side, priceTicks, quantity, orderId, flags);
                        if (!event.equals(wanted)) {
                            assertThat(event).isEqualTo(wanted);
                        }
                    },
                    1_000);
        }

        assertThat(session.eventCount()).isEqualTo(expected.size());
        assertThat(session.closePriceTicks()).isEqualTo(plain.close());
        assertThat(session.moveCount()).isEqualTo(plain.moves());
    }

    @Test
    void shouldOnlyTranslatePricesWhenTheOpeningPriceChanges() {
        final SessionParameters parameters =
                SessionParameters.builder().sessionSeconds(60).build();
        final int shift = -123_456;
        final List<StreamEvent> moved = StreamEvent.generate(
                parameters.toBuilder().p0Ticks(parameters.p0Ticks() + shift).build(), 5, 100);
        final List<StreamEvent> translated = StreamEvent.generate(parameters, 5, 100).stream()
                .map(event -> new StreamEvent(
                        event.timestampNs(),
                        event.type(),
                        event.side(),
                        event.priceTicks() + shift,
                        event.quantity(),
                        event.orderId(),
                        event.flags()))
                .collect(Collectors.toList());

        assertThat(moved).isNotEmpty().isEqualTo(translated);
    }

    @Test
    void shouldGiveTheSameEventsWhenTheBatchSizeDiffers() {
        final SessionParameters parameters =
                SessionParameters.builder().sessionSeconds(30).build();
        final List<StreamEvent> oneByOne = StreamEvent.generate(parameters, 9, 1);

        assertThat(StreamEvent.generate(parameters, 9, 7)).isNotEmpty().isEqualTo(oneByOne);
        assertThat(StreamEvent.generate(parameters, 9, 1_000_000)).isEqualTo(oneByOne);
    }

    @Test
    void shouldGiveTheSameEventsWhenASessionFollowsAnother() {
        final SessionParameters parameters =
                SessionParameters.builder().sessionSeconds(30).build();
        final ReferenceSession session = new ReferenceSession(parameters);
        session.open(1, 500);
        session.generate((timestampNs, type, side, priceTicks, quantity, orderId, flags) -> {}, 777);
        final StreamEvent.Digest second = new StreamEvent.Digest();
        session.open(2, 10_000);
        while (!session.isClosed()) {
            session.generate(second, 1_000);
        }
        final StreamEvent.Digest alone = new StreamEvent.Digest();
        StreamEvent.generate(parameters, 2, 1_000)
                .forEach(event -> alone.onEvent(
                        event.timestampNs(),
                        event.type(),
                        event.side(),
                        event.priceTicks(),
                        event.quantity(),
                        event.orderId(),
                        event.flags()));

        assertThat(second.hex()).isEqualTo(alone.hex());
    }

    @Test
    void shouldGiveNoEventsWhenTheSessionHasNoLength() {
        final ReferenceSession session = new ReferenceSession(
                SessionParameters.builder().sessionSeconds(0).build());
        assertThat(session.isClosed()).isTrue();
        session.open(1, 10_000);

        assertThat(session.isClosed()).isTrue();
        assertThat(session.generate((timestampNs, type, side, priceTicks, quantity, orderId, flags) -> {}, 10))
                .isZero();
        assertThat(session.closePriceTicks()).isEqualTo(10_000);
    }

    @Test
    void shouldEndTheSessionWhenRatesAreNotFinite() {
        final ReferenceSession session = new ReferenceSession(SessionParameters.builder()
                .model(withSpreadSensitivity(100))
                .initialSpreadTicks(20)
                .build());
        session.open(1, 10_000);
        assertThat(session.generate((timestampNs, type, side, priceTicks, quantity, orderId, flags) -> {}, 10))
                .isZero();

        assertThat(session.isClosed()).isTrue();
    }

    static List<LadderModelParameters> models() {
        return List.of(SimpleImbalanceParameters.DEFAULTS, QueueReactiveCurves.defaults(5));
    }

    @ParameterizedTest
    @MethodSource("models")
    void shouldNotAllocateWhenGenerating(final LadderModelParameters model) {
        final ReferenceSession session = new ReferenceSession(SessionParameters.builder()
                .model(model)
                .sessionSeconds(1_000_000)
                .thetaReinit(0.01)
                .build());
        session.open(3, 10_000);
        final long[] sum = new long[1];
        final QueueEventSink sink =
                (timestampNs, type, side, priceTicks, quantity, orderId, flags) -> sum[0] += timestampNs + flags;
        session.generate(sink, 200_000);
        final long allocatedBytes = AllocationMeter.leastAllocatedBytes(() -> session.generate(sink, 50_000), 5);

        assertThat(session.eventCount()).isEqualTo(450_000);
        assertThat(sum[0]).isNotZero();
        assertThat(allocatedBytes).isZero();
    }

    private static QueueReactiveCurves withSpreadSensitivity(final double sensitivity) {
        final double[] table = {1};
        final double[][] tables = {table};
        return new QueueReactiveCurves(1, 0, sensitivity, 1, tables, tables, tables, tables, table, table);
    }

    private static SessionParameters randomParameters(final SplittableRandom random) {
        final int[] levels = {1, 2, 3, 5, 10, 63, 64, 65};
        final double[] improve = {0, 0.1, 0.5, 2, -1};
        final double[] theta = {0, 0, 0.05, 0.5, 1};
        final double[] mean = {0, 0.5, 3, 12, 100};
        final int levelsPerSide = levels[random.nextInt(levels.length)];
        return SessionParameters.builder()
                .model(
                        random.nextBoolean()
                                ? randomSimple(random)
                                : randomCurves(random, 1 + random.nextInt(Math.min(64, levelsPerSide))))
                .p0Ticks(random.nextInt(200_000) - 100_000)
                .levelsPerSide(levelsPerSide)
                .initialSpreadTicks(random.nextInt(12))
                .initialDepth(random.nextInt(4) == 0 ? random.nextInt(200) : 1 + random.nextInt(8))
                .sessionSeconds(1 + random.nextInt(60))
                .marketOpenSeconds(random.nextInt(86_400))
                .spreadImproveCoefficient(improve[random.nextInt(improve.length)])
                .thetaReinit(theta[random.nextInt(theta.length)])
                .reinitDepthMean(mean[random.nextInt(mean.length)])
                .build();
    }

    private static SimpleImbalanceParameters randomSimple(final SplittableRandom random) {
        return new SimpleImbalanceParameters(
                random.nextInt(5) == 0 ? 0 : 40 * random.nextDouble(),
                random.nextInt(5) == 0 ? 0 : 2 * random.nextDouble(),
                random.nextInt(5) == 0 ? 0 : 40 * random.nextDouble(),
                random.nextInt(4) == 0 ? 0 : 2 * random.nextDouble(),
                random.nextInt(4) == 0 ? -1 : 2 * random.nextDouble(),
                random.nextInt(4) == 0 ? 0 : random.nextDouble(),
                random.nextInt(4) == 0 ? 0 : random.nextDouble(),
                2 * random.nextDouble() - 0.5);
    }

    private static QueueReactiveCurves randomCurves(final SplittableRandom random, final int levels) {
        final double[][][] tables = new double[4][][];
        for (int kind = 0; kind < 4; kind++) {
            // Sometimes a level too few: the missing curve is zero.
            tables[kind] = new double[Math.max(0, levels - random.nextInt(8) / 7)][];
            for (int level = 0; level < tables[kind].length; level++) {
                tables[kind][level] = randomTable(random);
            }
        }
        return new QueueReactiveCurves(
                levels,
                10,
                random.nextInt(3) == 0 ? 0 : random.nextDouble(),
                random.nextInt(3) == 0 ? 0 : 2 * random.nextDouble(),
                tables[0],
                tables[1],
                tables[2],
                tables[3],
                randomTable(random),
                randomTable(random));
    }

    private static double[] randomTable(final SplittableRandom random) {
        final double[] table = new double[random.nextInt(30)];
        for (int i = 0; i < table.length; i++) {
            table[i] = random.nextInt(4) == 0 ? 0 : 8 * random.nextDouble();
        }
        return table;
    }
}
