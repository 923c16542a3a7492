package io.tapedeck.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tapedeck.codecs.qrsdp1.QueueEventType;
import io.tapedeck.codecs.qrsdp1.QueueSide;
import io.tapedeck.engine.random.Xoshiro256PlusPlus;
import io.tapedeck.engine.statistics.BirthDeathChain;
import io.tapedeck.engine.statistics.Distributions;
import io.tapedeck.engine.statistics.UniformSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The market of France Telecom moves as the theory says, and shows what was published and what others measured of it.
 * Seeds are fixed, so each test gives the same verdict every time; where it is a p-value, a right process has a smaller
 * one with one seed in a thousand. The property {@code tapedeck.marketDays} lengthens the comparison with what others saw.
 */
@Tag("campaign")
class ReferencePriceLawTest {
    private static final double ONE_IN_A_THOUSAND = 1e-3;
    private static final double DAY_SECONDS = 23_400;
    private static final int DAYS = Integer.getInteger("tapedeck.marketDays", 40);
    private static final int STATES = 200;

    private final ReferencePriceParameters franceTelecom = ReferencePriceCurvesFile.franceTelecom();

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 2", "2, 3"})
    void shouldSpendInEverySizeTheTimeOfTheInvariantLawWhenTheReferencePriceStands(final int level, final long seed) {
        final ReferencePriceProcess process = process(franceTelecom.withMoves(0, 0), seed);
        final PoissonClock clock = new PoissonClock(new Xoshiro256PlusPlus(seed + 100));
        final double[][] seconds = new double[2][STATES];
        process.open(0);
        double now = 0;
        while (now < 5 * DAY_SECONDS) {
            final double next = clock.nextSeconds(now, process);
            for (int side = QueueSide.BID; side <= QueueSide.ASK; side++) {
                seconds[side][Math.min(process.book().depth(side, level), STATES - 1)] += next - now;
            }
            now = next;
            process.step();
        }

        final QueueCurves curves = franceTelecom.bid().get(level);
        final double[] births = new double[STATES];
        final double[] deaths = new double[STATES];
        Arrays.setAll(births, curves::limit);
        Arrays.setAll(deaths, size -> curves.cancel(size) + curves.market(size));
        final BirthDeathChain chain = new BirthDeathChain(births, deaths);
        for (final double[] ofSide : seconds) {
            assertThat(chain.test(ofSide).pValue()).isGreaterThan(ONE_IN_A_THOUSAND);
        }
        final double[] law = chain.law();
        for (int size = 0; size < law.length; size++) {
            assertThat(curves.invariantLaw().probability(size)).isCloseTo(law[size], within(1e-6));
        }
    }

    /** Each kind of event comes as often as its rate says, given the time spent in each state: the test with power. */
    @ParameterizedTest
    @CsvSource({"0.7, 0.85, 1", "1, 0, 2", "0, 0, 3"})
    void shouldHaveTheRatesOfTheCurvesInEveryState(final double theta, final double thetaReinit, final long seed) {
        final Compensators seen = new Compensators(franceTelecom);
        seen.watch(franceTelecom.withMoves(theta, thetaReinit), seed, DAY_SECONDS);

        assertThat(seen.cells).isGreaterThan(200);
        assertThat(seen.pValueOfCells()).isGreaterThan(ONE_IN_A_THOUSAND);
        for (int kind = 0; kind < Compensators.KINDS; kind++) {
            assertThat(Math.abs(seen.pooledZ(kind))).as("kind %d", kind).isLessThan(3.29);
        }
        assertThat(seen.waitingTimes.pValue()).isGreaterThan(ONE_IN_A_THOUSAND);
        assertThat(Math.abs(seen.waitingTimes.meanZ())).isLessThan(3.29);
    }

