package io.tapedeck.tools.commands;

import io.tapedeck.engine.replay.EventSource;
import io.tapedeck.engine.replay.InstrumentTable;
import io.tapedeck.engine.replay.pipeline.ErrorPolicy;
import io.tapedeck.engine.replay.pipeline.FailedRecords;
import io.tapedeck.engine.replay.pipeline.ReplayError;
import io.tapedeck.engine.replay.pipeline.ReplayPipelineBuilder;
import io.tapedeck.engine.replay.pipeline.SinkOptions;
import io.tapedeck.engine.replay.transform.CoherenceCheck;
import io.tapedeck.tools.cli.Report;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Option;

/** What a replay does about records that cannot be right; keeps those that it leaves out. */
final class ErrorOptions {
    private static final String HEADER = "stage,date,sequence,timestamp_ns,symbol,file,kind,message,record";
    private static final int MAX_SHOWN = 10;

    /** What can be done. */
    enum Action {
        FAIL("fail"),
        SKIP("skip"),
        HALT_INSTRUMENT("halt-instrument");

        private final String text;

        Action(final String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    @Option(
            names = "--on-error",
            paramLabel = "HOW",
            description = {
                "Check every record: its instrument has to be known, and its event one that the books of the events before it"
                        + " can have. Of one that is not so, fail ends the replay, skip leaves the record out, and"
                        + " halt-instrument leaves out the rest of its instrument's day as well."
            })
    private String onError;

    @Option(
            names = "--error-limit",
            paramLabel = "N",
            description = "With --on-error skip or halt-instrument: one error more than this ends the replay of a tape"
                    + " all the same. Default: 1000.")
    private Long limit;

    @Option(
            names = "--errors",
            paramLabel = "FILE",
            description = "With --on-error skip or halt-instrument: write the records that failed: " + HEADER + ".")
    private Path file;

    private final List<ReplayError> errors = new ArrayList<>();

    /** Whether records are checked at all. */
    boolean isChecking() {
        return onError != null;
    }

    /**
     * Says what is wrong with the options.
     *
     * @return null if nothing is.
     */
    String fault(final boolean overwrite) throws IOException {
        if (onError != null && action() == null) {
            return "--on-error is fail, skip or halt-instrument: " + onError;
        }
        if ((limit != null || file != null) && (onError == null || action() == Action.FAIL)) {
            return (limit == null ? "--errors" : "--error-limit") + " needs --on-error skip or halt-instrument";
        }
        if (limit != null && limit < 0) {
            return "--error-limit must be 0 or more: " + limit;
        }
        if (file != null && !overwrite && Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        return null;
    }

    private Action action() {
        for (final Action action : Action.values()) {
            if (action.text.equals(onError)) {
                return action;
            }
        }
        return null;
    }

    /** Adds the check; called by several threads where several replay. */
    ReplayPipelineBuilder check(final ReplayPipelineBuilder replay, final EventSource source) {
        return isChecking()
                ? replay.transform("check", new CoherenceCheck(InstrumentTable.of(source.instruments())), policy())
                : replay;
    }

    /** How the sinks of a replay are served. */
    SinkOptions sinkOptions() {
        return SinkOptions.DEFAULTS.withErrorPolicy(policy());
    }

    private ErrorPolicy policy() {
        if (!isChecking() || action() == Action.FAIL) {
            return ErrorPolicy.FAIL;
        }
        final long most = limit == null ? 1_000 : limit;
        return action() == Action.SKIP
                ? ErrorPolicy.skipAndRecord(most, this::keep)
                : ErrorPolicy.haltInstrument(most, this::keep);
    }

    private synchronized void keep(final ReplayError error) {
        errors.add(error);
    }

    /** Adds what was left out to a report. */
    synchronized void addTo(final Report report) {
        if (!isChecking() || action() == Action.FAIL) {
            return;
        }
        sort();
        report.add("errors", "records that failed", errors.size());
        for (final ReplayError error : errors.subList(0, Math.min(errors.size(), MAX_SHOWN))) {
            report.line("    " + error.stage() + error.record() + ": " + error.message());
        }
        if (errors.size() > MAX_SHOWN) {
            report.line("    ...");
        }
        if (file != null) {
            report.add("errorFile", "failed records written to", file.toString());
        }
    }

    /** One order, however many threads replayed. */
    private void sort() {
        errors.sort(Comparator.comparing((ReplayError error) -> error.record().date())
                .thenComparing(error -> String.valueOf(error.record().file()))
                .thenComparing(error -> error.record().firstSequence())
                .thenComparing(ReplayError::stage));
    }

    /** Writes the file that was asked for, also of a replay that has failed. */
    synchronized void write() throws IOException {
        if (file == null) {
            return;
        }
        sort();
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            out.write(HEADER + "\n");
            for (final ReplayError error : errors) {
                final FailedRecords record = error.record();
                out.write(String.join(
                                ",",
                                quoted(error.stage()),
                                record.date().toString(),
                                Long.toString(record.firstSequence()),
                                Long.toString(record.firstTimeNs()),
                                record.symbol() == null ? "" : record.symbol(),
                                record.file() == null
                                        ? ""
                                        : quoted(record.file().toString()),
                                error.kind(),
                                error.message() == null ? "" : quoted(error.message()),
                                error.slotHex())
                        + "\n");
            }
        }
    }

    private static String quoted(final String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }
}
