package io.tapedeck.tools.commands;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.engine.book.Side;
import io.tapedeck.engine.calibration.Anchor;
import io.tapedeck.engine.calibration.CalibrationFile;
import io.tapedeck.engine.calibration.CurveRule;
import io.tapedeck.engine.calibration.EventKind;
import io.tapedeck.engine.calibration.ExposureEstimator;
import io.tapedeck.engine.calibration.Feedback;
import io.tapedeck.engine.calibration.QueueCells;
import io.tapedeck.engine.calibration.QueueUnit;
import io.tapedeck.engine.calibration.ReferenceEstimator;
import io.tapedeck.engine.model.QueueReactiveCurves;
import io.tapedeck.engine.model.QueueReactiveCurvesFile;
import io.tapedeck.engine.model.ReferencePriceCurvesFile;
import io.tapedeck.tools.cli.BaseCommand;
import io.tapedeck.tools.cli.CheckFailedException;
import io.tapedeck.tools.cli.ExitCode;
import io.tapedeck.tools.cli.Progress;
import io.tapedeck.tools.cli.Report;
import io.tapedeck.tools.cli.TimeOfDay;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Estimates curves of the queue-reactive model from tapes. */
@Command(
        name = "calibrate",
        description = {
            "Estimate the curves of the queue-reactive model from journals of format 2, simulated or imported: events by all the",
            "time at risk, with exact 95 % bands, for every level, side and queue size. 'run --hlr-curves' takes the file.",
            "With --reference: the estimate of the seed program, from its own files and to the last digit."
        })
public final class CalibrateCommand extends BaseCommand {
    private static final int REFERENCE_MAX_QUEUE = 100;

    @Parameters(paramLabel = "PATH", arity = "0..*", description = "Journals, or folders of data sets.")
    private List<Path> paths = new ArrayList<>();

