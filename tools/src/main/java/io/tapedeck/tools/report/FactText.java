package io.tapedeck.tools.report;

import io.tapedeck.engine.facts.Fact;
import io.tapedeck.engine.facts.ReferenceBand;
import java.util.Locale;

/** Measured numbers as text. */
public final class FactText {
    private FactText() {}

    /**
     * A value with its unit.
     *
     * @param fact to show.
     * @return a dash where the tape has too little to say.
     */
    public static String value(final Fact fact) {
        return Double.isFinite(fact.value())
                ? number(fact.value()) + (fact.unit().isEmpty() ? "" : " " + fact.unit())
                : "-";
    }

    /**
     * The published range.
     *
     * @param band to show.
     * @return nothing where none is given.
     */
    public static String band(final ReferenceBand band) {
        if (!band.isGiven()) {
            return "";
        }
        if (Double.isInfinite(band.high())) {
            return "> " + number(band.low());
        }
        return number(band.low()) + " to " + number(band.high());
    }

    /**
     * Where the value stands.
     *
     * @param fact to look at.
     * @return {@code in} or {@code out} of the published band, or {@code none} where there is no band or no value.
     */
    public static String standing(final Fact fact) {
        if (!fact.band().isGiven() || !Double.isFinite(fact.value())) {
            return "none";
        }
        return fact.band().contains(fact.value()) ? "in" : "out";
    }

    private static String number(final double value) {
        final double size = Math.abs(value);
        if (value == Math.rint(value) && size < 1e15) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(
                Locale.ROOT, size >= 1_000 ? "%,.0f" : size >= 100 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f", value);
    }
}
