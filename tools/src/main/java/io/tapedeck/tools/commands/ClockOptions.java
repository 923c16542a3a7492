package io.tapedeck.tools.commands;

import io.tapedeck.engine.model.ActivityParameters;
import io.tapedeck.engine.model.ClockParameters;
import io.tapedeck.engine.model.HawkesParameters;
import io.tapedeck.engine.session.MarketPilot;
import io.tapedeck.engine.session.SessionParameters;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Option;

/** When events happen, beside the rates of the law. */
final class ClockOptions {
    private static final double DEFAULT_BRANCHING = 0.6;
    private static final String NONE = "none";
    private static final String LOG_OU = "log-ou";

    @Option(
            names = "--hawkes-branching",
            paramLabel = "N",
            description =
                    "Model hawkes: how many events one event triggers on average. At cap/(1+cap) and above the intensity"
                            + " stays at its cap, without clusters. Default: 0.6.")
    private Double branching;

    @Option(
            names = "--hawkes-alpha",
            paramLabel = "X",
            description = "Model hawkes: what an event adds to the excitation, instead of --hawkes-branching.")
    private Double alpha;

    @Option(
            names = "--hawkes-beta",
            paramLabel = "RATE",
            description = "Model hawkes: decay of the excitation, per second. Default: 2.")
    private Double beta;

    @Option(
            names = "--hawkes-cap",
            paramLabel = "X",
            description = "Model hawkes: the most that excitation adds to the intensity, in multiples of the base; the"
                    + " excitation itself may grow beyond. Default: 5.")
    private Double cap;

    @Option(
            names = "--activity",
            paramLabel = "CLOCK",
            description =
                    "How busy the market is: none, log-ou, or log-ou:SD,TAU, the exponential of an Ornstein-Uhlenbeck"
                            + " process with this standard deviation and correlation time in seconds. Default: log-ou:0.8,300 with"
                            + " --model hawkes, otherwise none.")
    private String activity;

    @Option(
            names = "--intraday-ratio",
            paramLabel = "R",
            description =
                    "How much busier open and close are than midday; 1 for a flat day. Default: 3 with an activity,"
                            + " otherwise 1.")
    private Double intradayRatio;

    /**
     * The clock of sessions.
     *
     * @param base     the sessions with the law's own rates.
     * @param isHawkes whether events excite each other.
     * @param messages gets a warning where excitation saturates; null for silence.
     * @return checked parameters.
     * @throws IllegalArgumentException if options contradict each other or a value is out of range.
     */
    ClockParameters parameters(final SessionParameters base, final boolean isHawkes, final PrintWriter messages) {
        if (!isHawkes && (branching != null || alpha != null || beta != null || cap != null)) {
            throw new IllegalArgumentException("the --hawkes options go with --model hawkes; give it as well");
        }
        return new ClockParameters(isHawkes ? hawkes(base, messages) : HawkesParameters.NONE, activity(isHawkes));
    }

    private HawkesParameters hawkes(final SessionParameters base, final PrintWriter messages) {
        if (branching != null && alpha != null) {
            throw new IllegalArgumentException("--hawkes-branching " + branching + " and --hawkes-alpha " + alpha
                    + " say the same thing twice; leave one of them out");
        }
        final double betaPerSecond = beta == null ? HawkesParameters.NONE.betaPerSecond() : beta;
        final double capped = cap == null ? HawkesParameters.NONE.cap() : cap;
        final double baseRate = MarketPilot.eventRate(base);
        final HawkesParameters hawkes = alpha != null
                ? new HawkesParameters(alpha, betaPerSecond, capped)
                : HawkesParameters.ofBranchingRatio(
                        branching == null ? DEFAULT_BRANCHING : branching, baseRate, betaPerSecond, capped);
        final double ratio = hawkes.branchingRatio(baseRate);
        if (messages != null && ratio >= hawkes.saturatingBranchingRatio()) {
            messages.println(String.format(
                    Locale.ROOT,
                    "warning: excitation saturates: the branching ratio is %.3g (base rate %.4g/s x alpha %.4g / beta %.4g), and"
                            + " from %.3g on, cap/(1+cap), the intensity stays at the cap of %.4g: a market without clusters,"
                            + " %.4g times as fast; give a smaller --hawkes-branching",
                    ratio,
                    baseRate,
                    hawkes.alpha(),
                    hawkes.betaPerSecond(),
                    hawkes.saturatingBranchingRatio(),
                    hawkes.cap(),
                    1 + hawkes.cap()));
        }
        return hawkes;
    }

    private ActivityParameters activity(final boolean isHawkes) {
        final String text = activity != null ? activity : isHawkes ? LOG_OU : NONE;
        if (NONE.equals(text)) {
            return withRatio(ActivityParameters.NONE);
        }
        if (LOG_OU.equals(text)) {
            return withRatio(ActivityParameters.DEFAULTS);
        }
        final String[] numbers = text.startsWith(LOG_OU + ":")
                ? text.substring(LOG_OU.length() + 1).split(",", -1)
                : null;
        if (numbers != null && numbers.length == 2) {
            try {
                return withRatio(new ActivityParameters(
                        Double.parseDouble(numbers[0]),
                        Double.parseDouble(numbers[1]),
                        ActivityParameters.DEFAULTS.intradayRatio()));
            } catch (final NumberFormatException ex) {
                // Reported below, with the form that is wanted.
            }
        }
        throw new IllegalArgumentException("--activity " + text
                + " is no activity; write none, log-ou or log-ou:SD,TAU, for example log-ou:0.8,300");
    }

    private ActivityParameters withRatio(final ActivityParameters parameters) {
        return new ActivityParameters(
                parameters.standardDeviation(),
                parameters.tauSeconds(),
                intradayRatio == null ? parameters.intradayRatio() : intradayRatio);
    }
}
