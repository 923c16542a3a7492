package io.tapedeck.tools.commands;

import io.tapedeck.engine.calibration.Anchor;
import io.tapedeck.engine.calibration.FlowListener;
import io.tapedeck.engine.calibration.FlowReader;
import io.tapedeck.engine.calibration.QueueUnit;
import io.tapedeck.engine.calibration.QueueWindow;
import io.tapedeck.engine.model.HawkesParameters;
import io.tapedeck.engine.replay.EventSource;
import io.tapedeck.engine.replay.JournalSource;
import io.tapedeck.engine.run.RunRecipe;
import io.tapedeck.engine.session.SessionParameters;
import io.tapedeck.journal.manifest.DataSet;
import io.tapedeck.journal.manifest.Instrument;
import io.tapedeck.journal.manifest.Recipe;
import io.tapedeck.tools.cli.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The tapes of a calibration, which may be read more than once, and what they say about themselves. */
final class CalibrationTapes {
    private static final int DEFAULT_LEVELS = 5;
    private static final int CENT = 100;
    private final List<Path> paths;
    private final List<String> wantedSymbols;
    /** How the tapes were made; null if they were imported. */
    private final SessionParameters run;

    private final SortedSet<String> symbols = new TreeSet<>();
    private final int levelWidth;

    /** Between which times of day events count. */
    record Hours(long fromNs, long toNs) {}

    /** What was found in all tapes. */
    record Totals(long sessions, double seconds, long events, long improvements, long outside, long unknownOrders) {
        private Totals plus(final FlowReader reader) {
            return new Totals(
                    sessions + reader.sessionCount(),
                    seconds + reader.seconds(),
                    events + reader.eventCount(),
                    improvements + reader.improvementCount(),
                    outside + reader.outsideCount(),
                    unknownOrders + reader.unknownOrderCount());
        }
    }

    private CalibrationTapes(
            final List<Path> paths,
            final List<String> wantedSymbols,
            final SessionParameters run,
            final int levelWidth) {
        this.paths = paths;
        this.wantedSymbols = wantedSymbols;
        this.run = run;
        this.levelWidth = levelWidth;
    }

    /**
     * Looks at tapes.
     *
     * @param paths      of journals and data sets, at least one.
     * @param symbols    that count; null for all.
     * @param levelWidth as asked for, or null.
     * @throws IllegalArgumentException if they cannot be calibrated from, or not together.
     */
    static CalibrationTapes open(final List<Path> paths, final List<String> symbols, final Integer levelWidth)
            throws IOException {
        final List<SessionParameters> runs = new ArrayList<>();
        int tick = 0;
        for (final Path path : paths) {
            try (EventSource source = JournalTapes.open(path)) {
                for (final Instrument instrument : source.instruments()) {
                    tick = tick == 0 ? instrument.tickSize() : tick;
                }
            }
            final Recipe recipe = recipe(path);
            runs.add(RunRecipe.isSimulated(recipe) ? RunRecipe.parameters(recipe) : null);
        }
        final SessionParameters first = runs.get(0);
        for (int i = 0; i < paths.size(); i++) {
            final SessionParameters run = runs.get(i);
            if ((run == null) != (first == null) || run != null && !isAlike(run, first)) {
                throw new IllegalArgumentException(paths.get(i) + " and " + paths.get(0)
                        + " were not made in the same way; calibrate from each by itself");
            }
        }
        if (first != null) {
            requireKnownFactors(paths.get(0), first);
        }
        final int defaultWidth = first == null ? CENT : Math.max(1, tick);
        return new CalibrationTapes(paths, symbols, first, levelWidth == null ? defaultWidth : levelWidth);
    }

    private static Recipe recipe(final Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return DataSet.open(path).manifest().recipe();
        }
        try (JournalSource source = JournalSource.open(path)) {
            return source.metadata().recipe();
        }
    }

    /** Excitation can be divided out, because the events tell it; what is hidden cannot. */
    private static void requireKnownFactors(final Path path, final SessionParameters run) {
        if (run.clock().activity().isActive() || run.factor().isActive()) {
            throw new IllegalArgumentException(path + " was made with "
                    + (run.factor().isActive() ? "a market factor" : "an activity clock")
                    + ", which multiplies the curves and which no record shows; it would be in the estimates."
                    + " Calibrate from a run without it");
        }
    }

    boolean isSimulated() {
        return run != null;
    }

    /** Whether what multiplies the curves is the same in two runs. */
    private static boolean isAlike(final SessionParameters run, final SessionParameters other) {
        return run.clock().equals(other.clock())
                && run.factor().equals(other.factor())
                && run.spreadImproveCoefficient() == other.spreadImproveCoefficient();
    }

    /** Width of a level in 1/10,000 of the currency. */
    int levelWidth() {
        return levelWidth;
    }

    int defaultLevels() {
        return run == null ? DEFAULT_LEVELS : run.levelsPerSide();
    }

    /**
     * Which share of additions the run that made the tapes let improve the best price. Real markets have no such number:
     * additions join queues at any spread.
     */
    double improveCoefficient() {
        return run == null ? 0 : run.spreadImproveCoefficient();
    }

    /** The symbols that were read. */
    List<String> symbols() {
        return List.copyOf(symbols);
    }

    Totals read(
            final Anchor anchor,
            final int levels,
            final QueueUnit unit,
            final Hours hours,
            final FlowListener listener,
            final Progress progress)
            throws IOException {
        Totals totals = new Totals(0, 0, 0, 0, 0, 0);
        for (final Path path : paths) {
            try (EventSource source = JournalTapes.open(path)) {
                final FlowReader reader = new FlowReader(
                        wanted(source),
                        (book, instrument) -> new QueueWindow(book, anchor, levels, levelTicks(instrument), unit),
                        hours.fromNs(),
                        hours.toNs(),
                        run == null ? HawkesParameters.NONE : run.clock().hawkes(),
                        listener);
                JournalTapes.playAll(source, reader, progress);
                totals = totals.plus(reader);
            }
        }
        return totals;
    }

    private List<Instrument> wanted(final EventSource source) {
        final List<Instrument> wanted = new ArrayList<>(source.instruments());
        if (wantedSymbols != null) {
            wanted.removeIf(instrument -> !wantedSymbols.contains(instrument.symbol()));
            if (wanted.isEmpty()) {
                throw new IllegalArgumentException("--symbols " + String.join(",", wantedSymbols)
                        + " names none of the tape's: "
                        + source.instruments().stream()
                                .map(Instrument::symbol)
                                .limit(10)
                                .collect(Collectors.joining(", ")));
            }
        }
        wanted.forEach(instrument -> symbols.add(instrument.symbol()));
        return wanted;
    }

    private int levelTicks(final Instrument instrument) {
        if (levelWidth < 1 || levelWidth % instrument.tickSize() != 0) {
            throw new IllegalArgumentException("--level-width must be a multiple of " + instrument.tickSize()
                    + ", the tick of " + instrument.symbol() + ": " + levelWidth);
        }
        return levelWidth / instrument.tickSize();
    }
}
