package io.tapedeck.engine.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.engine.model.LadderModelParameters;
import io.tapedeck.engine.model.QueueReactiveCurves;
import io.tapedeck.engine.model.ReferencePriceCurvesFile;
import io.tapedeck.engine.model.ReferencePriceProcess;
import io.tapedeck.engine.model.SimpleImbalanceParameters;
import io.tapedeck.engine.random.Xoshiro256PlusPlus;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever reads the records from the start has the model's book and the layer's queues, at every event. */
class OrderLayerFeedTest {
    private static final int EVENTS = Integer.getInteger("tapedeck.events", 20_000);
    private static final int EVENTS_PER_DEEP_LOOK = 16;

    @ParameterizedTest
    @MethodSource("markets")
    void shouldGiveTheModelsBookAtEveryEvent(
            final LadderModelParameters model,
            final int levels,
            final int depth,
            final double thetaReinit,
            final long seed) {
        final Market market = new Market(model, levels, depth, 0.5, thetaReinit, seed, seed + 100);
        follow(market);

        assertThat(market.feed.partialExecutions).isZero();
        assertThat(market.feed.shares).isEqualTo(market.layer.orderCount());
        if (thetaReinit == 0) {
            // Only a redraw leaves empty levels for executions and cancellations to fall on.
            assertThat(market.layer.emptyEventCount()).isZero();
        }
    }

    /** Windows that move with a reference price, inner levels that are empty, wide spreads. */
    @ParameterizedTest(name = "theta {0}, theta reinit {1}, {2}, seed {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "0.7 | 0.85 | unit | 1",
                "0.7 | 0.85 | lognormal:300,0.8 | 2",
                "1 | 0 | unit | 3",
                "1 | 0 | lognormal:2,1.5 | 4",
                "1 | 1 | fixed:100 | 5",
                "0 | 0 | lognormal:1000,2 | 6"
            })
    void shouldGiveTheBookOfAMarketAroundAReferencePriceAtEveryEvent(
            final double theta, final double thetaReinit, final String sizes, final long seed) {
        final Market market = new Market(
                new ReferencePriceProcess(
                        ReferencePriceCurvesFile.franceTelecom().withMoves(theta, thetaReinit),
                        new Xoshiro256PlusPlus(seed),
                        new Xoshiro256PlusPlus(seed + 1)),
                seed + 2,
                seed + 3,
                OrderSizeLaw.parse(sizes));
        follow(market);

        assertThat(market.layer.emptyEventCount()).isZero();
        assertThat(market.feed.refills > 0).isEqualTo(theta > 0);
        assertThat(market.feed.frozenLevels > 0).isEqualTo(theta > 0);
        assertThat(market.feed.partialExecutions > 0).isEqualTo(sizes.startsWith("lognormal"));
    }

    private static void follow(final Market market) {
        market.open();
        market.feed.assertWindow();
        market.feed.assertQueues();
        market.run(EVENTS, (timeNs, type, side, priceTicks, quantity, number, flags) -> {
            market.feed.assertWindow();
            if (number % EVENTS_PER_DEEP_LOOK == 0) {
                market.feed.assertQueues();
            }
        });
        market.feed.assertQueues();
        assertThat(market.feed.executions).isEqualTo(market.layer.matchCount()).isPositive();
    }

    static Stream<Arguments> markets() {
        return Stream.of(SimpleImbalanceParameters.DEFAULTS, null)
                .flatMap(model -> Stream.of(1, 5, 64)
                        .flatMap(levels -> Stream.of(1L, 2L, 3L)
                                .flatMap(seed -> Stream.of(
                                        arguments(model, levels, 5, 0, seed),
                                        arguments(model, levels, 2, 0.3, seed),
                                        arguments(model, levels, 1, 1, seed)))));
    }

    private static Arguments arguments(
            final LadderModelParameters model, final int levels, final int depth, final double theta, final long seed) {
        return Arguments.of(model == null ? QueueReactiveCurves.defaults(levels) : model, levels, depth, theta, seed);
    }
}
