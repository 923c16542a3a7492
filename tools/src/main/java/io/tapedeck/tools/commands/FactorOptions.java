package io.tapedeck.tools.commands;

import io.tapedeck.engine.model.FactorParameters;
import io.tapedeck.engine.session.MarketPilot;
import io.tapedeck.engine.session.SessionParameters;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Option;

/** How the symbols move together. */
final class FactorOptions {
    private static final int HORIZON_SECONDS = 60;

    @Option(
            names = "--factor-loading",
            paramLabel = "F",
            description =
                    "How strongly one market factor leans every symbol's imbalance; 0 for symbols that know nothing of"
                            + " each other. Default: 0.")
    private Double loading;

    @Option(
            names = "--target-correlation",
            paramLabel = "R",
            description =
                    "Find the loading that gives any two symbols this correlation of returns over 60 s, 0 or more and"
                            + " below 1.")
    private Double correlation;

    /**
     * The factor of sessions.
     *
     * @param parameters of the sessions without it.
     * @param messages   gets the loading that was found; null for silence.
     * @return checked parameters.
     * @throws IllegalArgumentException if options contradict each other or a value is out of range.
     */
    FactorParameters parameters(final SessionParameters parameters, final PrintWriter messages) {
        final FactorParameters start = FactorParameters.NONE;
        if (correlation == null) {
            return loading == null
                    ? start
                    : new FactorParameters(loading, start.meanReversionPerSecond(), start.standardDeviation());
        }
        if (loading != null) {
            throw new IllegalArgumentException("--factor-loading " + loading + " and --target-correlation "
                    + correlation + " say the same thing twice; leave one of them out");
        }
        if (correlation == 0) {
            return start;
        }
        final FactorParameters found = MarketPilot.response(parameters, HORIZON_SECONDS)
                .withCorrelation(correlation, start, parameters.clock().activity());
        if (messages != null) {
            messages.println(String.format(
                    Locale.ROOT,
                    "a correlation of %s over %d s takes --factor-loading %s",
                    correlation,
                    HORIZON_SECONDS,
                    found.loading()));
        }
        return found;
    }
}