    @Test
    void shouldFailTheTestOfRatesWhenCancellationsAreThreePercentTooMany() {
        final Compensators seen = new Compensators(franceTelecom);
        seen.watch(withMoreCancellations(1.03), 1, DAY_SECONDS);

        assertThat(seen.pooledZ(Compensators.CANCEL)).isGreaterThan(5);
        assertThat(Math.abs(seen.pooledZ(Compensators.LIMIT))).isLessThan(3.29);
    }

    /**
     * The grid of (theta, theta-reinit) that an independent simulation has measured over 60 days. Where every move
     * redraws the book, either direction follows with the same chance, and eta is a half.
     */
    @ParameterizedTest(name = "theta {0}, theta reinit {1}: volatility {2}, eta {3}")
    @CsvSource({
        "1, 0, 1.70, 0.066",
        "0.7, 0, 1.71, 0.082",
        "0.7, 0.5, 3.20, 0.231",
        "0.7, 0.85, 4.04, 0.393",
        "0.7, 1, 4.57, 0.5",
        "1, 0.85, 4.53, 0.391",
        "1, 1, 5.00, 0.5",
        "0.5, 0.85, 3.64, 0.397",
        "0.9, 0.85, 4.41, 0.392"
    })
    void shouldHaveTheVolatilityAndTheMeanReversionThatOthersMeasured(
            final double theta, final double thetaReinit, final double volatilityTicks, final double eta) {
        final Scorecard card = new Scorecard(franceTelecom.withMoves(theta, thetaReinit), 11, DAYS);

        assertThat(card.eta()).isCloseTo(eta, within(thetaReinit == 0 ? 0.01 : 0.015));
        assertThat(card.volatilityTicks()).isCloseTo(volatilityTicks, within(0.07 * volatilityTicks));
    }

    @Test
    void shouldHaveTheRatesAndTheSpreadThatOthersMeasuredWithThePublishedParameters() {
        final Scorecard card = new Scorecard(franceTelecom, 8, DAYS);

        assertThat(card.eventsPerSecond()).isCloseTo(6.50, within(0.05));
        assertThat(card.tradesPerSecond()).isCloseTo(0.212, within(0.006));
        assertThat(card.spreadTicks()).isCloseTo(1.11, within(0.02));
    }

    @Test
    void shouldDrawEveryQueueFromItsInvariantLawWhenTheBookIsRedrawn() {
        final int redraws = 20_000;
        final int levels = franceTelecom.levels();
        final long[][] counts = new long[2 * levels][STATES];
        final ReferencePriceProcess process = process(franceTelecom.withMoves(1, 1), 21);
        process.open(0);
        for (int i = 0; i < redraws; ) {
            process.step();
            if ((process.flags() & MarketProcess.FLAG_REINITIALISED) != 0) {
                for (int queue = 0; queue < 2 * levels; queue++) {
                    final int depth = process.book().depth(queue / levels, queue % levels);
                    counts[queue][Math.min(depth, STATES - 1)]++;
                }
                i++;
            }
        }
        double smallest = 1;
        for (int queue = 0; queue < 2 * levels; queue++) {
            final InvariantLaw law = franceTelecom.bid().get(queue % levels).invariantLaw();
            double chiSquare = 0;
            double rare = redraws;
            long rareSeen = redraws;
            int cells = 1;
            for (int size = 0; size < STATES; size++) {
                final double expected = redraws * law.probability(size);
                if (expected >= 10) {
                    chiSquare += (counts[queue][size] - expected) * (counts[queue][size] - expected) / expected;
                    rare -= expected;
                    rareSeen -= counts[queue][size];
                    cells++;
                }
            }
            chiSquare += (rareSeen - rare) * (rareSeen - rare) / rare;
            smallest = Math.min(smallest, Distributions.chiSquareAbove(chiSquare, cells - 1));
        }
        assertThat(Distributions.smallestOf(smallest, 2L * levels)).isGreaterThan(ONE_IN_A_THOUSAND);
    }

