package io.tapedeck.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.engine.model.ActivityParameters;
import io.tapedeck.engine.model.ClockParameters;
import io.tapedeck.engine.model.FactorParameters;
import io.tapedeck.engine.model.HawkesParameters;
import io.tapedeck.engine.model.MarketInputs;
import io.tapedeck.engine.model.MarketModelParameters;
import io.tapedeck.engine.model.QueueReactiveCurves;
import io.tapedeck.engine.model.ReferencePriceCurvesFile;
import io.tapedeck.engine.model.ReferencePriceParameters;
import io.tapedeck.engine.random.RandomStreams;
import io.tapedeck.engine.random.SymbolStreams;
import io.tapedeck.engine.record.RecordBuffer;
import io.tapedeck.engine.statistics.Autocorrelation;
import io.tapedeck.engine.statistics.Moments;
import io.tapedeck.testing.AllocationMeter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions whose clock is more than the law's rate: what it may change, what it must not, and what it is for. */
class ModulatedSessionTest {
    private static final RandomStreams RUN = new RandomStreams(42);
    private static final long SYMBOL = 7;
    private static final long DAY = 20_455;
    private static final LocalDate DATE = LocalDate.ofEpochDay(DAY);
    private static final HawkesParameters HAWKES = HawkesParameters.ofBranchingRatio(0.6, 72, 2, 5);

    static Stream<MarketModelParameters> models() {
        return Stream.of(
                SessionParameters.DEFAULTS.model(),
                QueueReactiveCurves.defaults(5),
                ReferencePriceCurvesFile.franceTelecom());
    }

    /** Time-change theorem: all rates have the same factor, so it decides when events happen, and never which. */
    @ParameterizedTest
    @MethodSource("models")
    void shouldChangeTimesAndNothingElseWhenExcitedOrActive(final MarketModelParameters model) {
        final SessionParameters plain = SessionParameters.builder()
                .model(model)
                .thetaReinit(0.1)
                .sessionSeconds(model instanceof ReferencePriceParameters ? 6_000 : 600)
                .build();
        final List<Long> times = new ArrayList<>();
        final List<String> path = path(plain, times);
        for (final ClockParameters clock : List.of(
                new ClockParameters(HAWKES, ActivityParameters.NONE),
                new ClockParameters(HawkesParameters.NONE, ActivityParameters.DEFAULTS),
                new ClockParameters(new HawkesParameters(0.5, 2, 5), ActivityParameters.DEFAULTS))) {
            final List<Long> otherTimes = new ArrayList<>();
            final List<String> other = path(plain.toBuilder().clock(clock).build(), otherTimes);

            final int common = Math.min(path.size(), other.size());
            assertThat(common).isGreaterThan(15_000);
            assertThat(other.subList(0, common)).isEqualTo(path.subList(0, common));
            assertThat(otherTimes.subList(0, common)).isNotEqualTo(times.subList(0, common));
        }
    }

    /** A grid that nothing changes on is the Poisson clock, but for the rounding of sums. */
    @Test
    void shouldKeepTheTimesWhenTheFactorHardlyMoves() {
        final SessionParameters plain =
                SessionParameters.builder().sessionSeconds(600).build();
        final List<Long> times = new ArrayList<>();
        final List<Long> gridTimes = new ArrayList<>();
        final List<String> path = path(plain, times);

        assertThat(path(
                        plain.toBuilder()
                                .factor(new FactorParameters(1e-12, 0.1, 0.2))
                                .build(),
                        gridTimes))
                .isEqualTo(path);
        for (int i = 0; i < times.size(); i++) {
            assertThat(gridTimes.get(i) - times.get(i)).isBetween(-2L, 2L);
        }
    }

    @Test
    void shouldBeTheMarketWithoutAFactorWhenNothingIsLoaded() {
        final SessionParameters plain =
                SessionParameters.builder().sessionSeconds(60).build();
        final List<Long> times = new ArrayList<>();
        final List<Long> unloadedTimes = new ArrayList<>();

        final List<String> unloaded =
                path(plain.toBuilder().factor(new FactorParameters(0, 1, 3)).build(), unloadedTimes);

        assertThat(unloaded).isEqualTo(path(plain, times)).isNotEmpty();
        assertThat(unloadedTimes).isEqualTo(times);
    }

