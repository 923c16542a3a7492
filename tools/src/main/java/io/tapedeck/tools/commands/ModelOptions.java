package io.tapedeck.tools.commands;

import io.tapedeck.engine.model.MarketModelParameters;
import io.tapedeck.engine.model.QueueReactiveCurves;
import io.tapedeck.engine.model.QueueReactiveCurvesFile;
import io.tapedeck.engine.model.SimpleImbalanceParameters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The law of the market. */
final class ModelOptions {
    private static final String SIMPLE = "simple";
    private static final String HAWKES = "hawkes";
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
            description = "JSON file with the curves of the queue-reactive model. Default: built-in curves.")
    private Path curvesFile;

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
     * @return checked parameters.
     * @throws IllegalArgumentException if options contradict each other or a value is out of range.
     * @throws IOException              if the curve file cannot be read.
     */
    MarketModelParameters parameters(final int levelsPerSide) throws IOException {
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
        if (curvesFile != null) {
            if (SIMPLE.equals(law)) {
                throw new IllegalArgumentException("--hlr-curves " + curvesFile
                        + " is for the queue-reactive model, but " + (isHawkes() ? "--hawkes-base" : "--model")
                        + " simple was given; leave one of them out");
            }
            return QueueReactiveCurvesFile.load(curvesFile);
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
        return QueueReactiveCurves.defaults(levelsPerSide);
    }

    /** Whether events excite each other. */
    boolean isHawkes() {
        return HAWKES.equals(model);
    }
}