    @Option(names = "--input", paramLabel = "FILE", description = "One more journal; as the seed program has it.")
    private List<Path> inputs = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "File for the curves.")
    private Path output;

    @Option(
            names = "--levels",
            paramLabel = "N",
            defaultValue = "0",
            description = "Levels per side. Default: those of the run that made the tape, else 5.")
    private int levels;

    @Option(
            names = "--anchor",
            paramLabel = "ANCHOR",
            defaultValue = "best-quote",
            description =
                    "Where levels count from: best-quote, or reference-price for runs around one. Default: ${DEFAULT-VALUE}.")
    private String anchor;

    @Option(
            names = "--level-width",
            paramLabel = "PRICE",
            description =
                    "Width of a level in 1/10,000 of the currency. Default: the tick of the run that made the tape, else 100, a cent.")
    private Integer levelWidth;

    @Option(
            names = "--unit",
            paramLabel = "UNIT",
            description =
                    "What queue sizes count: orders, or aes, average event sizes. Default: orders for simulated tapes, aes for imported ones.")
    private String unit;

    @Option(names = "--symmetrise", description = "Hold bid and ask to be alike, and estimate them together.")
    private boolean symmetrise;

    @Option(
            names = "--min-count",
            paramLabel = "N",
            defaultValue = "20",
            description =
                    "Pool a queue size with its neighbours until there are that many events. Default: ${DEFAULT-VALUE}.")
    private int minCount;

    @Option(
            names = "--smooth",
            paramLabel = "N",
            defaultValue = "0",
            description = "Pool every queue size with N on either side. Default: ${DEFAULT-VALUE}.")
    private int smooth;

    @Option(
            names = "--n-max",
            paramLabel = "N",
            description =
                    "Largest queue size of a table. Default: the largest with enough events; with --reference 100.")
    private Integer maxQueue;

    @Option(
            names = "--spread-sens",
            paramLabel = "X",
            description =
                    "Spread sensitivity of the runs that the curves are for; its effect is divided out. Default: 0, none;"
                            + " with --reference 0.3, and only written.")
    private Double spreadSensitivity;

    @Option(
            names = "--imbalance-sens",
            paramLabel = "X",
            defaultValue = "0",
            description =
                    "Imbalance sensitivity of the runs that the curves are for; its effect is divided out. Default: 0, none.")
    private double imbalanceSensitivity;

    @Option(
            names = "--theta",
            paramLabel = "P",
            defaultValue = "0.7",
            description =
                    "Anchor reference-price: chance that it follows the middle price, written as it is. Default: ${DEFAULT-VALUE}.")
    private double theta;

    @Option(
            names = "--theta-reinit",
            paramLabel = "P",
            defaultValue = "0.85",
            description =
                    "Anchor reference-price: chance that the book is redrawn then, written as it is. Default: ${DEFAULT-VALUE}.")
    private double thetaReinit;

    @Option(names = "--symbols", paramLabel = "SYMBOL", split = ",", description = "Only these symbols.")
    private List<String> symbols;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Only from this time of day on: 10:30. Needed for tapes that say nothing of market hours.")
    private String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Only before this time of day.")
    private String to;

    @Option(names = "--reference", description = "Estimate as the seed program does, from files of format 1.")
    private boolean reference;

    @Option(names = "--force", description = "Overwrite the file if it is there.")
    private boolean force;

    @Override
    public Integer call() throws IOException {
        paths.addAll(inputs);
        if (paths.isEmpty()) {
            throw usage("a journal is missing: give at least one PATH");
        }
        if (Files.exists(output) && !force) {
            throw new FileAlreadyExistsException(output.toString());
        }
        if (reference) {
            calibrateAsTheReference();
        } else {
            calibrate();
        }
        return ExitCode.OK;
    }

    private void calibrateAsTheReference() throws IOException {
        final ReferenceEstimator estimator = new ReferenceEstimator(levels);
        long events = 0;
        for (final Path path : paths) {
            events += estimator.add(path);
        }
        final QueueReactiveCurves curves = estimator.curves(
                maxQueue == null ? REFERENCE_MAX_QUEUE : maxQueue,
                spreadSensitivity == null ? QueueReactiveCurves.DEFAULT_SPREAD_SENSITIVITY : spreadSensitivity);
        QueueReactiveCurvesFile.save(output, curves);
        new Report()
                .add("sessions", "sessions", paths.size())
                .add("events", "events", events)
                .add("levels", "levels", curves.levels())
                .add("file", "written to", output.toString())
                .print(out(), json());
    }

    private void calibrate() throws IOException {
        final Anchor where = anchor();
        final CalibrationTapes tapes = CalibrationTapes.open(paths, symbols, levelWidth);
        final int wantedLevels = levels > 0 ? levels : tapes.defaultLevels();
        final Feedback feedback = new Feedback(
                spreadSensitivity == null ? 0 : spreadSensitivity,
                imbalanceSensitivity,
                where == Anchor.BEST_QUOTE ? tapes.improveCoefficient() : 0);
        final CurveRule rule =
                new CurveRule(minCount, smooth, maxQueue == null ? QueueReactiveCurves.MAX_TABLE_LENGTH - 1 : maxQueue);
        final CalibrationTapes.Hours hours = new CalibrationTapes.Hours(
                from == null ? Long.MIN_VALUE : TimeOfDay.parse(from),
                to == null ? Long.MAX_VALUE : TimeOfDay.parse(to));
        final ExposureEstimator estimator = new ExposureEstimator(wantedLevels, feedback);
        final QueueUnit sizes;
        final CalibrationTapes.Totals totals;
        try (Progress progress = Progress.start(messages(), "calibrating", "records")) {
            sizes = isInOrders(tapes)
                    ? QueueUnit.orders()
                    : averageEventSizes(tapes, where, wantedLevels, hours, progress);
            totals = tapes.read(where, wantedLevels, sizes, hours, estimator, progress);
        }
        if (totals.seconds() == 0) {
            throw new IllegalArgumentException("no time in market hours was found on the tapes;"
                    + " if they do not say when the market is open, --from does");
        }
        if (symmetrise) {
            estimator.symmetrise();
        }
        final Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("symbols", tapes.symbols());
        facts.put("sessions", totals.sessions());
        facts.put("seconds", totals.seconds());
        facts.put("events", totals.events());
        facts.put("improvements", totals.improvements());
        facts.put("events_behind_the_window", totals.outside());
        facts.put("unknown_orders", totals.unknownOrders());
        facts.put("level_width", tapes.levelWidth());
        facts.put("queue_unit", sizes.isOrders() ? "orders" : "average-event-size");
        facts.put("symmetrised", symmetrise);
        new CalibrationFile(estimator, rule, where, sizes, theta, thetaReinit, facts).write(output);
        report(estimator, rule, facts).print(out(), json());
        requireLaw(where);
    }

    private Anchor anchor() {
        switch (anchor) {
            case "best-quote":
                return Anchor.BEST_QUOTE;
            case "reference-price":
                return Anchor.REFERENCE_PRICE;
            default:
                throw usage("there is no anchor '" + anchor + "'; choose best-quote or reference-price");
        }
    }

    private boolean isInOrders(final CalibrationTapes tapes) {
        if (unit == null) {
            return tapes.isSimulated();
        }
        if (!unit.equals("orders") && !unit.equals("aes")) {
            throw usage("there is no unit '" + unit + "'; choose orders or aes");
        }
        return unit.equals("orders");
    }

    private static QueueUnit averageEventSizes(
            final CalibrationTapes tapes,
            final Anchor where,
            final int wantedLevels,
            final CalibrationTapes.Hours hours,
            final Progress progress)
            throws IOException {
        final ExposureEstimator sizes = new ExposureEstimator(wantedLevels, Feedback.NONE);
        // In shares, so that what takes a part of an order is an event here as well.
        tapes.read(where, wantedLevels, QueueUnit.averageEventSizes(new double[] {1}), hours, sizes, progress);
        final double[] shares = new double[wantedLevels];
        for (int level = 0; level < wantedLevels; level++) {
            shares[level] = sizes.averageEventSize(level);
            if (!(shares[level] > 0)) {
                throw new IllegalArgumentException("level " + level
                        + " has no events, and so no average event size; take fewer levels or wider ones");
            }
        }
        return QueueUnit.averageEventSizes(shares);
    }

    private Report report(final ExposureEstimator estimator, final CurveRule rule, final Map<String, Object> facts) {
        final Report report = new Report();
        report.line(String.format(
                Locale.ROOT,
                "  %-5s %-4s %12s %12s %12s %12s %12s %6s",
                "level",
                "side",
                "event size",
                "additions",
                "cancels",
                "executions",
                "mean size",
                "n max"));
        final List<Object> queues = new ArrayList<>();
        for (int level = 0; level < estimator.levels(); level++) {
            for (int side = Side.BID; side <= (symmetrise ? Side.BID : Side.ASK); side++) {
                queues.add(queue(report, estimator.cells(side, level), rule, level, side));
            }
        }
        report.addHidden("queues", queues);
        return report.add("symbols", "symbols", facts.get("symbols"))
                .add("sessions", "sessions", facts.get("sessions"))
                .add("seconds", "seconds in market hours", facts.get("seconds"))
                .add("events", "events", facts.get("events"))
                .add("improvements", "additions inside the spread", facts.get("improvements"))
                .add("outside", "events behind the levels", facts.get("events_behind_the_window"))
                .add("unknownOrders", "events of unknown orders", facts.get("unknown_orders"))
                .add("levelWidth", "width of a level x 10,000", facts.get("level_width"))
                .add("queueUnit", "unit of queue sizes", facts.get("queue_unit"))
                .add("file", "written to", output.toString());
    }

    private Map<String, Object> queue(
            final Report report, final QueueCells cells, final CurveRule rule, final int level, final int side) {
        final long[] counts = new long[EventKind.COUNT];
        double seconds = 0;
        double weighted = 0;
        for (int size = 0; size <= cells.largestSize(); size++) {
            for (int kind = 0; kind < EventKind.COUNT; kind++) {
                counts[kind] += cells.count(kind, size);
            }
            seconds += cells.seconds(EventKind.CANCEL, size);
            weighted += size * cells.seconds(EventKind.CANCEL, size);
        }
        final String sideName = symmetrise ? "both" : side == Side.BID ? "bid" : "ask";
        final int last = rule.lastSize(cells, level == 0 || anchor.equals("reference-price"));
        report.line(String.format(
                Locale.ROOT,
                "  %-5d %-4s %12.2f %,12d %,12d %,12d %12.3f %6d",
                level,
                sideName,
                cells.averageEventSize(),
                counts[EventKind.LIMIT],
                counts[EventKind.CANCEL],
                counts[EventKind.MARKET],
                weighted / seconds,
                last));
        final Map<String, Object> queue = new LinkedHashMap<>();
        queue.put("level", level);
        queue.put("side", sideName);
        queue.put("averageEventSize", cells.averageEventSize());
        queue.put("additions", counts[EventKind.LIMIT]);
        queue.put("cancellations", counts[EventKind.CANCEL]);
        queue.put("executions", counts[EventKind.MARKET]);
        queue.put("meanSize", weighted / seconds);
        queue.put("nMax", last);
        return queue;
    }

    /** An estimate is one whatever it says; but who asks for curves wants to run them. */
    private void requireLaw(final Anchor where) throws IOException {
        try {
            if (where == Anchor.BEST_QUOTE) {
                QueueReactiveCurvesFile.loadErgodic(output);
            } else {
                ReferencePriceCurvesFile.load(output);
            }
        } catch (final CorruptDataException ex) {
            throw new CheckFailedException("the estimate is written, but no run can take it: " + ex.getMessage()
                    + ". More data, fewer or wider levels, or a larger --smooth may give one that can");
        }
    }
}