    private ReferencePriceParameters withMoreCancellations(final double factor) {
        final List<QueueCurves> queues = new ArrayList<>();
        for (final QueueCurves curves : franceTelecom.bid()) {
            final double[] limit = new double[curves.tableLength()];
            final double[] cancel = new double[curves.tableLength()];
            final double[] market = new double[curves.tableLength()];
            Arrays.setAll(limit, curves::limit);
            Arrays.setAll(cancel, size -> factor * curves.cancel(size));
            Arrays.setAll(market, curves::market);
            queues.add(new QueueCurves("queue", limit, cancel, market));
        }
        return new ReferencePriceParameters(
                queues, queues, franceTelecom.averageEventSizes(), franceTelecom.theta(), franceTelecom.thetaReinit());
    }

    private static ReferencePriceProcess process(final ReferencePriceParameters parameters, final long seed) {
        return new ReferencePriceProcess(
                parameters, new Xoshiro256PlusPlus(seed), new Xoshiro256PlusPlus(seed + 1_000));
    }

    /** Counts of events beside what the curves promise, by level, size, kind, and whether the queue is its side's best. */
    private static final class Compensators {
        private static final int LIMIT = 0;
        private static final int CANCEL = 1;
        private static final int MARKET = 2;
        private static final int KINDS = 3;
        private static final double LEAST_EXPECTED = 25;

        private final ReferencePriceParameters curves;
        private final double[][][] expected;
        private final long[][][] counts;
        private final UniformSample waitingTimes = new UniformSample();
        private int cells;

        Compensators(final ReferencePriceParameters curves) {
            this.curves = curves;
            expected = new double[curves.levels()][STATES][KINDS];
            counts = new long[curves.levels()][STATES][KINDS];
        }

        void watch(final ReferencePriceParameters parameters, final long seed, final double endSeconds) {
            final ReferencePriceProcess process = process(parameters, seed);
            final PoissonClock clock = new PoissonClock(new Xoshiro256PlusPlus(seed + 100));
            process.open(0);
            double now = 0;
            while (now < endSeconds) {
                final double next = clock.nextSeconds(now, process);
                spend(process.book(), next - now);
                now = next;
                final int[][] before = depths(process.book());
                final int innermost = process.innermostBidTicks();
                process.step();
                count(process, before, innermost);
            }
            for (final double[][] level : expected) {
                for (final double[] size : level) {
                    for (final double kind : size) {
                        cells += kind >= LEAST_EXPECTED ? 1 : 0;
                    }
                }
            }
        }

        private void spend(final QueueBook book, final double seconds) {
            double total = 0;
            for (int side = QueueSide.BID; side <= QueueSide.ASK; side++) {
                boolean isBehind = false;
                for (int level = 0; level < curves.levels(); level++) {
                    final int size = book.depth(side, level);
                    final QueueCurves queue = curves.bid().get(level);
                    final double[] cell = expected[level][Math.min(size, STATES - 1)];
                    cell[LIMIT] += queue.limit(size) * seconds;
                    cell[CANCEL] += (queue.cancel(size) + (isBehind ? queue.market(size) : 0)) * seconds;
                    cell[MARKET] += (isBehind ? 0 : queue.market(size)) * seconds;
                    total += queue.limit(size) + queue.cancel(size) + queue.market(size);
                    isBehind |= size > 0;
                }
            }
            waitingTimes.add(UniformSample.exponential(total * seconds));
        }

        private void count(final ReferencePriceProcess process, final int[][] before, final int innermost) {
            final int side = process.side();
            final int level =
                    side == QueueSide.BID ? innermost - process.priceTicks() : process.priceTicks() - innermost - 1;
            final int type = process.type();
            final int kind =
                    type <= QueueEventType.ADD_ASK ? LIMIT : type <= QueueEventType.CANCEL_ASK ? CANCEL : MARKET;
            counts[level][Math.min(before[side][level], STATES - 1)][kind]++;
        }

