package io.tapedeck.engine.facts;

import io.tapedeck.engine.statistics.Autocorrelation;
import io.tapedeck.engine.statistics.LogHistogram;
import io.tapedeck.engine.statistics.Moments;
import java.util.ArrayList;
import java.util.List;

/** Turns accumulators into numbers and curves, and lays what has been published beside them. */
final class FactSheetBuilder {
    private static final double INFINITY = Double.POSITIVE_INFINITY;
    private static final String CONT = "Cont, Quant. Finance 1 (2001) 223";
    private static final String HLR =
            "Huang, Lehalle, Rosenbaum, JASA 110 (2015) 107, France Telecom and Alcatel-Lucent";
    private static final String HLR_FT = "Huang, Lehalle, Rosenbaum, JASA 110 (2015) 107, France Telecom";
    private static final String LILLO_FARMER = "Lillo, Farmer, Stud. Nonlinear Dyn. Econom. 8 (2004)";
    private static final String MASLOV_MILLS = "Maslov, Mills, Physica A 299 (2001) 234, NASDAQ";
    private static final String HAWKES_SHARE =
            "Hardiman, Bouchaud, Phys. Rev. E 90 (2014) 062807; Chevalier et al. (2022), mean 0.83";

    private static final long LEAST_RETURNS = 30;
    private static final long LEAST_TAIL_RETURNS = 2_000;
    private static final long LEAST_SIZES = 500;
    private static final double TAIL_SHARE = 0.05;
    private static final double SECONDS_OF_TEN_MINUTES = 600;

    private final List<Fact> facts = new ArrayList<>();
    private final List<Series> series = new ArrayList<>();

    FactSheet build(final String symbol, final long sessions, final double seconds) {
        return new FactSheet(symbol, sessions, seconds, List.copyOf(facts), List.copyOf(series));
    }

    void events(
            final long[] typeCounts, final LogHistogram waits, final Moments waitMoments, final Moments windowCounts) {
        long total = 0;
        for (final long count : typeCounts) {
            total += count;
        }
        add("events", "events", total, "");
        add("event-rate", "events per second", windowCounts.mean() / FactMeter.COUNT_WINDOW_SECONDS, "1/s");
        final double[] shares = new double[EventMix.COUNT];
        for (int kind = 0; kind < EventMix.COUNT; kind++) {
            shares[kind] = 100.0 * typeCounts[kind] / Math.max(1, total);
            add(
                    "share-" + EventMix.name(kind),
                    "events that " + EventMix.name(kind),
                    shares[kind],
                    "%",
                    kind == EventMix.TRADE ? new ReferenceBand(4.6, 6.7, HLR) : ReferenceBand.NONE);
        }
        series("event-mix", new double[] {0, 1, 2, 3}, shares);
        add(
                "wait-variation",
                "waiting times, standard deviation over mean",
                waitMoments.standardDeviation() / waitMoments.mean(),
                "",
                new ReferenceBand(1, INFINITY, "above 1: arrivals come in clusters; " + CONT));
        add("wait-median", "waiting times, median", 1e3 * waits.quantile(0.5), "ms");
        final double fano = windowCounts.variance() / windowCounts.mean();
        add("fano", "counts in 10 s, variance over mean", fano, "");
        add(
                "branching",
                "branching ratio from counts in 10 s",
                windowCounts.count() < LEAST_RETURNS ? Double.NaN : Math.max(0, 1 - 1 / Math.sqrt(fano)),
                "",
                new ReferenceBand(0.6, 1, HAWKES_SHARE));
        series.add(exceedance("waits", waits, 1, false));
    }

