package io.tapedeck.engine.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.engine.book.Side;
import io.tapedeck.engine.model.QueueReactiveCurves;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Simulated, calibrated, simulated again. Seeds are fixed, so the verdicts are always the same. The campaign's length is
 * the system property {@code tapedeck.calibrationSeconds}, per seed.
 */
@Tag("campaign")
@Timeout(3_600)
class RoundTripTest {
    private static final int SECONDS = Integer.getInteger("tapedeck.calibrationSeconds", 3_600);
    private static final int SEEDS = 9;

    /** Cells with fewer events to be expected are left out: what is expected does not depend on what was seen. */
    private static final double LEAST_EXPECTED = 20;

    @TempDir
    private Path folder;

    /** The bands of all cells that could be compared with the truth. */
    private static final class Coverage {
        private int cells;
        private int covered;
        private final List<Double> errors = new ArrayList<>();
        private final List<Long> counts = new ArrayList<>();

        void add(final BiFunction<Integer, Integer, QueueCells> cellsOf, final QueueReactiveCurves truth) {
            for (int side = Side.BID; side <= Side.ASK; side++) {
                for (int level = 0; level < SimulatedDays.LEVELS; level++) {
                    final QueueCells cellsHere = cellsOf.apply(side, level);
                    final boolean isBid = side == Side.BID;
                    add(cellsHere, EventKind.LIMIT, isBid ? truth.limitBid(level) : truth.limitAsk(level));
                    add(cellsHere, EventKind.CANCEL, isBid ? truth.cancelBid(level) : truth.cancelAsk(level));
                    if (level == 0) {
                        add(cellsHere, EventKind.MARKET, isBid ? truth.marketSell() : truth.marketBuy());
                    }
                }
            }
        }

        private void add(final QueueCells cellsHere, final int kind, final double[] curve) {
            for (int size = 0; size <= cellsHere.largestSize(); size++) {
                final RateEstimate estimate = cellsHere.estimate(kind, size);
                final double rate = curve[Math.min(size, curve.length - 1)];
                if (rate * estimate.seconds() >= LEAST_EXPECTED) {
                    cells++;
                    covered += estimate.low() <= rate && rate <= estimate.high() ? 1 : 0;
                    errors.add(Math.abs(estimate.rate() / rate - 1));
                    counts.add(estimate.count());
                }
            }
        }

        double share() {
            return (double) covered / cells;
        }

        double medianError() {
            return errors.stream().sorted().skip(errors.size() / 2).findFirst().orElseThrow();
        }

        double medianCount() {
            return counts.stream().sorted().skip(counts.size() / 2).findFirst().orElseThrow();
        }
    }

    @Test
    void shouldCoverTheTrueRatesAsOftenAsTheBandsSay() throws Exception {
        final QueueReactiveCurves truth = SimulatedDays.curves(0, 0);
        final Coverage exposure = new Coverage();
        final Coverage restarting = new Coverage();
        for (int seed = 1; seed <= SEEDS; seed++) {
            final Path run = SimulatedDays.run(folder.resolve("run" + seed), truth, seed, 1, SECONDS);
            final ExposureEstimator estimator =
                    new ExposureEstimator(SimulatedDays.LEVELS, new Feedback(0, 0, SimulatedDays.IMPROVE));
            final RestartingEstimator biased = new RestartingEstimator(SimulatedDays.LEVELS);
            SimulatedDays.read(run, estimator);
            SimulatedDays.read(run, biased);
            exposure.add(estimator::cells, truth);
            restarting.add(biased::cells, truth);
        }

        System.err.printf(
                "cells %d share %.4f med %.4f bound %.4f; biased %d %.4f%n",
                exposure.cells,
                exposure.share(),
                exposure.medianError(),
                3 / Math.sqrt(exposure.medianCount()),
                restarting.cells,
                restarting.share());
        assertThat(exposure.cells).isGreaterThanOrEqualTo(2_000);
        assertThat(exposure.share()).isBetween(0.93, 0.97);
        assertThat(exposure.medianError()).isLessThan(3 / Math.sqrt(exposure.medianCount()));
        assertThat(restarting.share()).as("the biased estimator").isLessThan(0.93);
    }

    /** Where the model multiplies its curves, the curves without the factors are found. */
    @Test
    void shouldCoverTheTrueRatesWhereSpreadAndImbalanceMoveThem() throws Exception {
        final QueueReactiveCurves truth = SimulatedDays.curves(0.3, 1);
        final Coverage divided = new Coverage();
        final Coverage doubled = new Coverage();
        for (int seed = 1; seed <= SEEDS; seed++) {
            final Path run = SimulatedDays.run(folder.resolve("run" + seed), truth, seed, 1, SECONDS);
            final ExposureEstimator estimator =
                    new ExposureEstimator(SimulatedDays.LEVELS, new Feedback(0.3, 1, SimulatedDays.IMPROVE));
            final ExposureEstimator naive = new ExposureEstimator(SimulatedDays.LEVELS, Feedback.NONE);
            SimulatedDays.read(run, estimator);
            SimulatedDays.read(run, naive);
            divided.add(estimator::cells, truth);
            doubled.add(naive::cells, truth);
        }

        System.err.printf(
                "cells %d share %.4f ; naive %d %.4f%n",
                divided.cells, divided.share(), doubled.cells, doubled.share());
        assertThat(divided.cells).isGreaterThanOrEqualTo(2_000);
        assertThat(divided.share()).isBetween(0.93, 0.97);
        assertThat(doubled.share()).isLessThan(0.8);
    }
}
