package io.tapedeck.engine.model;

/**
 * How the mid of a model moves, and what the market factor makes of it. For two symbols of the same model, each with the loading
 * l, over a horizon h:
 * <pre>
 *   correlation(h) = g^2 l^2 C(h) / (s2 + g^2 l^2 O(h))
 *   C(h) = m2 int int E[F F']                 m2: mean square of the intraday profile
 *   O(h) = m2 int int E[F F'] E[A A']         A: random part of activity
 * </pre>
 * C is {@link FactorParameters#integralVariance} with a flat profile, and O is C where activity has no random part. Activity
 * makes symbols less alike, because each has its own.
 *
 * <p>The formula is linear in the shift: it holds where the imbalance is rarely pushed to -1 or 1. A factor must have a stationary
 * law for that. A Brownian motion would drive the imbalance to its bounds within minutes and keep it there.
 *
 * @param driftPerShift  g: drift of the mid in ticks per second, per unit of a small {@link ImbalanceShift}.
 * @param horizonSeconds h, above 0.
 * @param returnVariance s2: variance of the mid's change over h without the factor, in square ticks.
 */
public record PriceResponse(double driftPerShift, double horizonSeconds, double returnVariance) {
    private static final int PANELS = 1_000;

    /**
     * The correlation of two symbols' returns.
     *
     * @param factor   with the loading of both.
     * @param activity of both, each with its own random part.
     * @return 0 to 1.
     */
    public double correlation(final FactorParameters factor, final ActivityParameters activity) {
        final double weight = Math.pow(driftPerShift * factor.loading(), 2);
        return weight * common(factor, activity) / (returnVariance + weight * own(factor, activity));
    }

    /**
     * The loading that gives a correlation.
     *
     * @param target   0 or more, below 1.
     * @param factor   whose loading is not looked at.
     * @param activity of the symbols.
     * @return the factor with that loading.
     * @throws IllegalArgumentException if no loading gives it; says which correlation is the largest.
     */
    public FactorParameters withCorrelation(
            final double target, final FactorParameters factor, final ActivityParameters activity) {
        if (!(target >= 0 && target < 1)) {
            throw new IllegalArgumentException("a correlation must be 0 or more and below 1: " + target);
        }
        final double common = common(factor, activity);
        final double own = own(factor, activity);
        final double rest = common - target * own;
        if (!(rest > 0)) {
            throw new IllegalArgumentException("symbols with activities of their own have a correlation below "
                    + common / own + ", whatever the loading: " + target);
        }
        final double weight = target * returnVariance / rest;
        return new FactorParameters(
                Math.sqrt(weight) / Math.abs(driftPerShift),
                factor.meanReversionPerSecond(),
                factor.standardDeviation());
    }

    private double common(final FactorParameters factor, final ActivityParameters activity) {
        return activity.meanSquareProfile() * factor.integralVariance(horizonSeconds);
    }

    /** By Simpson's rule over 2 (h - u) E[F(0) F(u)] E[A(0) A(u)]. */
    private double own(final FactorParameters factor, final ActivityParameters activity) {
        final double width = horizonSeconds / PANELS;
        double sum = 0;
        for (int i = 0; i < PANELS; i++) {
            sum += integrand(i * width, factor, activity)
                    + 4 * integrand((i + 0.5) * width, factor, activity)
                    + integrand((i + 1) * width, factor, activity);
        }
        return activity.meanSquareProfile() * sum * width / 6;
    }

    private double integrand(final double u, final FactorParameters factor, final ActivityParameters activity) {
        final double factorCovariance =
                Math.pow(factor.standardDeviation(), 2) * Math.exp(-factor.meanReversionPerSecond() * u);
        final double activityProduct =
                Math.exp(Math.pow(activity.standardDeviation(), 2) * Math.exp(-u / activity.tauSeconds()));
        return 2 * (horizonSeconds - u) * factorCovariance * activityProduct;
    }
}
