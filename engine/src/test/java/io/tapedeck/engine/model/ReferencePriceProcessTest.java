package io.tapedeck.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tapedeck.codecs.qrsdp1.QueueEventType;
import io.tapedeck.codecs.qrsdp1.QueueSide;
import io.tapedeck.engine.random.Xoshiro256PlusPlus;
import io.tapedeck.testing.AllocationMeter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every step is what the model's rules allow, told anew from the book before it. */
class ReferencePriceProcessTest {
    private static final int OPENING_PRICE_TICKS = 10_000;
    private static final int STEPS = 10_000;

    private ReferencePriceParameters parameters;
    private ReferencePriceProcess process;
    private int[][] before;
    private int innermostBefore;
    private long recentred;
    private long redrawn;
    private long emptySides;

    @ParameterizedTest(name = "K {0}, theta {1}, theta reinit {2}, seed {3}")
    @MethodSource("markets")
    void shouldStepByTheRules(final int levels, final double theta, final double thetaReinit, final long seed) {
        parameters = levels == 0
                ? ReferencePriceCurvesFile.franceTelecom().withMoves(theta, thetaReinit)
                : randomParameters(levels, theta, thetaReinit, seed);
        process = new ReferencePriceProcess(parameters, new Xoshiro256PlusPlus(seed), new Xoshiro256PlusPlus(seed + 1));
        process.open(OPENING_PRICE_TICKS);
        assertThat(process.innermostBidTicks()).isEqualTo(OPENING_PRICE_TICKS);
        long moves = 0;
        for (int i = 0; i < STEPS; i++) {
            assertThat(process.totalRate(i)).isCloseTo(plainTotalRate(), within(1e-9));
            before = depths();
            innermostBefore = process.innermostBidTicks();
            final int bidBefore = bestTicks(QueueSide.BID, before, innermostBefore);
            final int askBefore = bestTicks(QueueSide.ASK, before, innermostBefore);
            process.step();
            final int[][] stepped = steppedDepths();
            checkReferencePrice(stepped);
            final int bidAfter = bestTicks(QueueSide.BID, depths(), process.innermostBidTicks());
            final int askAfter = bestTicks(QueueSide.ASK, depths(), process.innermostBidTicks());
            moves += bidAfter != bidBefore || askAfter != askBefore ? 1 : 0;
            assertThat(process.moveCount()).isEqualTo(moves);
            assertThat(process.midTicks()).isEqualTo((bidAfter + askAfter) / 2);
            assertThat(has(MarketProcess.FLAG_ASK_ROSE)).isEqualTo(askAfter > askBefore);
            assertThat(has(MarketProcess.FLAG_BID_FELL)).isEqualTo(bidAfter < bidBefore);
        }
        assertThat(recentred > 0).isEqualTo(theta > 0);
        assertThat(redrawn > 0).isEqualTo(theta > 0 && thetaReinit > 0);
        if (levels == 1) {
            assertThat(emptySides).isPositive();
        }
    }

    static Stream<Arguments> markets() {
        return IntStream.of(0, 1, 2, 5)
                .boxed()
                .flatMap(levels -> Stream.of(
                        Arguments.of(levels, 0.0, 0.5, 1L),
                        Arguments.of(levels, 1.0, 0.0, 2L),
                        Arguments.of(levels, 1.0, 1.0, 3L),
                        Arguments.of(levels, 0.7, 0.85, 4L),
                        Arguments.of(levels, 0.3, 0.4, 5L)));
    }

    @Test
    void shouldTakeTheSameWayWhenItIsOpenedAgainWithTheSameSeeds() {
        parameters = ReferencePriceCurvesFile.franceTelecom();
        final Xoshiro256PlusPlus flow = new Xoshiro256PlusPlus(1);
        final Xoshiro256PlusPlus reference = new Xoshiro256PlusPlus(2);
        process = new ReferencePriceProcess(parameters, flow, reference);
        process.open(500);
        final List<Integer> first = way();
        flow.seed(1);
        reference.seed(2);
        process.open(500);

        assertThat(way()).isEqualTo(first);
    }

    @Test
    void shouldNotAllocateWhileItSteps() {
        process = new ReferencePriceProcess(
                ReferencePriceCurvesFile.franceTelecom(), new Xoshiro256PlusPlus(1), new Xoshiro256PlusPlus(2));
        process.open(OPENING_PRICE_TICKS);
        final Runnable steps = () -> {
            for (int i = 0; i < 100_000; i++) {
                process.step();
            }
        };
        assertThat(AllocationMeter.leastAllocatedBytes(steps, 5)).isZero();
    }

