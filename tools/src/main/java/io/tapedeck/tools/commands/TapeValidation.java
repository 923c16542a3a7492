package io.tapedeck.tools.commands;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.facts.FactMeter;
import io.tapedeck.engine.replay.EventSource;
import io.tapedeck.engine.replay.JournalSource;
import io.tapedeck.engine.replay.ReplayHandler;
import io.tapedeck.engine.validation.OracleSuite;
import io.tapedeck.journal.format2.Format2Summary;
import io.tapedeck.journal.manifest.DataSet;
import io.tapedeck.journal.manifest.Instrument;
import io.tapedeck.journal.manifest.Recipe;
import io.tapedeck.tools.cli.Progress;
import io.tapedeck.tools.report.ValidatedTape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Plays a journal or a data set once, through the oracles where there are some and through the meter of facts. */
final class TapeValidation {
    private final Path path;
    private final String symbol;

    /**
     * A validation to be run.
     *
     * @param path   of a journal, or of the folder of a run.
     * @param symbol whose facts are measured; null for the instrument with the most records.
     */
    TapeValidation(final Path path, final String symbol) {
        this.path = path;
        this.symbol = symbol;
    }

    ValidatedTape run(final Progress progress) throws IOException {
        try (EventSource source = JournalTapes.open(path)) {
            final Recipe recipe = recipe();
            final OracleSuite oracles =
                    OracleSuite.isApplicable(recipe) ? OracleSuite.of(recipe, source.instruments()) : null;
            final FactMeter facts = new FactMeter(instrument(source.instruments()));
            final long records = JournalTapes.playAll(source, new Both(oracles, facts), progress);
            return new ValidatedTape(
                    path.toString(), recipe, records, oracles == null ? null : oracles.report(), facts.sheet());
        }
    }

    private Recipe recipe() throws IOException {
        if (Files.isDirectory(path)) {
            return DataSet.open(path).manifest().recipe();
        }
        try (JournalSource source = JournalSource.open(path)) {
            return source.metadata().recipe();
        }
    }

    private Instrument instrument(final List<Instrument> instruments) throws IOException {
        if (symbol != null) {
            return instruments.stream()
                    .filter(instrument -> instrument.symbol().equals(symbol))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "no instrument of " + path + " is called " + symbol + "; 'info' lists them"));
        }
        if (instruments.size() == 1) {
            return instruments.get(0);
        }
        if (instruments.isEmpty()) {
            throw new IllegalArgumentException(path + " names no instrument; there is nothing to validate");
        }
        final Map<Integer, Long> counts =
                Format2Summary.of(Tape.find(path).get(0).file()).instrumentCounts();
        return instruments.stream()
                .max(Comparator.comparingLong(instrument -> counts.getOrDefault(instrument.id(), 0L)))
                .orElseThrow();
    }

    /** One pass for both. */
    private static final class Both implements ReplayHandler {
        private final OracleSuite oracles;
        private final FactMeter facts;

        Both(final OracleSuite oracles, final FactMeter facts) {
            this.oracles = oracles;
            this.facts = facts;
        }

        @Override
        public void onSession(final LocalDate date) {
            if (oracles != null) {
                oracles.onSession(date);
            }
            facts.onSession(date);
        }

        @Override
        public void onBatch(final SlotArray slots, final long low, final long high) {
            if (oracles != null) {
                oracles.onBatch(slots, low, high);
            }
            facts.onBatch(slots, low, high);
        }

        @Override
        public void onClose() {
            facts.onClose();
        }
    }
}
