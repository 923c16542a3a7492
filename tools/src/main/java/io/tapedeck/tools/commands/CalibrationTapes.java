package io.tapedeck.tools.commands;

import io.tapedeck.engine.calibration.Anchor;
import io.tapedeck.engine.calibration.FlowListener;
import io.tapedeck.engine.calibration.FlowReader;
import io.tapedeck.engine.calibration.QueueUnit;
import io.tapedeck.engine.calibration.QueueWindow;
import io.tapedeck.engine.replay.EventSource;
import io.tapedeck.engine.replay.JournalSource;
import io.tapedeck.engine.run.RunRecipe;
import io.tapedeck.journal.manifest.DataSet;
import io.tapedeck.journal.manifest.Instrument;
import io.tapedeck.journal.manifest.Recipe;
import io.tapedeck.tools.cli.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The tapes of a calibration, which may be read more than once, and what they say about themselves. */
final class CalibrationTapes {
    private static final int DEFAULT_LEVELS = 5;
    private static final int CENT = 100;
    /** Models whose clock runs at the rate that their curves say. */
    private static final Set<String> PLAIN_CLOCKS =
            Set.of("simple", "queue-reactive", "reference-price", "itch50", "qrsdp1", "lobster");

    private final List<Path> paths;
    private final List<String> wantedSymbols;
    private final Recipe recipe;
    private final Set<String> symbols = new TreeSet<>();
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
            final List<Path> paths, final List<String> wantedSymbols, final Recipe recipe, final int levelWidth) {
        this.paths = paths;
        this.wantedSymbols = wantedSymbols;
        this.recipe = recipe;
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
        Recipe recipe = null;
        int tick = 0;
        for (final Path path : paths) {
            try (EventSource source = JournalTapes.open(path)) {
                for (final Instrument instrument : source.instruments()) {
                    tick = tick == 0 ? instrument.tickSize() : tick;
                }
            }
            final Recipe here = recipe(path);
            requirePlainClock(path, here);
            if (recipe != null && RunRecipe.isSimulated(recipe) != RunRecipe.isSimulated(here)) {
                throw new IllegalArgumentException(path + " is " + (RunRecipe.isSimulated(here) ? "" : "not ")
                        + "simulated, unlike " + paths.get(0) + "; calibrate them each by itself");
            }
            recipe = recipe == null ? here : recipe;
        }
        final int defaultWidth = RunRecipe.isSimulated(recipe) ? Math.max(1, tick) : CENT;
        return new CalibrationTapes(paths, symbols, recipe, levelWidth == null ? defaultWidth : levelWidth);
    }

    private static Recipe recipe(final Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return DataSet.open(path).manifest().recipe();
        }
        try (JournalSource source = JournalSource.open(path)) {
            return source.metadata().recipe();
        }
    }

    private static void requirePlainClock(final Path path, final Recipe recipe) {
        if (RunRecipe.isSimulated(recipe) && !PLAIN_CLOCKS.contains(recipe.model())) {
            throw new IllegalArgumentException(path + " was made by the model " + recipe.model()
                    + ", whose rates are curves times a factor that changes with time and history. Events by the time on"
                    + " the clock would put that factor into the curves; calibrate from a run of the base model");
        }
    }

    boolean isSimulated() {
        return RunRecipe.isSimulated(recipe);
    }

    /** Width of a level in 1/10,000 of the currency. */
    int levelWidth() {
        return levelWidth;
    }

    int defaultLevels() {
        final String text = recipe.parameters().get("levels_per_side");
        return isSimulated() && text != null ? Integer.parseInt(text) : DEFAULT_LEVELS;
    }

    /**
     * Which share of additions the run that made the tapes let improve the best price. Real markets have no such number:
     * additions join queues at any spread.
     */
    double improveCoefficient() {
        final String text = recipe.parameters().get("spread_improve_coefficient");
        return isSimulated() && text != null ? Double.parseDouble(text) : 0;
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
