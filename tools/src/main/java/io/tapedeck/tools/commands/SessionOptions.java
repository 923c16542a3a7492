package io.tapedeck.tools.commands;

import io.tapedeck.engine.order.OrderSizeLaw;
import io.tapedeck.engine.session.SessionParameters;
import io.tapedeck.tools.cli.TimeOfDay;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every session of a run is made from. */
final class SessionOptions {
    private static final long NS_PER_SECOND = 1_000_000_000L;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "23400",
            description = "Length of a session. Default: ${DEFAULT-VALUE}, a trading day.")
    private int sessionSeconds;

    @Option(
            names = "--market-open",
            paramLabel = "HH:MM",
            defaultValue = "09:30",
            description = "When sessions open. Default: ${DEFAULT-VALUE}.")
    private String marketOpen;

    @Option(
            names = "--p0",
            paramLabel = "TICKS",
            defaultValue = "10000",
            description = "Opening price of the first day. Default: ${DEFAULT-VALUE}.")
    private int p0Ticks;

    @Option(
            names = "--tick-size",
            paramLabel = "N",
            defaultValue = "100",
            description = "One tick in 1/10,000 of the currency. Default: ${DEFAULT-VALUE}.")
    private int tickSize;

    @Option(
            names = "--levels",
            paramLabel = "N",
            defaultValue = "5",
            description = "Price levels of the book on each side; more than 64 count as 64. Default: ${DEFAULT-VALUE}.")
    private int levelsPerSide;

    @Option(
            names = "--depth",
            paramLabel = "N",
            defaultValue = "5",
            description = "Orders per level at the open, and of a level that enters the book; 0 means 50. Default:"
                    + " ${DEFAULT-VALUE}.")
    private int initialDepth;

    @Option(
            names = "--initial-spread",
            paramLabel = "TICKS",
            defaultValue = "2",
            description = "Spread at the open; 0 means 2. Default: ${DEFAULT-VALUE}.")
    private int initialSpreadTicks;

    @Option(
            names = "--spread-improve",
            paramLabel = "X",
            defaultValue = "0.5",
            description = "Chance per tick of spread above one that a limit order improves the best price. The seed's"
                    + " single-session program had 0. Default: ${DEFAULT-VALUE}.")
    private double spreadImproveCoefficient;

    @Option(
            names = "--theta-reinit",
            paramLabel = "P",
            description =
                    "Chance that a move of a best price, or of the reference price, redraws the whole book. Default: 0;"
                            + " with --anchor reference-price what the curves come with, 0.85 for France Telecom.")
    private Double thetaReinit;

    @Option(
            names = "--reinit-depth-mean",
            paramLabel = "X",
            defaultValue = "10",
            description = "Mean depth of a redrawn level; 0 or less means 10. Default: ${DEFAULT-VALUE}.")
    private double reinitDepthMean;

    @Option(
            names = "--order-size",
            paramLabel = "LAW",
            defaultValue = "unit",
            description =
                    "Shares of an order: unit for one, fixed:N, or lognormal:MEDIAN,SIGMA. Depths in orders do not depend"
                            + " on it. Default: ${DEFAULT-VALUE}.")
    private String orderSize;

    @Mixin
    private ModelOptions model;

    @Mixin
    private ClockOptions clock;

    @Mixin
    private FactorOptions factor;

    /**
     * The sessions' parameters.
     *
     * @param messages    gets hints on them; null for silence.
     * @param isReference whether the reference model is to run.
     * @return checked parameters.
     * @throws IllegalArgumentException if a value is out of range; names it.
     * @throws IOException              if the curve file cannot be read.
     */
    SessionParameters parameters(final PrintWriter messages, final boolean isReference) throws IOException {
        final SessionParameters base = SessionParameters.builder()
                .model(model.parameters(levelsPerSide, thetaReinit, isReference))
                .p0Ticks(p0Ticks)
                .tickSize(tickSize)
                .levelsPerSide(levelsPerSide)
                .initialSpreadTicks(initialSpreadTicks)
                .initialDepth(initialDepth)
                .sessionSeconds(sessionSeconds)
                .marketOpenSeconds((int) (TimeOfDay.parse(marketOpen) / NS_PER_SECOND))
                .spreadImproveCoefficient(spreadImproveCoefficient)
                .thetaReinit(thetaReinit == null || model.isAroundReferencePrice() ? 0 : thetaReinit)
                .reinitDepthMean(reinitDepthMean)
                .orderSizes(OrderSizeLaw.parse(orderSize))
                .build();
        final SessionParameters clocked = base.toBuilder()
                .clock(clock.parameters(base, model.isHawkes(), messages))
                .build();
        return clocked.toBuilder().factor(factor.parameters(clocked, messages)).build();
    }
}