    void prices(final MidPrice mid) {
        final int count = MidPrice.HORIZONS.length;
        final List<double[]> signature = new ArrayList<>();
        final List<double[]> kurtosis = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final Moments returns = mid.returns(i);
            if (returns.count() >= LEAST_RETURNS) {
                final double seconds = MidPrice.seconds(i);
                signature.add(
                        new double[] {seconds, returns.standardDeviation() * Math.sqrt(SECONDS_OF_TEN_MINUTES / seconds)
                        });
                kurtosis.add(new double[] {seconds, returns.excessKurtosis()});
            }
        }
        series.add(series("signature", signature));
        series.add(series("kurtosis", kurtosis));
        final int second = horizon(1);
        add("volatility", "volatility of 1-s returns, per 10 min", signatureAt(mid, second), "bp");
        final int far = longest(mid);
        add(
                "signature-ratio",
                "volatility from 1 s over that from " + (int) MidPrice.seconds(far) + " s",
                signatureAt(mid, second) / signatureAt(mid, far),
                "",
                new ReferenceBand(1, INFINITY, "the signature plot falls for stocks of large tick; " + HLR_FT));
        for (final int seconds : new int[] {1, 10, 60, 300}) {
            final Moments returns = mid.returns(horizon(seconds));
            add(
                    "kurtosis-" + seconds,
                    "excess kurtosis of " + seconds + "-s returns",
                    returns.count() < LEAST_RETURNS ? Double.NaN : returns.excessKurtosis(),
                    "",
                    seconds <= 60 ? new ReferenceBand(0, INFINITY, "heavy tails; " + CONT) : ReferenceBand.NONE);
        }
        tails(mid);
        memory(mid);
    }

    void referencePrice(final long priceStep, final ReferencePrice... referencePrices) {
        double eta = Double.NaN;
        for (final ReferencePrice each : referencePrices) {
            eta = each.step() == priceStep ? each.eta() : eta;
        }
        add(
                "eta",
                "reference price, continuations over twice the alternations",
                eta,
                "",
                new ReferenceBand(0, 0.5, "0.39; " + HLR_FT));
    }

    private void tails(final MidPrice mid) {
        int chosen = horizon(1);
        for (final int seconds : new int[] {10, 60}) {
            chosen = mid.returns(horizon(seconds)).count() >= LEAST_TAIL_RETURNS ? horizon(seconds) : chosen;
        }
        final LogHistogram sizes = mid.sizes(chosen);
        add(
                "tail-index",
                "tail index of " + (int) MidPrice.seconds(chosen) + "-s returns (Hill, largest 5 %)",
                sizes.count() < LEAST_SIZES ? Double.NaN : sizes.hillExponent(TAIL_SHARE),
                "",
                new ReferenceBand(2, 5, CONT));
        for (final int seconds : new int[] {1, 10, 60}) {
            final int i = horizon(seconds);
            series.add(
                    exceedance("tail-" + seconds, mid.sizes(i), mid.returns(i).standardDeviation(), true));
        }
    }

    private void memory(final MidPrice mid) {
        final Autocorrelation signed = mid.signed();
        final Autocorrelation absolute = mid.absolute();
        series.add(correlations("acf-returns", signed));
        series.add(correlations("acf-absolute", absolute));
        add("acf-noise", "autocorrelations, 95 % band of independence", 1.96 / Math.sqrt(signed.count()), "");
        add(
                "acf-returns-1",
                "autocorrelation of 1-s returns at 1 s",
                at(signed, 1),
                "",
                new ReferenceBand(-0.5, 0.05, "negative at the scale of ticks, none beyond; " + CONT));
        add("acf-returns-60", "... at 60 s", at(signed, 60), "", new ReferenceBand(-0.05, 0.05, "none; " + CONT));
        for (final int seconds : new int[] {1, 10, 60}) {
            final double noise = 1.96 / Math.sqrt(absolute.count());
            add(
                    "acf-absolute-" + seconds,
                    "autocorrelation of absolute 1-s returns at " + seconds + " s",
                    at(absolute, seconds),
                    "",
                    new ReferenceBand(noise, 1, "positive, volatility clusters; " + CONT));
        }
        add(
                "acf-absolute-exponent",
                "... decays with exponent",
                exponent(absolute),
                "",
                new ReferenceBand(0.2, 0.4, CONT));
    }

    void book(
            final TimeWeights spreads,
            final Moments[] ordersAtLevel,
            final Moments[] sharesAtLevel,
            final LogHistogram touchOrders) {
        final long step = spreads.step();
        add("price-step", "price step of the quotes", step, "ticks of the tape");
        add(
                "spread",
                "mean spread, over time",
                spreads.mean() / step,
                "steps",
                new ReferenceBand(1, 2, "1.43 and 1.99; " + HLR));
        series.add(spreads.cumulated("spread", step));
        add("spread-one", "time at a spread of one step", 100 * spreads.share(step), "%");
        add(
                "depth-second",
                "orders at the second level over those at the best",
                ordersAtLevel[1].mean() / ordersAtLevel[0].mean(),
                "",
                new ReferenceBand(1, INFINITY, "queues grow away from the touch; " + HLR_FT));
        add("depth-best", "orders at the best price", ordersAtLevel[0].mean(), "");
        add("depth-best-shares", "shares at the best price", sharesAtLevel[0].mean(), "");
        final double[] levels = new double[FactMeter.DEPTH_LEVELS];
        final double[] orders = new double[FactMeter.DEPTH_LEVELS];
        final double[] shares = new double[FactMeter.DEPTH_LEVELS];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = i + 1.0;
            orders[i] = ordersAtLevel[i].mean();
            shares[i] = sharesAtLevel[i].mean();
        }
        series("depth-orders", levels, orders);
        series("depth-shares", levels, shares);
        series.add(exceedance("touch", touchOrders, 1, false));
    }

    void trades(final LogHistogram orderSizes, final LogHistogram tradeSizes, final Autocorrelation signs) {
        add(
                "order-size-tail",
                "tail index of limit order sizes",
                orderSizes.count() < LEAST_SIZES ? Double.NaN : orderSizes.hillExponent(TAIL_SHARE),
                "",
                new ReferenceBand(0.8, 1.2, "about 1; " + MASLOV_MILLS));
        add(
                "trade-size-tail",
                "tail index of market order sizes",
                tradeSizes.count() < LEAST_SIZES ? Double.NaN : tradeSizes.hillExponent(TAIL_SHARE),
                "",
                new ReferenceBand(1.3, 1.5, MASLOV_MILLS));
        add("trade-size", "median market order", tradeSizes.wholeQuantile(0.5), "shares");
        series.add(exceedance("order-sizes", orderSizes, 1, false));
        series.add(exceedance("trade-sizes", tradeSizes, 1, false));
        final double noise = 1.96 / Math.sqrt(Math.max(1, signs.count()));
        add(
                "sign-memory",
                "autocorrelation of trade signs at lag 1",
                signs.count() < LEAST_SIZES ? Double.NaN : signs.at(0),
                "",
                new ReferenceBand(noise, 1, "positive; " + LILLO_FARMER));
        add(
                "sign-exponent",
                "... decays with exponent",
                signs.count() < LEAST_SIZES ? Double.NaN : exponent(signs),
                "",
                new ReferenceBand(0.4, 0.8, "about 0.6; " + LILLO_FARMER));
        series.add(correlations("acf-signs", signs));
    }

    private void add(final String name, final String title, final double value, final String unit) {
        add(name, title, value, unit, ReferenceBand.NONE);
    }

    private void add(
            final String name, final String title, final double value, final String unit, final ReferenceBand band) {
        facts.add(new Fact(name, title, value, unit, band));
    }

    private void series(final String name, final double[] x, final double[] y) {
        series.add(new Series(name, x, y));
    }

    private static Series series(final String name, final List<double[]> points) {
        return new Series(
                name,
                points.stream().mapToDouble(point -> point[0]).toArray(),
                points.stream().mapToDouble(point -> point[1]).toArray());
    }

    /** Share of values above x, at the edges of the cells that have some; of those of 0 as well where they are values. */
    private static Series exceedance(
            final String name, final LogHistogram histogram, final double scale, final boolean hasZeros) {
        final List<double[]> points = new ArrayList<>();
        final double total = histogram.count() + (hasZeros ? histogram.notPositiveCount() : 0);
        long above = histogram.count();
        for (int cell = 0; cell < histogram.cells(); cell++) {
            if (histogram.count(cell) > 0) {
                points.add(new double[] {histogram.middle(cell) / scale, above / total});
                above -= histogram.count(cell);
            }
        }
        return series(name, points);
    }

    private static Series correlations(final String name, final Autocorrelation correlation) {
        final int[] lags = correlation.lags();
        final List<double[]> points = new ArrayList<>();
        for (int i = 0; i < lags.length; i++) {
            if (correlation.pairs(i) >= LEAST_RETURNS) {
                points.add(new double[] {lags[i], correlation.at(i)});
            }
        }
        return series(name, points);
    }

    private static double at(final Autocorrelation correlation, final int lag) {
        final int[] lags = correlation.lags();
        for (int i = 0; i < lags.length; i++) {
            if (lags[i] == lag) {
                return correlation.pairs(i) >= LEAST_RETURNS ? correlation.at(i) : Double.NaN;
            }
        }
        return Double.NaN;
    }

    /** Slope of a straight line through the logarithms, over the lags whose correlation is clear of the noise. */
    private static double exponent(final Autocorrelation correlation) {
        final int[] lags = correlation.lags();
        double n = 0;
        double sumX = 0;
        double sumY = 0;
        double sumXx = 0;
        double sumXy = 0;
        for (int i = 0; i < lags.length && correlation.zScore(i) > 2; i++) {
            final double x = Math.log(lags[i]);
            final double y = Math.log(correlation.at(i));
            n++;
            sumX += x;
            sumY += y;
            sumXx += x * x;
            sumXy += x * y;
        }
        return n < 4 ? Double.NaN : -(n * sumXy - sumX * sumY) / (n * sumXx - sumX * sumX);
    }

    private static int horizon(final int seconds) {
        for (int i = 0; i < MidPrice.HORIZONS.length; i++) {
            if (MidPrice.seconds(i) == seconds) {
                return i;
            }
        }
        throw new IllegalArgumentException("no horizon of " + seconds + " s");
    }

    /** The longest horizon with enough returns. */
    private static int longest(final MidPrice mid) {
        int longest = horizon(1);
        for (int i = longest; i < MidPrice.HORIZONS.length; i++) {
            longest = mid.returns(i).count() >= LEAST_RETURNS ? i : longest;
        }
        return longest;
    }

    private static double signatureAt(final MidPrice mid, final int horizon) {
        return mid.returns(horizon).standardDeviation() * Math.sqrt(SECONDS_OF_TEN_MINUTES / MidPrice.seconds(horizon));
    }
}
