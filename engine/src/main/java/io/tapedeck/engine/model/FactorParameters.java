package io.tapedeck.engine.model;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The market factor and how strongly it moves the symbols: a stationary Ornstein-Uhlenbeck process
 * dF = -k F dt + s dW, with s<sup>2</sup> = 2 k sd<sup>2</sup>, added with a loading to every symbol's imbalance.
 *
 * @param loading                how strongly it moves each symbol, -100 to 100; 0 for symbols that know nothing of each
 *                               other.
 * @param meanReversionPerSecond k, above 0, to 100: the factor forgets in 1 / k seconds.
 * @param standardDeviation      sd of the factor, 0 to 100.
 */
public record FactorParameters(double loading, double meanReversionPerSecond, double standardDeviation) {
    /** Symbols that know nothing of each other; the factor's other numbers are those of the command line. */
    public static final FactorParameters NONE = new FactorParameters(0, 0.1, 0.2);

    private static final double MOST = 100;

    /**
     * Checks every number.
     *
     * @throws IllegalArgumentException naming the first that is out of range.
     */
    public FactorParameters {
        if (!(Math.abs(loading) <= MOST)) {
            throw new IllegalArgumentException(
                    "the factor's loading must lie between -100 and 100: loading=" + loading);
        }
        if (!(meanReversionPerSecond > 0 && meanReversionPerSecond <= MOST)) {
            throw new IllegalArgumentException(
                    "the factor's mean reversion must be above 0, and 100 per second at most:"
                            + " meanReversionPerSecond=" + meanReversionPerSecond);
        }
        if (!(standardDeviation >= 0 && standardDeviation <= MOST)) {
            throw new IllegalArgumentException("the factor's standard deviation must lie between 0 and 100:"
                    + " standardDeviation=" + standardDeviation);
        }
    }

    /**
     * Whether the factor moves anything.
     *
     * @return false if the loading or the standard deviation is 0.
     */
    public boolean isActive() {
        return loading != 0 && standardDeviation != 0;
    }

    /**
     * The numbers for a recipe.
     *
     * @return by name; none if the factor moves nothing.
     */
    public Map<String, String> texts() {
        final Map<String, String> texts = new LinkedHashMap<>();
        if (isActive()) {
            texts.put("loading", Double.toString(loading));
            texts.put("mean_reversion", Double.toString(meanReversionPerSecond));
            texts.put("standard_deviation", Double.toString(standardDeviation));
        }
        return texts;
    }

    /**
     * The way back from {@link #texts()}.
     *
     * @param texts of the factor; all are taken.
     * @return equal parameters, to the bit.
     * @throws IllegalArgumentException naming what is missing or wrong.
     */
    public static FactorParameters read(final ParameterTexts texts) {
        if (texts.isEmpty()) {
            return NONE;
        }
        return new FactorParameters(
                texts.number("loading"), texts.number("mean_reversion"), texts.number("standard_deviation"));
    }

    /**
     * The variance of the factor's integral over a horizon,
     * V(h) = (s<sup>2</sup> / k<sup>3</sup>) (k h - 1 + e<sup>-k h</sup>).
     *
     * @param horizonSeconds h, 0 or more.
     * @return V, in square seconds.
     */
    public double integralVariance(final double horizonSeconds) {
        final double k = meanReversionPerSecond;
        final double kh = k * horizonSeconds;
        return 2 * standardDeviation * standardDeviation / (k * k) * (kh + Math.expm1(-kh));
    }
}
