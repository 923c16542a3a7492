package io.tapedeck.tools.report;

import io.tapedeck.engine.facts.FactSheet;
import io.tapedeck.engine.facts.Series;
import io.tapedeck.engine.statistics.Distributions;
import java.util.ArrayList;
import java.util.List;

/** The plots of the stylised facts: every tape a colour, references grey. */
final class FactPlots {
    private static final int CURVE_POINTS = 80;

    private final List<ValidatedTape> tapes;

    FactPlots(final List<ValidatedTape> tapes) {
        this.tapes = tapes;
    }

    String signature() {
        final Plot plot = new Plot(
                "Signature plot",
                Axis.logarithmic("horizon of returns [s]"),
                Axis.linear("volatility [bp per √(10 min)]").including(0));
        return lines(plot, "signature", true).toSvg();
    }

    String kurtosis() {
        final Plot plot = new Plot(
                "Excess kurtosis of returns by horizon",
                Axis.logarithmic("horizon of returns [s]"),
                Axis.linear("excess kurtosis").including(0));
        return zero(lines(plot, "kurtosis", true), 0.1, 600).toSvg();
    }

    String tails(final int seconds) {
        final Plot plot = new Plot(
                "Tails of " + seconds + "-s returns",
                Axis.logarithmic("|return| / standard deviation").fixed(0.1, 60),
                Axis.logarithmic("share above").fixed(1e-6, 1.2));
        final double[] xs = logarithmic(0.1, 5);
        final double[] normal = new double[xs.length];
        final double[] cubic = new double[xs.length];
        final double[] far = logarithmic(2, 60);
        for (int i = 0; i < xs.length; i++) {
            normal[i] = Distributions.normalBeyond(xs[i]);
            cubic[i] = 0.6 * Math.pow(far[i], -3);
        }
        plot.line("normal law", Plot.REFERENCE, xs, normal);
        plot.line("slope −3", Plot.REFERENCE, far, cubic);
        return lines(plot, "tail-" + seconds, false).toSvg();
    }

    String memory() {
        final Plot plot = new Plot(
                "Autocorrelation of 1-s returns",
                Axis.logarithmic("lag [s]"),
                Axis.linear("autocorrelation").including(-0.1).including(0.1));
        final double noise = tapes.get(0).facts().fact("acf-noise").value();
        final double[] ends = {1, 300};
        if (Double.isFinite(noise)) {
            plot.band("95 % noise", ends, new double[] {-noise, -noise}, new double[] {noise, noise});
        }
        zero(plot, 1, 300);
        for (int i = 0; i < tapes.size(); i++) {
            final FactSheet sheet = tapes.get(i).facts();
            final Series absolute = sheet.series("acf-absolute");
            final Series signed = sheet.series("acf-returns");
            plot.line(label(i, "|r|"), "s" + i, absolute.x(), absolute.y());
            plot.points(i == 0 ? "r" : null, "s" + i, signed.x(), signed.y());
        }
        return plot.toSvg();
    }

    String spread() {
        final Plot plot = new Plot(
                "Spread: share of time at or below",
                Axis.logarithmic("spread [price steps]").including(1),
                Axis.linear("time [%]").fixed(0, 100));
        return lines(plot, "spread", true).toSvg();
    }

    String mix() {
        final Plot plot = new Plot("Event mix", Axis.linear(""), Axis.linear("events [%]"));
        return bars(plot, "event-mix")
                .categories("add", "cancel", "execute", "replace")
                .toSvg();
    }

    String depth() {
        final Plot plot = new Plot(
                "Depth by level",
                Axis.linear("level with orders, from the touch").including(1),
                Axis.linear("orders, mean over time").including(0));
        return lines(plot, "depth-orders", true).toSvg();
    }

    String depthShares() {
        final Plot plot = new Plot(
                "Depth by level, in shares",
                Axis.linear("level with orders, from the touch").including(1),
                Axis.logarithmic("shares, mean over time"));
        return lines(plot, "depth-shares", true).toSvg();
    }

    String waits() {
        final Plot plot = new Plot(
                "Waiting times between events",
                Axis.logarithmic("waiting time [s]"),
                Axis.logarithmic("share above").fixed(1e-6, 1.2));
        for (int i = 0; i < tapes.size(); i++) {
            final double rate = tapes.get(i).facts().fact("event-rate").value();
            if (rate > 0) {
                final double[] xs = logarithmic(1e-4 / rate, 13.8 / rate);
                final double[] ys = new double[xs.length];
                for (int k = 0; k < xs.length; k++) {
                    ys[k] = Math.exp(-rate * xs[k]);
                }
                plot.line(i == 0 ? "exponential of the same rate" : null, Plot.REFERENCE, xs, ys);
            }
        }
        return lines(plot, "waits", false).toSvg();
    }

    String signs() {
        final Plot plot = new Plot(
                "Memory of trade signs",
                Axis.logarithmic("lag [trades]"),
                Axis.logarithmic("autocorrelation").fixed(1e-3, 1));
        final double[] xs = logarithmic(1, 200);
        final double[] ys = new double[xs.length];
        for (int i = 0; i < xs.length; i++) {
            ys[i] = 0.3 * Math.pow(xs[i], -0.6);
        }
        plot.line("slope −0.6", Plot.REFERENCE, xs, ys);
        return lines(plot, "acf-signs", true).toSvg();
    }

    String sizes() {
        final Plot plot = new Plot(
                "Sizes of market orders",
                Axis.logarithmic("shares"),
                Axis.logarithmic("share above").fixed(1e-5, 1.2));
        return lines(plot, "trade-sizes", false).toSvg();
    }

    private Plot lines(final Plot plot, final String name, final boolean hasMarks) {
        for (int i = 0; i < tapes.size(); i++) {
            final Series series = tapes.get(i).facts().series(name);
            plot.line(label(i, "tape"), "s" + i, series.x(), series.y());
            if (hasMarks) {
                plot.points(null, "s" + i, series.x(), series.y());
            }
        }
        return plot;
    }

    private Plot bars(final Plot plot, final String name) {
        for (int i = 0; i < tapes.size(); i++) {
            final Series series = tapes.get(i).facts().series(name);
            plot.bars(label(i, "tape"), "s" + i, series.x(), series.y());
        }
        return plot;
    }

    /** With one tape what is plotted, with two whose it is, by what tells them apart. */
    private String label(final int tape, final String what) {
        if (tapes.size() == 1) {
            return what;
        }
        final ValidatedTape own = tapes.get(tape);
        final ValidatedTape other = tapes.get(1 - tape);
        final String name;
        if (!own.facts().symbol().equals(other.facts().symbol())) {
            name = own.facts().symbol();
        } else if (!own.recipe().model().equals(other.recipe().model())) {
            name = own.recipe().model();
        } else {
            name = tape == 0 ? "this" : "beside";
        }
        return what.equals("tape") ? name : name + " " + what;
    }

    private static Plot zero(final Plot plot, final double from, final double to) {
        return plot.line(null, Plot.REFERENCE, new double[] {from, to}, new double[] {0, 0});
    }

    private static double[] logarithmic(final double from, final double to) {
        final List<Double> values = new ArrayList<>();
        for (int i = 0; i <= CURVE_POINTS; i++) {
            values.add(from * Math.pow(to / from, (double) i / CURVE_POINTS));
        }
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
