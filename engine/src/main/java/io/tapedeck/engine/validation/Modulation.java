package io.tapedeck.engine.validation;

import io.tapedeck.codecs.itch.Alpha;
import io.tapedeck.engine.model.FactorParameters;
import io.tapedeck.engine.model.FactorPath;
import io.tapedeck.engine.model.MarketFactor;
import io.tapedeck.engine.random.NormalDraw;
import io.tapedeck.engine.random.RandomSource;
import io.tapedeck.engine.random.RandomStreams;
import io.tapedeck.engine.random.StreamPurpose;
import io.tapedeck.engine.random.Xoshiro256PlusPlus;
import io.tapedeck.journal.manifest.Instrument;
import java.time.LocalDate;

/**
 * Excitation, activity and market factor of one instrument. The factor and the activity are drawn again from the recipe's
 * seeds; the excitation follows from the times of the events.
 *
 * <pre>
 *   pace(t) = a(t) (1 + min(E(t), c))        dE = -beta a E dt, and E grows by alpha at every event
 * </pre>
 *
 * With s = a dt, e = min(E, c) and tau = max(0, ln(E / c) / beta), the pace integrates over a stretch without events to
 * s + c min(s, tau) + (e / beta) (1 - exp(-beta (s - tau)<sup>+</sup>)).
 */
final class Modulation implements HiddenState {
    private static final double NS_PER_SECOND = 1e9;

    private final RandomStreams streams;
    private final long symbol;
    private final long openNs;
    private final int sessionSeconds;
    private final double alpha;
    private final double beta;
    private final double cap;
    private final boolean hasActivity;
    private final double deviation;
    private final double persistence;
    private final double intradayRatio;
    private final double loading;
    private final MarketFactor factor;
    private final RandomSource activityRandom = new Xoshiro256PlusPlus(0);
    private FactorPath path = FactorPath.ZERO;
    private int second;
    private double logarithm;
    private double excitation;
    private double excitationIntegral;
    private double excitationAtOpenAndClose;
    private long events;

    Modulation(final RecipeNumbers recipe, final long runSeed, final Instrument instrument, final MarketFactor factor) {
        streams = new RandomStreams(runSeed);
        symbol = Alpha.toLong(instrument.symbol());
        openNs = recipe.integer("market_open_seconds") * (long) NS_PER_SECOND;
        sessionSeconds = recipe.integer("session_seconds");
        alpha = recipe.numberOr("clock.hawkes.alpha", 0);
        beta = recipe.numberOr("clock.hawkes.beta", 1);
        cap = recipe.numberOr("clock.hawkes.cap", 0);
        hasActivity = hasActivity(recipe);
        deviation = recipe.numberOr("clock.activity.standard_deviation", 0);
        persistence = Math.exp(-1 / recipe.numberOr("clock.activity.tau_seconds", 300));
        intradayRatio = recipe.numberOr("clock.activity.intraday_ratio", 1);
        loading = recipe.numberOr("factor.loading", 0);
        this.factor = factor;
    }

    /** The factor of a recipe, for all its instruments; null where there is none. */
    static MarketFactor factor(final RecipeNumbers recipe, final long runSeed) {
        return hasFactor(recipe)
                ? new MarketFactor(
                        new FactorParameters(
                                recipe.number("factor.loading"),
                                recipe.number("factor.mean_reversion"),
                                recipe.number("factor.standard_deviation")),
                        new RandomStreams(runSeed),
                        recipe.integer("session_seconds"))
                : null;
    }

    static boolean isIn(final RecipeNumbers recipe) {
        return hasExcitation(recipe) || hasActivity(recipe) || hasFactor(recipe);
    }

    static boolean hasActivity(final RecipeNumbers recipe) {
        return recipe.has("clock.activity.standard_deviation");
    }

    static boolean hasExcitation(final RecipeNumbers recipe) {
        return recipe.has("clock.hawkes.alpha");
    }

    static boolean hasFactor(final RecipeNumbers recipe) {
        return recipe.has("factor.loading");
    }

    @Override
    public void open(final LocalDate date) {
        final long day = date.toEpochDay();
        excitationAtOpenAndClose -= excitation;
        excitation = 0;
        second = 0;
        if (hasActivity) {
            activityRandom.seed(streams.seed(symbol, day, StreamPurpose.ACTIVITY));
            logarithm = NormalDraw.draw(activityRandom);
        }
        if (factor != null) {
            path = factor.path(day);
        }
    }

    @Override
    public long changeNs(final long fromNs) {
        if (factor != null) {
            return nextPoint(fromNs, FactorPath.CELLS_PER_SECOND);
        }
        return hasActivity ? nextPoint(fromNs, 1) : Long.MAX_VALUE;
    }

    private long nextPoint(final long fromNs, final int perSecond) {
        final long intervalNs = (long) NS_PER_SECOND / perSecond;
        return openNs + ((fromNs - openNs) / intervalNs + 1) * intervalNs;
    }

    @Override
    public double imbalanceShift(final long fromNs) {
        return factor == null ? 0 : loading * path.at((fromNs - openNs) / NS_PER_SECOND);
    }

    @Override
    public double pace(final long fromNs) {
        return activity(fromNs) * (1 + Math.min(excitation, cap));
    }

    @Override
    public double operationalSeconds(final long fromNs, final long toNs) {
        final double s = activity(fromNs) * ((toNs - fromNs) / NS_PER_SECOND);
        if (excitation == 0) {
            return s;
        }
        final double start = Math.min(excitation, cap);
        final double saturated = excitation <= cap ? 0 : cap == 0 ? s : Math.log(excitation / cap) / beta;
        final double decaying = Math.max(0, s - saturated);
        final double integral = s + cap * Math.min(s, saturated) - start / beta * Math.expm1(-beta * decaying);
        excitationIntegral -= excitation / beta * Math.expm1(-beta * s);
        excitation *= Math.exp(-beta * s);
        return integral;
    }

    private double activity(final long fromNs) {
        if (!hasActivity) {
            return 1;
        }
        final int now = (int) ((fromNs - openNs) / (long) NS_PER_SECOND);
        while (second < now) {
            second++;
            logarithm = persistence * logarithm
                    + Math.sqrt(1 - persistence * persistence) * NormalDraw.draw(activityRandom);
        }
        final double fromMidday = 2 * (second + 0.5) / sessionSeconds - 1;
        final double profile = (1 + (intradayRatio - 1) * fromMidday * fromMidday) / (1 + (intradayRatio - 1) / 3);
        return profile * Math.exp(deviation * logarithm - deviation * deviation / 2);
    }

    @Override
    public void onEvent(final long timeNs) {
        excitation += alpha;
        events++;
    }

    /**
     * How far off the balance of excitation is, as a part of what all events brought in: what decayed,
     * beta times the integral of E, is what came in less what is left.
     */
    @Override
    public double imbalanceOfExcitation() {
        final double brought = alpha * events;
        return brought == 0
                ? 0
                : Math.abs(beta * excitationIntegral - brought + excitation - excitationAtOpenAndClose) / brought;
    }
}