    /** The theory of a return that is normal given its second's activity, correlated over activity's memory. */
    @Test
    void shouldClusterVolatilityAsTheActivityClockSays() {
        final double deviation = 0.8;
        final double tauSeconds = 300;
        final SessionParameters parameters = SessionParameters.builder()
                .clock(new ClockParameters(HawkesParameters.NONE, new ActivityParameters(deviation, tauSeconds, 1)))
                .build();
        final int[] lags = {1, 10, 60};
        final Moments[] days = correlationsOfAbsoluteReturns(parameters, lags);

        for (int i = 0; i < lags.length; i++) {
            final double share = 2 / Math.PI * Math.exp(-deviation * deviation / 4);
            final double theory =
                    share * Math.expm1(deviation * deviation / 4 * Math.exp(-lags[i] / tauSeconds)) / (1 - share);
            assertThat(days[i].mean()).as("lag %s", lags[i]).isBetween(theory - 0.06, theory + 0.06);
            if (lags[i] <= 10) {
                assertThat(days[i].mean() / standardError(days[i])).isGreaterThan(4);
            }
        }
    }

    /** What {@code --model hawkes} starts from; and the trap, that excitation alone does not cluster volatility. */
    @Test
    void shouldClusterVolatilityWithActivityAndNotWithExcitationAlone() {
        final int[] lags = {1, 10};
        final Moments[] both = correlationsOfAbsoluteReturns(
                SessionParameters.builder()
                        .clock(new ClockParameters(HAWKES, ActivityParameters.DEFAULTS))
                        .build(),
                lags);
        final Moments[] excited = correlationsOfAbsoluteReturns(
                SessionParameters.builder()
                        .clock(new ClockParameters(HAWKES, ActivityParameters.NONE))
                        .build(),
                lags);

        for (int i = 0; i < lags.length; i++) {
            assertThat(both[i].mean() / standardError(both[i])).isGreaterThan(4);
            assertThat(both[i].mean()).isGreaterThan(0.1);
            assertThat(excited[i].mean()).isLessThan(0.02);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldAllocateNothingWithEverythingSwitchedOn(final boolean isQueueReactive) {
        final SessionParameters parameters = SessionParameters.builder()
                .model(isQueueReactive ? QueueReactiveCurves.defaults(5) : SessionParameters.DEFAULTS.model())
                .thetaReinit(0.1)
                .sessionSeconds(60)
                .clock(new ClockParameters(HAWKES, ActivityParameters.DEFAULTS))
                .factor(new FactorParameters(0.5, 0.1, 0.2))
                .build();
        final SharedMarket market = new SharedMarket(parameters, RUN);
        final RecordBuffer buffer = new RecordBuffer(1 << 19);
        final List<SymbolProducer> symbols = new ArrayList<>();
        IntStream.rangeClosed(1, 5).forEach(id -> symbols.add(new SymbolProducer(id, "S" + id, market)));
        final UnitProducer unit = new UnitProducer(symbols, buffer);
        final int[] prices = {10_000, 10_000, 10_000, 10_000, 10_000};
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

        assertThat(AllocationMeter.leastAllocatedBytes(day, 5)).isZero();
        assertThat(buffer.size()).isGreaterThan(25_000);
    }

    private static List<String> path(final SessionParameters parameters, final List<Long> times) {
        final SymbolStreams streams = new SymbolStreams(RUN, SYMBOL);
        final var shift = parameters.newShift();
        final SessionGenerator generator = new SessionGenerator(
                parameters.newLaw().newProcess(new MarketInputs(streams, shift)),
                parameters.newClock(streams),
                parameters.sessionSeconds(),
                0);
        streams.seed(DAY);
        shift.open(new SharedMarket(parameters, RUN).factor().path(DAY));
        generator.open(parameters.p0Ticks());
        final List<String> path = new ArrayList<>();
        generator.generate(
                (timeNs, type, side, priceTicks, quantity, number, flags) -> {
                    times.add(timeNs);
                    path.add(type + " " + priceTicks + " " + flags);
                },
                Integer.MAX_VALUE);
        return path;
    }

    /** By lag: the autocorrelations of the absolute returns over one second, of five days. */
    private static Moments[] correlationsOfAbsoluteReturns(final SessionParameters parameters, final int[] lags) {
        final SimulatedMids mids = new SimulatedMids(parameters, RUN, SYMBOL);
        final Moments[] days = new Moments[lags.length];
        for (int i = 0; i < lags.length; i++) {
            days[i] = new Moments();
        }
        for (int day = 0; day < 5; day++) {
            final int[] doubled = mids.day(DAY + day);
            final Autocorrelation correlation = new Autocorrelation(lags);
            for (int second = 1; second < doubled.length; second++) {
                correlation.add(Math.abs(doubled[second] - doubled[second - 1]));
            }
            for (int i = 0; i < lags.length; i++) {
                days[i].add(correlation.at(i));
            }
        }
        return days;
    }

    private static double standardError(final Moments days) {
        return days.standardDeviation() / Math.sqrt(days.count());
    }
}
