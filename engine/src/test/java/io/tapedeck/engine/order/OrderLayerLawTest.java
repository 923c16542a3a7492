package io.tapedeck.engine.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.record.EventFlags;
import io.tapedeck.codecs.record.EventTypeCode;
import io.tapedeck.codecs.record.SideCode;
import io.tapedeck.codecs.sbe.EventDecoder;
import io.tapedeck.engine.book.Side;
import io.tapedeck.engine.model.QueueReactiveCurves;
import io.tapedeck.engine.model.ReferencePriceCurvesFile;
import io.tapedeck.engine.model.ReferencePriceProcess;
import io.tapedeck.engine.model.SimpleImbalanceParameters;
import io.tapedeck.engine.random.Xoshiro256PlusPlus;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What happens to single orders has the law that follows from the model's rates. Seeds are fixed, so each test gives the
 * same verdict every time; the thresholds are those that a right layer would exceed with one seed in a thousand.
 */
class OrderLayerLawTest {
    private static final double CANCEL_RATE = 0.5;
    private static final double NS_PER_SECOND = 1e9;

    /** No imbalance to speak of, no influence of the spread: rates of executions and of each order's cancellation are constant. */
    private static SimpleImbalanceParameters constantRates(final double limitRate, final double marketRate) {
        return new SimpleImbalanceParameters(limitRate, CANCEL_RATE, marketRate, 1e-12, 1, 1, 0, 0.5);
    }

    static Stream<Named<Market>> markets() {
        return Stream.of(
                Named.of("simple", new Market(SimpleImbalanceParameters.DEFAULTS, 5, 5, 0.5, 0, 11, 12)),
                Named.of("queue-reactive", new Market(QueueReactiveCurves.defaults(5), 5, 5, 0.5, 0, 11, 12)),
                Named.of(
                        "reference price, sizes",
                        new Market(
                                new ReferencePriceProcess(
                                        ReferencePriceCurvesFile.franceTelecom(),
                                        new Xoshiro256PlusPlus(11),
                                        new Xoshiro256PlusPlus(12)),
                                13,
                                14,
                                OrderSizeLaw.parse("lognormal:300,1"))));
    }

    /** With a random number V of its own, (rank + V) / size of each cancelled order is uniform. */
    @ParameterizedTest
    @MethodSource("markets")
    void shouldCancelEachOrderOfALevelWithTheSameChance(final Market market) {
        final int events = 300_000;
        final double[] sample = new double[events];
        final int[] count = {0};
        final SplittableRandom random = new SplittableRandom(5);
        market.feed.watch((event, feed) -> {
            if (event.eventTypeRaw() == EventTypeCode.DELETE && (event.flags() & EventFlags.REFILL) == 0) {
                feed.order.toOrder(feed.books, event.orderId());
                final int rank = feed.order.ordersAhead();
                feed.level.toPrice(feed.own, side(event), event.price());
                sample[count[0]++] = (rank + random.nextDouble()) / feed.level.orderCount();
            }
        });
        market.open();
        market.run(events);

        assertThat(count[0]).isGreaterThan(50_000);
        assertThat(Statistics.ksUniform(sample, count[0])).isLessThan(Statistics.KS_ONE_IN_A_THOUSAND);
    }