        /** All sizes and levels of a kind together. */
        double pooledZ(final int kind) {
            double promised = 0;
            long seen = 0;
            for (int level = 0; level < curves.levels(); level++) {
                for (int size = 0; size < STATES; size++) {
                    promised += expected[level][size][kind];
                    seen += counts[level][size][kind];
                }
            }
            return (seen - promised) / Math.sqrt(promised);
        }

        double pValueOfCells() {
            double chiSquare = 0;
            for (int level = 0; level < curves.levels(); level++) {
                for (int size = 0; size < STATES; size++) {
                    for (int kind = 0; kind < KINDS; kind++) {
                        final double promised = expected[level][size][kind];
                        if (promised >= LEAST_EXPECTED) {
                            final double difference = counts[level][size][kind] - promised;
                            chiSquare += difference * difference / promised;
                        }
                    }
                }
            }
            return Distributions.chiSquareAbove(chiSquare, cells);
        }

        private static int[][] depths(final QueueBook book) {
            final int[][] depths = new int[2][book.levels()];
            for (int side = QueueSide.BID; side <= QueueSide.ASK; side++) {
                for (int level = 0; level < book.levels(); level++) {
                    depths[side][level] = book.depth(side, level);
                }
            }
            return depths;
        }
    }

    /** What a trader sees of the market over some days. */
    private static final class Scorecard {
        private static final double TEN_MINUTES = 600;

        private final double seconds;
        private long events;
        private long trades;
        private long continuations;
        private long alternations;
        private double spreadSeconds;
        private double squares;
        private long samples;

        Scorecard(final ReferencePriceParameters parameters, final long seed, final int days) {
            final ReferencePriceProcess process = process(parameters, seed);
            final PoissonClock clock = new PoissonClock(new Xoshiro256PlusPlus(seed + 100));
            for (int day = 0; day < days; day++) {
                run(process, clock);
            }
            seconds = days * DAY_SECONDS;
        }

        private void run(final ReferencePriceProcess process, final PoissonClock clock) {
            process.open(10_000);
            int lastDirection = 0;
            double now = 0;
            double sampleSeconds = TEN_MINUTES;
            int lastTwiceMid = twiceMid(process.book());
            while (now < DAY_SECONDS) {
                final double next = Math.min(clock.nextSeconds(now, process), DAY_SECONDS);
                spreadSeconds += spread(process.book()) * (next - now);
                for (; sampleSeconds <= next; sampleSeconds += TEN_MINUTES) {
                    final double change = (twiceMid(process.book()) - lastTwiceMid) / 2.0;
                    squares += change * change;
                    samples++;
                    lastTwiceMid = twiceMid(process.book());
                }
                now = next;
                if (now < DAY_SECONDS) {
                    final int before = process.innermostBidTicks();
                    process.step();
                    events++;
                    trades += process.type() >= QueueEventType.EXECUTE_BUY ? 1 : 0;
                    final int direction = process.innermostBidTicks() - before;
                    if (direction != 0) {
                        continuations += direction == lastDirection ? 1 : 0;
                        alternations += direction == -lastDirection ? 1 : 0;
                        lastDirection = direction;
                    }
                }
            }
        }

        /** Half the quotient of moves of the reference price in the same and in the other direction as the one before. */
        double eta() {
            return continuations / (2.0 * alternations);
        }

        double volatilityTicks() {
            return Math.sqrt(squares / samples);
        }

        double eventsPerSecond() {
            return events / seconds;
        }

        double tradesPerSecond() {
            return trades / seconds;
        }

        double spreadTicks() {
            return spreadSeconds / seconds;
        }

        private static int spread(final QueueBook book) {
            return bestTicks(book, QueueSide.ASK) - bestTicks(book, QueueSide.BID);
        }

        private static int twiceMid(final QueueBook book) {
            return bestTicks(book, QueueSide.ASK) + bestTicks(book, QueueSide.BID);
        }

        private static int bestTicks(final QueueBook book, final int side) {
            int level = 0;
            while (level < book.levels() && book.depth(side, level) == 0) {
                level++;
            }
            return book.priceTicks(side, level);
        }
    }
}
