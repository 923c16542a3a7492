package io.tapedeck.engine.model;

import io.tapedeck.engine.random.StreamPurpose;
import io.tapedeck.engine.random.StreamSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What decides when events happen, beside the rates of the law.
 *
 * @param hawkes   how events excite each other.
 * @param activity how busy the market is.
 */
public record ClockParameters(HawkesParameters hawkes, ActivityParameters activity) {
    /** Waiting times that only the law's rate decides. */
    public static final ClockParameters NONE = new ClockParameters(HawkesParameters.NONE, ActivityParameters.NONE);

    /**
     * Whether the clock is more than the law's rate.
     *
     * @return false for {@link #NONE}.
     */
    public boolean isActive() {
        return hawkes.isActive() || activity.isActive();
    }

    /**
     * Makes the clock of one market.
     *
     * @param streams        of the market.
     * @param sessionSeconds length of its sessions.
     * @param isLawVarying   whether the market's rates change at the points of the {@link FactorPath}'s grid.
     * @return a new clock; without anything special a {@link PoissonClock}.
     */
    public EventClock newClock(final StreamSet streams, final int sessionSeconds, final boolean isLawVarying) {
        if (!isActive() && !isLawVarying) {
            return new PoissonClock(streams.stream(StreamPurpose.CLOCK));
        }
        final Activity activityPath = activity.isActive()
                ? new Activity(activity, streams.stream(StreamPurpose.ACTIVITY), sessionSeconds)
                : null;
        return new ModulatedClock(
                streams.stream(StreamPurpose.CLOCK), hawkes, activityPath, isLawVarying, sessionSeconds);
    }

    /**
     * The numbers for a recipe.
     *
     * @return by name; only of what is active.
     */
    public Map<String, String> texts() {
        final Map<String, String> texts = new LinkedHashMap<>();
        if (hawkes.isActive()) {
            texts.put("hawkes.alpha", Double.toString(hawkes.alpha()));
            texts.put("hawkes.beta", Double.toString(hawkes.betaPerSecond()));
            texts.put("hawkes.cap", Double.toString(hawkes.cap()));
        }
        if (activity.isActive()) {
            texts.put("activity.standard_deviation", Double.toString(activity.standardDeviation()));
            texts.put("activity.tau_seconds", Double.toString(activity.tauSeconds()));
            texts.put("activity.intraday_ratio", Double.toString(activity.intradayRatio()));
        }
        return texts;
    }

    /**
     * The way back from {@link #texts()}.
     *
     * @param texts of the clock; those that belong to it are taken.
     * @return equal parameters, to the bit.
     * @throws IllegalArgumentException naming what is missing or wrong.
     */
    public static ClockParameters read(final ParameterTexts texts) {
        final ParameterTexts hawkes = texts.group("hawkes.");
        final ParameterTexts activity = texts.group("activity.");
        final ClockParameters parameters = new ClockParameters(
                hawkes.isEmpty()
                        ? HawkesParameters.NONE
                        : new HawkesParameters(hawkes.number("alpha"), hawkes.number("beta"), hawkes.number("cap")),
                activity.isEmpty()
                        ? ActivityParameters.NONE
                        : new ActivityParameters(
                                activity.number("standard_deviation"),
                                activity.number("tau_seconds"),
                                activity.number("intraday_ratio")));
        hawkes.requireAllTaken();
        activity.requireAllTaken();
        return parameters;
    }
}