    /** Where nothing trades, every order lives an exponential time, whatever its place in the queue. */
    @Test
    void shouldLetOrdersLiveExponentialTimesWhereNothingTrades() {
        final int events = 400_000;
        final double[] sample = new double[events];
        final int[] count = {0};
        final Map<Long, Long> births = new HashMap<>();
        final Market market = new Market(constantRates(60, 1e-9), 5, 40, 0, 0, 21, 22);
        final double[] sum = {0};
        final long[] lastBirthNs = {Long.MAX_VALUE};
        market.feed.watch((event, feed) -> {
            final long timeNs = event.eventTimeNs();
            if (event.eventTypeRaw() == EventTypeCode.ADD && event.flags() == 0) {
                if (timeNs < lastBirthNs[0]) {
                    births.put(event.orderId(), timeNs);
                }
            } else if (event.eventTypeRaw() == EventTypeCode.DELETE && births.containsKey(event.orderId())) {
                final double lifetime = (timeNs - births.remove(event.orderId())) / NS_PER_SECOND * CANCEL_RATE;
                sum[0] += lifetime;
                sample[count[0]++] = 1 - Math.exp(-lifetime);
            }
        });
        market.open();
        market.run(events / 2);
        // Whoever is born from now on is not looked at, and all others are given the time to die.
        lastBirthNs[0] = 0;
        market.run(events / 2);

        assertThat(market.feed.refills).as("moves of the window").isZero();
        assertThat(births).isEmpty();
        assertThat(count[0]).isGreaterThan(90_000);
        assertThat(Statistics.ksUniform(sample, count[0])).isLessThan(Statistics.KS_ONE_IN_A_THOUSAND);
        assertThat(Math.abs(sum[0] / count[0] - 1) * Math.sqrt(count[0])).isLessThan(Statistics.Z_ONE_IN_A_THOUSAND);
    }

    /**
     * An order that joins the best queue as the k-th is filled with probability M / (M + k C): executions come at the
     * rate M, and each of the k orders leaves at the rate C. Orders are followed one at a time, so their fates are
     * independent.
     */
    @Test
    void shouldFillAnOrderWithTheChanceThatItsPlaceInTheQueueGives() {
        final double marketRate = 4;
        final int places = 24;
        final FollowedOrders followed = new FollowedOrders(places);
        final Market market = new Market(constantRates(20, marketRate), 3, 8, 0, 0, 31, 32);
        market.feed.watch(followed);
        market.open();
        market.run(1_500_000);

        double chiSquare = 0;
        int cells = 0;
        for (int place = 1; place <= places; place++) {
            final double chance = marketRate / (marketRate + place * CANCEL_RATE);
            final double expected = followed.joined[place] * chance;
            if (Math.min(expected, followed.joined[place] - expected) >= 5) {
                final double difference = followed.filled[place] - expected;
                chiSquare += difference * difference / (expected * (1 - chance));
                cells++;
            }
        }
        assertThat(cells).isGreaterThanOrEqualTo(15);
        // Cube root of chi-square by its degrees of freedom is nearly normal: Wilson and Hilferty, 1931.
        final double spread = 2.0 / (9 * cells);
        final double z = (Math.cbrt(chiSquare / cells) - (1 - spread)) / Math.sqrt(spread);
        assertThat(z).as("chi-square %s, cells %s", chiSquare, cells).isLessThan(Statistics.Z_ONE_IN_A_THOUSAND);
    }

    private static int side(final EventDecoder event) {
        return event.sideRaw() == SideCode.BUY ? Side.BID : Side.ASK;
    }

    /** Follows one order per side from the best queue's tail to its end, then the next one that joins. */
    private static final class FollowedOrders implements Feed.Watcher {
        private final int[] joined;
        private final int[] filled;
        private final long[] followedId = new long[2];
        private final int[] followedPlace = new int[2];

        private FollowedOrders(final int places) {
            joined = new int[places + 1];
            filled = new int[places + 1];
        }

        @Override
        public void onRecord(final EventDecoder event, final Feed feed) {
            final int side = side(event);
            if (event.eventTypeRaw() == EventTypeCode.ADD) {
                final int place = feed.own.bestOrderCount(side) + 1;
                final boolean joinsBest = event.flags() == 0 && event.price() == feed.own.bestPrice(side);
                if (joinsBest && followedId[side] == 0 && place < joined.length) {
                    followedId[side] = event.orderId();
                    followedPlace[side] = place;
                    joined[place]++;
                }
            } else if (event.orderId() == followedId[side]) {
                filled[followedPlace[side]] += event.eventTypeRaw() == EventTypeCode.EXECUTE ? 1 : 0;
                followedId[side] = 0;
            }
        }
    }
}
