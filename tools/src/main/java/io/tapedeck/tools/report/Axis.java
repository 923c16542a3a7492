package io.tapedeck.tools.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One axis of a plot: what it shows, in which unit, on which scale, from where to where. */
final class Axis {
    private static final int LINEAR_TICKS = 5;
    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    private final String label;
    private final boolean isLogarithmic;
    private double low = Double.POSITIVE_INFINITY;
    private double high = Double.NEGATIVE_INFINITY;
    private boolean isFixed;

    private Axis(final String label, final boolean isLogarithmic) {
        this.label = label;
        this.isLogarithmic = isLogarithmic;
    }

    static Axis linear(final String label) {
        return new Axis(label, false);
    }

    static Axis logarithmic(final String label) {
        return new Axis(label, true);
    }

    /** A range that does not follow the data; what lies outside is not drawn. */
    Axis fixed(final double from, final double to) {
        low = from;
        high = to;
        isFixed = true;
        return this;
    }

    /** A value that has to be in sight. */
    Axis including(final double value) {
        if (!isFixed && canShow(value)) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        return this;
    }

    boolean canShow(final double value) {
        return Double.isFinite(value) && (!isLogarithmic || value > 0);
    }

    String label() {
        return label;
    }

    boolean isEmpty() {
        return !(high >= low);
    }

    /** Rounds the range outwards to ticks, once all data are known. */
    void conclude() {
        if (isFixed || isEmpty()) {
            return;
        }
        if (isLogarithmic) {
            final double margin = Math.max(1.15, Math.pow(high / low, 0.04));
            low /= margin;
            high *= margin;
        } else {
            final double width = high > low ? high - low : Math.max(1e-9, Math.abs(high));
            final double step = step(width);
            low = Math.floor(low / step + 1e-9) * step;
            high = Math.ceil(high / step - 1e-9) * step;
            high = high > low ? high : low + step;
        }
    }

    /** Where a value lies between the ends, 0 to 1. */
    double position(final double value) {
        return isLogarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
    }

    double low() {
        return low;
    }

    double high() {
        return high;
    }

    List<Double> ticks() {
        final List<Double> ticks = new ArrayList<>();
        if (!isLogarithmic) {
            final double step = step(high - low);
            for (double k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++) {
                ticks.add(k * step);
            }
            return ticks;
        }
        final double[] digits = high / low < 5
                ? new double[] {1, 1.5, 2, 3, 4, 5, 7}
                : high / low < 1_000 ? new double[] {1, 2, 5} : new double[] {1, 3};
        final int first = (int) Math.floor(Math.log10(low));
        final int last = (int) Math.ceil(Math.log10(high));
        final int stride = Math.max(1, (last - first + 5) / 7);
        for (int decade = first; decade <= last; decade++) {
            if (last - first <= 4 && high / low < 2e4) {
                for (final double digit : digits) {
                    addTick(ticks, digit * Math.pow(10, decade));
                }
            } else if (Math.floorMod(decade, stride) == 0) {
                addTick(ticks, Math.pow(10, decade));
            }
        }
        return ticks;
    }

    private void addTick(final List<Double> ticks, final double value) {
        if (value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)) {
            ticks.add(value);
        }
    }

    String text(final double tick) {
        final double size = Math.abs(tick);
        if (size < 1e-12) {
            return "0";
        }
        if (size >= 1e5 || size < 1e-3) {
            final int exponent = (int) Math.floor(Math.log10(size) + 1e-9);
            final double mantissa = tick / Math.pow(10, exponent);
            final String digits = Math.abs(mantissa - 1) < 1e-6 ? "" : trimmed(mantissa) + "·";
            return digits + "10" + superscript(exponent);
        }
        return trimmed(tick);
    }

    private static String trimmed(final double value) {
        String text = String.format(Locale.ROOT, "%.4f", value);
        while (text.endsWith("0")) {
            text = text.substring(0, text.length() - 1);
        }
        text = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        return text.replace('-', '−');
    }

    private static String superscript(final int exponent) {
        final StringBuilder text = new StringBuilder(exponent < 0 ? "⁻" : "");
        for (final char digit : Integer.toString(Math.abs(exponent)).toCharArray()) {
            text.append(SUPERSCRIPTS.charAt(digit - '0'));
        }
        return text.toString();
    }

    private static double step(final double width) {
        final double rough = width / LINEAR_TICKS;
        final double power = Math.pow(10, Math.floor(Math.log10(rough)));
        final double digit = rough / power;
        return power * (digit < 1.5 ? 1 : digit < 3.5 ? 2 : digit < 7.5 ? 5 : 10);
    }
}
