package io.tapedeck.engine.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.book.Side;
import io.tapedeck.engine.model.QueueReactiveCurves;
import io.tapedeck.engine.model.QueueReactiveCurvesFile;
import io.tapedeck.engine.model.ReferencePriceCurvesFile;
import io.tapedeck.engine.model.ReferencePriceParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From cells to bands, to curves, to a file that runs take. */
class CalibrationFileTest {
    @TempDir
    private Path folder;

    /** Bands for Poisson counts as tables print them: Garwood (1936), Ulm (1990). */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 3.6889",
        "1, 0.0253, 5.5716",
        "5, 1.6235, 11.6683",
        "20, 12.2165, 30.8884",
        "100, 81.364, 121.627"
    })
    void shouldHaveTheBandsOfPrintedTables(final long count, final double low, final double high) {
        final RateEstimate estimate = new RateEstimate(count, 2);

        assertThat(estimate.rate()).isEqualTo(count / 2.0);
        assertThat(estimate.low() * 2).isCloseTo(low, within(1e-3));
        assertThat(estimate.high() * 2).isCloseTo(high, within(1e-3));
    }

    @Test
    void shouldKnowNothingOfARateWithoutTime() {
        final RateEstimate estimate = new RateEstimate(0, 0);

        assertThat(estimate.rate()).isNaN();
        assertThat(estimate.low()).isZero();
        assertThat(estimate.high()).isInfinite();
    }

    private static void fill(
            final QueueCells cells,
            final int size,
            final double seconds,
            final int in,
            final int out,
            final int traded) {
        cells.addTime(size, seconds, seconds, seconds);
        for (int i = 0; i < in; i++) {
            cells.addEvent(size, EventKind.LIMIT, 100);
        }
        for (int i = 0; i < out; i++) {
            cells.addEvent(size, EventKind.CANCEL, 50);
        }
        for (int i = 0; i < traded; i++) {
            cells.addEvent(size, EventKind.MARKET, 30);
        }
    }

    @Test
    void shouldPoolSizesOnlyAsFarAsItMustAndEndWhereMoreLeavesThanComes() {
        final QueueCells cells = new QueueCells();
        fill(cells, 0, 10, 30, 0, 0);
        fill(cells, 1, 10, 40, 20, 0);
        fill(cells, 2, 4, 8, 4, 0);
        fill(cells, 3, 6, 12, 16, 2);
        fill(cells, 4, 1, 20, 1, 0);
        fill(cells, 5, 1, 1, 2, 0);

        final CurveRule rule = CurveRule.DEFAULT;
        final int last = rule.lastSize(cells, true);

        assertThat(last).as("at 4 more come than leave, at 5 there are too few").isEqualTo(3);
        assertThat(rule.table(cells, EventKind.LIMIT, last)).containsExactly(3, 4, 60 / 20.0, 2);
        assertThat(rule.table(cells, EventKind.CANCEL, last)).containsExactly(0, 2, 40 / 20.0, 16 / 6.0);
        // None at size 1 and 2 alone: the window goes on until there is one.
        assertThat(rule.table(cells, EventKind.MARKET, last)).containsExactly(0, 2 / 20.0, 2 / 20.0, 2 / 6.0);
        assertThat(new CurveRule(1, 1, 100).table(cells, EventKind.LIMIT, 2))
                .containsExactly(70 / 20.0, 78 / 24.0, 60 / 20.0);
        assertThat(new CurveRule(20, 0, 1).lastSize(cells, true)).isEqualTo(1);
    }

    /** As happens where two events have the same time. */
    @Test
    void shouldTakeAnEventAtASizeThatNoTimeWasSpentAt() {
        final QueueCells cells = new QueueCells();

        cells.addEvent(1_000, EventKind.CANCEL, 3);
        cells.addEvent(1 << 30, EventKind.LIMIT, 4);

        assertThat(cells.count(EventKind.CANCEL, 1_000)).isEqualTo(1);
        assertThat(cells.largestSize()).isEqualTo(QueueCells.MAX_SIZE);
        assertThat(cells.count(EventKind.LIMIT, QueueCells.MAX_SIZE)).isEqualTo(1);
        assertThat(cells.averageEventSize()).isEqualTo(3.5);
    }

    @Test
    void shouldRefuseRulesThatAreNone() {
        assertThatThrownBy(() -> new CurveRule(0, 0, 10)).hasMessageContaining("minCount=0");
        assertThatThrownBy(() -> new CurveRule(1, -1, 10)).hasMessageContaining("halfWidth=-1");
        assertThatThrownBy(() -> new CurveRule(1, 0, 99_999)).hasMessageContaining("maxQueue=99999");
        assertThatThrownBy(() -> new Feedback(Double.NaN, 0, 0)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> QueueUnit.averageEventSizes(new double[] {1, 0}))
                .hasMessageContaining("level 1");
        assertThatThrownBy(() -> new QueueWindow(new OrderBooks().book(1), Anchor.BEST_QUOTE, 0, 1, QueueUnit.orders()))
                .hasMessageContaining("levels=0");
    }

    private static ExposureEstimator estimator() {
        final ExposureEstimator estimator = new ExposureEstimator(2, new Feedback(0.25, 0, 0));
        for (int side = Side.BID; side <= Side.ASK; side++) {
            for (int level = 0; level < 2; level++) {
                final QueueCells cells = estimator.cells(side, level);
                fill(cells, 0, 3, 50, 0, 0);
                fill(cells, 1, 7, 40, 20 + side, 5);
                fill(cells, 2, 11, 30, 40, 5);
            }
        }
        return estimator;
    }

    @Test
    void shouldWriteCurvesWithAllTheirDigitsThatARunTakes() throws IOException {
        final Path file = folder.resolve("curves.json");
        final Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("symbols", List.of("A", "B"));
        facts.put("seconds", 42.0);

        new CalibrationFile(estimator(), CurveRule.DEFAULT, Anchor.BEST_QUOTE, QueueUnit.orders(), 0, 0, facts)
                .write(file);

        final QueueReactiveCurves curves = QueueReactiveCurvesFile.loadErgodic(file);
        assertThat(curves.levels()).isEqualTo(2);
        assertThat(curves.spreadSensitivity()).isEqualTo(0.25);
        assertThat(curves.imbalanceSensitivity()).isZero();
        assertThat(curves.limitBid(1)).containsExactly(50 / 3.0, 40 / 7.0, 30 / 11.0);
        assertThat(curves.cancelAsk(0)).containsExactly(0, 21 / 7.0, 40 / 11.0);
        assertThat(curves.marketSell()).containsExactly(0, 5 / 7.0, 5 / 11.0);
        final String text = Files.readString(file);
        assertThat(text).contains("\"symbols\" : [ \"A\", \"B\" ]", "\"count\" : [ 50, 40, 30 ]", "\"seconds\" : 42.0");
        requireJson(text);
    }

    private static void requireJson(final String text) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            JsonToken token;
            do {
                token = parser.nextToken();
            } while (token != null);
        }
    }

    @Test
    void shouldWriteCurvesAroundAReferencePriceThatARunTakes() throws IOException {
        final Path file = folder.resolve("curves.json");
        final QueueUnit unit = QueueUnit.averageEventSizes(new double[] {80, 100});

        new CalibrationFile(estimator(), CurveRule.DEFAULT, Anchor.REFERENCE_PRICE, unit, 0.6, 0.5, Map.of())
                .write(file);

        final ReferencePriceParameters parameters = ReferencePriceCurvesFile.load(file);
        assertThat(parameters.levels()).isEqualTo(2);
        assertThat(parameters.theta()).isEqualTo(0.6);
        assertThat(parameters.thetaReinit()).isEqualTo(0.5);
        assertThat(parameters.averageEventSizes()).containsExactly(80.0, 100.0);
        assertThat(parameters.bid().get(1).market(1)).isEqualTo(5 / 7.0);
        assertThat(parameters.ask().get(0).limit(0)).isEqualTo(50 / 3.0);
    }

    @Test
    void shouldHoldBidAndAskToBeAlikeWhenAsked() {
        final ExposureEstimator estimator = estimator();

        estimator.symmetrise();

        for (int side = Side.BID; side <= Side.ASK; side++) {
            assertThat(estimator.cells(side, 0).estimate(EventKind.CANCEL, 1)).isEqualTo(new RateEstimate(41, 14));
        }
        // 120 additions, 60 or 61 cancellations and 10 executions on either side.
        assertThat(estimator.averageEventSize(0)).isCloseTo((240 * 100 + 121 * 50 + 20 * 30) / 381.0, within(1e-12));
    }

    @Test
    void shouldWriteNothingOfAQueueWithTooFewEvents() {
        final ExposureEstimator estimator = estimator();
        final Path file = folder.resolve("curves.json");

        assertThatThrownBy(() -> new CalibrationFile(
                                estimator,
                                new CurveRule(1_000, 0, 10),
                                Anchor.BEST_QUOTE,
                                QueueUnit.orders(),
                                0,
                                0,
                                Map.of())
                        .write(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no queue size of level 0 of the bid has 1000 events");
        assertThat(file).doesNotExist();
    }
}