    private List<Integer> way() {
        final List<Integer> way = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            process.step();
            way.add(process.type());
            way.add(process.priceTicks());
            way.add(process.flags());
        }
        return way;
    }

    /** The queues after the event itself, which must be one that may happen. */
    private int[][] steppedDepths() {
        final int type = process.type();
        final int side = process.side();
        final int level = side == QueueSide.BID
                ? innermostBefore - process.priceTicks()
                : process.priceTicks() - innermostBefore - 1;
        assertThat(side).isEqualTo(QueueEventType.restingSide(type));
        assertThat(level).isBetween(0, parameters.levels() - 1);
        assertThat(process.quantity()).isEqualTo(1);
        final int[][] stepped = {before[0].clone(), before[1].clone()};
        if (type <= QueueEventType.ADD_ASK) {
            stepped[side][level]++;
        } else {
            assertThat(before[side][level]).isPositive();
            stepped[side][level]--;
        }
        if (type >= QueueEventType.EXECUTE_BUY) {
            assertThat(level).as("the best level trades").isEqualTo(bestLevel(before[side]));
        }
        return stepped;
    }

    private void checkReferencePrice(final int[][] stepped) {
        final int middleBefore = bestLevel(before[QueueSide.ASK]) - bestLevel(before[QueueSide.BID]);
        final int middleAfter = bestLevel(stepped[QueueSide.ASK]) - bestLevel(stepped[QueueSide.BID]);
        final int direction = Integer.signum(middleAfter - middleBefore);
        final boolean mayMove = direction != 0 && stepped[direction > 0 ? QueueSide.ASK : QueueSide.BID][0] == 0;
        final int moved = process.innermostBidTicks() - innermostBefore;
        assertThat(has(MarketProcess.FLAG_RECENTRED)).isEqualTo(moved != 0);
        emptySides +=
                bestLevel(stepped[0]) == parameters.levels() || bestLevel(stepped[1]) == parameters.levels() ? 1 : 0;
        if (moved == 0) {
            assertThat(mayMove && parameters.theta() == 1).isFalse();
            assertThat(has(MarketProcess.FLAG_REINITIALISED)).isFalse();
            assertThat(depths()).isDeepEqualTo(stepped);
            return;
        }
        recentred++;
        assertThat(mayMove).isTrue();
        assertThat(moved).isEqualTo(direction);
        if (has(MarketProcess.FLAG_REINITIALISED)) {
            redrawn++;
        } else {
            checkRelabelled(stepped, direction);
        }
    }

    private void checkRelabelled(final int[][] stepped, final int direction) {
        final int left = direction > 0 ? QueueSide.BID : QueueSide.ASK;
        final int neared = 1 - left;
        final int[][] depths = depths();
        assertThat(depths[left][0]).isZero();
        for (int level = 1; level < parameters.levels(); level++) {
            assertScaled(stepped[left][level - 1], level - 1, depths[left][level], level);
            assertScaled(stepped[neared][level], level, depths[neared][level - 1], level - 1);
        }
        final List<QueueCurves> curves = neared == QueueSide.BID ? parameters.bid() : parameters.ask();
        final int outermost = parameters.levels() - 1;
        assertThat(curves.get(outermost).invariantLaw().probability(depths[neared][outermost]))
                .isPositive();
    }

    private void assertScaled(final int size, final int fromLevel, final int scaled, final int toLevel) {
        final List<Double> sizes = parameters.averageEventSizes();
        final double exact = size * sizes.get(fromLevel) / sizes.get(toLevel);
        assertThat(scaled > 0).isEqualTo(size > 0);
        if (size > 0) {
            assertThat((double) scaled).isCloseTo(Math.max(1, exact), within(0.5));
        }
    }

    private boolean has(final int flag) {
        return (process.flags() & flag) != 0;
    }

    private int[][] depths() {
        final int[][] depths = new int[2][parameters.levels()];
        for (int side = 0; side < 2; side++) {
            for (int level = 0; level < parameters.levels(); level++) {
                depths[side][level] = process.book().depth(side, level);
            }
        }
        return depths;
    }

    private double plainTotalRate() {
        double total = 0;
        for (int level = 0; level < parameters.levels(); level++) {
            total += rate(parameters.bid().get(level), process.book().depth(QueueSide.BID, level));
            total += rate(parameters.ask().get(level), process.book().depth(QueueSide.ASK, level));
        }
        return total;
    }

    private static double rate(final QueueCurves curves, final int size) {
        return curves.limit(size) + curves.cancel(size) + curves.market(size);
    }

    private static int bestLevel(final int[] depths) {
        int level = 0;
        while (level < depths.length && depths[level] == 0) {
            level++;
        }
        return level;
    }

    private static int bestTicks(final int side, final int[][] depths, final int innermostBidTicks) {
        final int level = bestLevel(depths[side]);
        return side == QueueSide.BID ? innermostBidTicks - level : innermostBidTicks + 1 + level;
    }

    private static ReferencePriceParameters randomParameters(
            final int levels, final double theta, final double thetaReinit, final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final List<QueueCurves> bid = new ArrayList<>();
        final List<QueueCurves> ask = new ArrayList<>();
        final List<Double> sizes = new ArrayList<>();
        for (int level = 0; level < levels; level++) {
            bid.add(randomCurves(random));
            ask.add(randomCurves(random));
            sizes.add(50 + 200 * random.nextDouble());
        }
        return new ReferencePriceParameters(bid, ask, sizes, theta, thetaReinit);
    }

    private static QueueCurves randomCurves(final SplittableRandom random) {
        final double[] limit = new double[1 + random.nextInt(12)];
        final double[] cancel = new double[2 + random.nextInt(12)];
        final double[] market = new double[2 + random.nextInt(12)];
        Arrays.setAll(limit, size -> 0.2 + random.nextDouble());
        Arrays.setAll(cancel, size -> size == 0 ? 0 : 0.6 + random.nextDouble());
        Arrays.setAll(market, size -> size == 0 ? 0 : 0.6 + random.nextDouble());
        return new QueueCurves("random", limit, cancel, market);
    }
}
