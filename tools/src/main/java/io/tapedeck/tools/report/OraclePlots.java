package io.tapedeck.tools.report;

import io.tapedeck.engine.statistics.Distributions;
import io.tapedeck.engine.validation.CellScore;
import io.tapedeck.engine.validation.FillShare;
import io.tapedeck.engine.validation.OracleReport;
import java.util.List;

/** The plots of the oracles: each shows a statistic beside what the law says about it. */
final class OraclePlots {
    /** Of the Kolmogorov law at 0.1 %. */
    private static final double KOLMOGOROV_CRITICAL = 1.9495;

    private static final int MAX_QUEUE_SHOWN = 40;
    private static final double LEAST_SHOWN = 400;
    private static final double RATIO_SHOWN = 0.15;
    private static final double NORMAL_95 = 1.96;

    private OraclePlots() {}

    static String waitingTimes(final OracleReport report) {
        return distance(
                "Rescaled waiting times: distance from the exponential law",
                "probability under the exponential law",
                report.waitingTimes(),
                report.result("waiting-times").observations());
    }

    static String cancelRanks(final OracleReport report) {
        return distance(
                "Ranks of cancelled orders: distance from the uniform law",
                "relative rank in the queue (0 front, 1 tail)",
                report.cancelRanks(),
                report.result("cancel-ranks").observations());
    }

    /** An empirical distribution function less the true one, in the units in which Kolmogorov's law is. */
    private static String distance(
            final String title, final String label, final double[] cumulated, final long observations) {
        final int n = cumulated.length;
        final double root = Math.sqrt(observations);
        final double[] xs = new double[n + 1];
        final double[] ys = new double[n + 1];
        for (int i = 0; i < n; i++) {
            xs[i + 1] = (i + 1.0) / n;
            ys[i + 1] = root * (cumulated[i] - xs[i + 1]);
        }
        final double[] ends = {0, 1};
        return new Plot(
                        title,
                        Axis.linear(label).fixed(0, 1),
                        Axis.linear("√n (empirical − law)").including(-2.2).including(2.2))
                .band(
                        "99.9 % band of Kolmogorov's test",
                        ends,
                        new double[] {-KOLMOGOROV_CRITICAL, -KOLMOGOROV_CRITICAL},
                        new double[] {KOLMOGOROV_CRITICAL, KOLMOGOROV_CRITICAL})
                .line(null, Plot.REFERENCE, ends, new double[] {0, 0})
                .line("tape", "s0", xs, observations == 0 ? new double[n + 1] : ys)
                .toSvg();
    }

    static String cellScores(final OracleReport report) {
        final double[] scores =
                report.cells().stream().mapToDouble(CellScore::zScore).sorted().toArray();
        final double[] quantiles = new double[scores.length];
        for (int i = 0; i < scores.length; i++) {
            quantiles[i] = Distributions.normalQuantile((i + 0.5) / scores.length);
        }
        final double end = scores.length == 0 ? 3 : Math.max(3, quantiles[scores.length - 1]);
        return new Plot(
                        "Event counts by type, level and queue size: scores",
                        Axis.linear("quantile of the normal law"),
                        Axis.linear("signed root of the deviance"))
                .line("law", Plot.REFERENCE, new double[] {-end, end}, new double[] {-end, end})
                .points("cells of 25 and more", "s0", quantiles, scores)
                .toSvg();
    }

    static String rateRatios(final OracleReport report) {
        final int largest = report.cells().stream()
                .filter(cell -> cell.level() == 1 && cell.expected() >= LEAST_SHOWN)
                .mapToInt(CellScore::state)
                .filter(state -> state <= MAX_QUEUE_SHOWN)
                .max()
                .orElse(1);
        final double[] ends = {-1, largest + 1.0};
        final Plot plot = new Plot(
                "Measured over lawful rate at the innermost level",
                Axis.linear("orders in the queue").fixed(-0.5, largest + 0.5),
                Axis.linear("events / integral of the rate").fixed(1 - RATIO_SHOWN, 1 + RATIO_SHOWN));
        plot.line(null, Plot.REFERENCE, ends, new double[] {1, 1});
        final String[] names = {"add", "cancel", "execute"};
        for (int kind = 0; kind < names.length; kind++) {
            final double[] observed = new double[largest + 1];
            final double[] expected = new double[largest + 1];
            for (final CellScore cell : report.cells()) {
                if (cell.level() == 1 && cell.state() <= largest && cell.type() >> 1 == kind) {
                    observed[cell.state()] += cell.observed();
                    expected[cell.state()] += cell.expected();
                }
            }
            final double[] xs = new double[largest + 1];
            final double[] ys = new double[largest + 1];
            final double[] errors = new double[largest + 1];
            for (int n = 0; n <= largest; n++) {
                xs[n] = n + 0.18 * (kind - 1);
                // Cells of few events would only show their noise.
                ys[n] = expected[n] < LEAST_SHOWN ? Double.NaN : observed[n] / expected[n];
                errors[n] = NORMAL_95 / Math.sqrt(expected[n]);
            }
            plot.points(names[kind], "s" + kind, xs, ys, errors);
        }
        return plot.toSvg();
    }

    static String fillChances(final OracleReport report) {
        final List<FillShare> shares = report.fillShares();
        final double[] places = shares.stream().mapToDouble(FillShare::place).toArray();
        return new Plot(
                        "Chance of a fill by place in the best queue",
                        Axis.linear("place at which the order joined (1 = front)")
                                .including(1),
                        Axis.linear("share filled").including(0))
                .line(
                        "law",
                        Plot.REFERENCE,
                        places,
                        shares.stream().mapToDouble(FillShare::expected).toArray())
                .points(
                        "tape",
                        "s0",
                        places,
                        shares.stream().mapToDouble(FillShare::share).toArray(),
                        shares.stream()
                                .mapToDouble(share -> NORMAL_95 * share.error())
                                .toArray())
                .toSvg();
    }

    static String lifetimes(final OracleReport report) {
        final double[] hazards = OracleReport.survivalHazards();
        final double[] law = new double[hazards.length];
        for (int i = 0; i < law.length; i++) {
            law[i] = Math.exp(-hazards[i]);
        }
        return new Plot(
                        "Lifetimes: share of orders not yet cancelled",
                        Axis.linear("integrated cancellation hazard of the order"),
                        Axis.logarithmic("share alive"))
                .line("law, exp(−h)", Plot.REFERENCE, hazards, law)
                .points("tape", "s0", hazards, report.survival())
                .toSvg();
    }
}
