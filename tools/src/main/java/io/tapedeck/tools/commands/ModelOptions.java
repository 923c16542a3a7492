package io.tapedeck.tools.commands;

import io.tapedeck.engine.model.MarketModelParameters;
import io.tapedeck.engine.model.QueueReactiveCurves;
import io.tapedeck.engine.model.QueueReactiveCurvesFile;
import io.tapedeck.engine.model.ReferencePriceCurvesFile;
import io.tapedeck.engine.model.ReferencePriceParameters;
import io.tapedeck.engine.model.SimpleImbalanceParameters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The law of the market. */
final class ModelOptions {
    private static final String SIMPLE = "simple";
    private static final String HAWKES = "hawkes";
    private static final String BEST_QUOTE = "best-quote";
    private static final String REFERENCE_PRICE = "reference-price";
    private static final List<String> QUEUE_REACTIVE = List.of("queue-reactive", "hlr");

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description =
                    "The law of the market. simple: rates from the imbalance of the best queues; queue-reactive (or hlr):"
                            + " rates from curves over each queue's size; hawkes: events of a base model that excite each other,"
                            + " in a market of changing activity. Default: simple, or queue-reactive if --hlr-curves is given.")
    private String model;

    @Option(
            names = "--hawkes-base",
            paramLabel = "MODEL",
            description =
                    "Model hawkes: the base model, simple or queue-reactive. Default: simple, or queue-reactive if"
                            + " --hlr-curves is given.")
    private String hawkesBase;

    @Option(
            names = "--hlr-curves",
            paramLabel = "FILE",
            description = "JSON file with the curves of the queue-reactive model. Default: built-in curves; around a"
                    + " reference price those of France Telecom.")
    private Path curvesFile;

    @Option(
            names = "--anchor",
            paramLabel = "WHAT",
            description =
                    "Model queue-reactive: where the levels of the curves begin. best-quote: at the best prices, as the"
                            + " seed program has it; reference-price: at a price between them that follows the middle, as Huang, Lehalle and"
                            + " Rosenbaum's Model III has it. Default: best-quote.")
    private String anchor;

    @Option(
            names = "--theta",
            paramLabel = "P",
            description =
                    "Anchor reference-price: chance that the reference price follows a move of the middle. Default: what"
                            + " the curves come with, 0.7 for France Telecom.")
    private Double theta;

    @Option(
            names = "--base-L",
            paramLabel = "RATE",
            defaultValue = "20",
            description = "Model simple: limit orders per second and side. Default: ${DEFAULT-VALUE}.")
    private double limitRate;

    @Option(
            names = "--base-C",
            paramLabel = "RATE",
            defaultValue = "0.5",
            description = "Model simple: cancellations per second and resting order. Default: ${DEFAULT-VALUE}.")
    private double cancelRate;

    @Option(
            names = "--base-M",
            paramLabel = "RATE",
            defaultValue = "15",
            description = "Model simple: market orders per second and side. Default: ${DEFAULT-VALUE}.")
    private double marketRate;

    @Option(
            names = "--imbalance-sens",
            paramLabel = "X",
            defaultValue = "1",
            description = "Model simple: weight of the imbalance; 0 or less means 1. Default: ${DEFAULT-VALUE}.")
    private double imbalanceSensitivity;

    @Option(
            names = "--cancel-sens",
            paramLabel = "X",
            defaultValue = "1",
            description = "Model simple: factor on the cancel rate; 0 or less means 1. Default: ${DEFAULT-VALUE}.")
    private double cancelSensitivity;

    @Option(
            names = "--epsilon-exec",
            paramLabel = "X",
            defaultValue = "0.5",
            description =
                    "Model simple: share of market orders without pressure; 0 or less means 0.05. Default: ${DEFAULT-VALUE}.")
    private double executionFloor;

    @Option(
            names = "--spread-sens",
            paramLabel = "X",
            defaultValue = "0.4",
            description =
                    "Model simple: effect of the spread on all rates, per tick; 0 switches it off. Default: ${DEFAULT-VALUE}.")
    private double spreadSensitivity;

    @Option(
            names = "--alpha",
            paramLabel = "X",
            defaultValue = "0.5",
            description =
                    "Model simple: additions fall on level k with weight exp(-alpha k). Default: ${DEFAULT-VALUE}.")
    private double levelDecay;

    /**
     * The chosen model's parameters.
     *
     * @param levelsPerSide of the book, for which the built-in curves are made.
     * @param thetaReinit   chance that a move of the reference price redraws the book; null for what the curves come with.
     * @param isReference   whether curves are read by the seed program's rules, whatever they say.
     * @return checked parameters.
     * @throws IllegalArgumentException if options contradict each other or a value is out of range.
     * @throws IOException              if the curve file cannot be read.
     */
    MarketModelParameters parameters(final int levelsPerSide, final Double thetaReinit, final boolean isReference)
            throws IOException {
        if (hawkesBase != null && !isHawkes()) {
            throw new IllegalArgumentException(
                    "--hawkes-base " + hawkesBase + " goes with --model hawkes; give it as well");
        }
        final String law = isHawkes() ? hawkesBase : model;
        if (law != null && !SIMPLE.equals(law) && !QUEUE_REACTIVE.contains(law)) {
            throw new IllegalArgumentException(
                    isHawkes()
                            ? "there is no base model '" + law + "'; choose simple or queue-reactive"
                            : "there is no model '" + law + "'; choose simple, queue-reactive or hawkes");
        }
        final boolean isQueueReactive = law == null ? curvesFile != null : QUEUE_REACTIVE.contains(law);
        if ((anchor != null || theta != null) && !isQueueReactive) {
            throw new IllegalArgumentException(
                    "--anchor and --theta are for the queue-reactive model; give --model queue-reactive as well");
        }
        if (theta != null && !isAroundReferencePrice()) {
            throw new IllegalArgumentException(
                    "--theta " + theta + " goes with --anchor reference-price; give it as well");
        }
        if (curvesFile != null) {
            if (SIMPLE.equals(law)) {
                throw new IllegalArgumentException("--hlr-curves " + curvesFile
                        + " is for the queue-reactive model, but " + (isHawkes() ? "--hawkes-base" : "--model")
                        + " simple was given; leave one of them out");
            }
            return isAroundReferencePrice()
                    ? withMoves(ReferencePriceCurvesFile.load(curvesFile), thetaReinit)
                    : isReference
                            ? QueueReactiveCurvesFile.load(curvesFile)
                            : QueueReactiveCurvesFile.loadErgodic(curvesFile);
        }
        if (law == null || SIMPLE.equals(law)) {
            return new SimpleImbalanceParameters(
                    limitRate,
                    cancelRate,
                    marketRate,
                    imbalanceSensitivity,
                    cancelSensitivity,
                    executionFloor,
                    spreadSensitivity,
                    levelDecay);
        }
        return isAroundReferencePrice()
                ? withMoves(ReferencePriceCurvesFile.franceTelecom(), thetaReinit)
                : QueueReactiveCurves.defaults(levelsPerSide);
    }

    private ReferencePriceParameters withMoves(final ReferencePriceParameters curves, final Double thetaReinit) {
        return curves.withMoves(
                theta == null ? curves.theta() : theta, thetaReinit == null ? curves.thetaReinit() : thetaReinit);
    }

    /** Whether levels count from a reference price. */
    boolean isAroundReferencePrice() {
        if (anchor != null && !REFERENCE_PRICE.equals(anchor) && !BEST_QUOTE.equals(anchor)) {
            throw new IllegalArgumentException(
                    "there is no anchor '" + anchor + "'; choose " + BEST_QUOTE + " or " + REFERENCE_PRICE);
        }
        return REFERENCE_PRICE.equals(anchor);
    }

    /** Whether events excite each other. */
    boolean isHawkes() {
        return HAWKES.equals(model);
    }
}
