package io.tapedeck.tools.commands;

import io.tapedeck.engine.replay.CountSink;
import io.tapedeck.engine.replay.EventSource;
import io.tapedeck.engine.replay.HashSink;
import io.tapedeck.engine.replay.InstrumentTable;
import io.tapedeck.engine.replay.ReplayHandler;
import io.tapedeck.engine.replay.TailSource;
import io.tapedeck.engine.replay.parallel.ReplayTask;
import io.tapedeck.engine.replay.pipeline.Pacing;
import io.tapedeck.engine.replay.pipeline.ReplayPipeline;
import io.tapedeck.engine.replay.pipeline.ReplayPipelineBuilder;
import io.tapedeck.engine.replay.pipeline.ReplayStatistics;
import io.tapedeck.engine.replay.sink.JournalSink;
import io.tapedeck.engine.replay.sink.NullSink;
import io.tapedeck.engine.run.Pace;
import io.tapedeck.engine.text.RecordCsv;
import io.tapedeck.feed.itch.ItchPrinter;
import io.tapedeck.feed.itch.RecordPrinter;
import io.tapedeck.journal.manifest.Recipe;
import io.tapedeck.journal.manifest.SessionMetadata;
import io.tapedeck.tools.cli.BaseCommand;
import io.tapedeck.tools.cli.ExitCode;
import io.tapedeck.tools.cli.Progress;
import io.tapedeck.tools.cli.Report;
import io.tapedeck.tools.cli.StopSignal;
import io.tapedeck.tools.cli.TimeOfDay;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Plays tapes back. */
@Command(
        name = "replay",
        description = {
            "Play a journal of format 2, or all tapes of a data set: day after day, the units of a day merged by time.",
            "Filters and samples choose records; what is left is counted, hashed, printed, or written as rows or as a journal.",
            "Filters leave chunks that hold nothing of what is wanted unread."
        })
public final class ReplayCommand extends BaseCommand {
    @Parameters(paramLabel = "PATH", description = "Journal of format 2, or folder of a data set.")
    private Path path;

    @Option(names = "--symbols", paramLabel = "SYMBOL", split = ",", description = "Only records about these symbols.")
    private List<String> symbols;

    @Option(
            names = "--types",
            paramLabel = "TYPE",
            split = ",",
            description =
                    "Only records of these types: ADD, REDUCE, DELETE, EXECUTE, EXECUTE_AT_PRICE, REPLACE, TRADE, CROSS,"
                            + " BROKEN, or the letter of a carried ITCH message.")
    private List<String> types;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Only records at or after this time of day, on each day: 09:45, 09:45:00.5.")
    private String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Only records before this time of day, on each day.")
    private String to;

    @Option(
            names = "--every",
            paramLabel = "N",
            description = "Only every N-th event of what the filters leave; records that are no events all stay.")
    private Integer every;

    @Option(
            names = "--every-per-symbol",
            paramLabel = "N",
            description = "Only every N-th event of each symbol; records that are no events all stay.")
    private Integer everyPerSymbol;

    @Option(
            names = "--sample",
            paramLabel = "M",
            description = "Only about one in M events, the same ones however the tapes are read.")
    private Integer sample;

    @Option(
            names = "--speed",
            paramLabel = "SPEED",
            defaultValue = "max",
            description =
                    "How fast the market's time goes by: max, or a multiple of the wall clock's, 1x, 100x. Default:"
                            + " ${DEFAULT-VALUE}.")
    private String speed;

    @Option(
            names = "--max-wait",
            paramLabel = "SECONDS",
            description = "With --speed: the longest wait between two records.")
    private Double maxWaitSeconds;

    @Option(
            names = "--csv",
            paramLabel = "FILE",
            description = "Write rows: " + RecordCsv.HEADER + "; with --features, rows of these. - is standard output.")
    private Path csvFile;

    @Option(
            names = "--features",
            paramLabel = "NAME",
            split = ",",
            description =
                    "With --csv: rows of what the books say: mid, micro, spread, spread_bp, imbalance:D, ofi, volume,"
                            + " signed_volume, variance.")
    private List<String> features;

    @Option(
            names = "--trigger",
            paramLabel = "WHEN",
            description =
                    "With --features: when a row is written: event, every:N, touch, bucket:1s, bucket:500ms. Default: touch.")
    private String trigger;

    @Option(
            names = "--journal",
            paramLabel = "FILE",
            description = "Write a journal of format 2, numbered anew from 1; of one session.")
    private Path journalFile;

    @Option(names = "--print", description = "Print a line for each record, as 'listen --print' does for messages.")
    private boolean print;

    @Option(names = "--count", description = "Only count; this is what happens without any of the others.")
    private boolean count;

    @Option(
            names = "--hash",
            description = "Also show the hash over all records; of a whole tape it is its content hash.")
    private boolean hash;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description =
                    "Replay tapes in parallel, each by itself, on N threads; rows come tape after tape, and the hash is over"
                            + " the tapes' hashes. What comes out is the same for every N.")
    private Integer workers;

    @Option(
            names = "--split",
            paramLabel = "HOW",
            description =
                    "With --workers: what is replayed by itself: unit, a unit's day, or instrument, an instrument's day."
                            + " Default: unit.")
    private String split;

    @Option(
            names = "--explain",
            description = "Play nothing; show what would be read: files, chunks to read and to skip, records, bytes.")
    private boolean explain;

    @Option(
            names = "--follow",
            description = "Wait for more where a tape is still being written, until its writer closes it.")
    private boolean follow;

    @Mixin
    private ErrorOptions errorOptions;

    @Option(names = "--force", description = "Overwrite files that are there.")
    private boolean force;

    @Override
    public Integer call() throws IOException, InterruptedException {
        requireMeaning();
        if (explain) {
            try (EventSource source = JournalTapes.open(path)) {
                ReplayReport.plan(choose(ReplayPipeline.from(source), source)
                                .sink("none", new NullSink())
                                .build()
                                .plan())
                        .print(out(), json());
            }
            return ExitCode.OK;
        }
        // A stopped replay has done its work when everything is closed and said, not before.
        try (StopSignal stop = new StopSignal()) {
            final int exitCode;
            try {
                exitCode = workers == null ? replay(stop) : replayInParallel(stop);
            } finally {
                errorOptions.write();
            }
            stop.complete(exitCode);
            return exitCode;
        }
    }

    private int replay(final StopSignal stop) throws IOException {
        try (EventSource source = follow ? JournalTapes.openLive(path) : JournalTapes.open(path);
                ReplayRows rows = ReplayRows.open(csvFile, force, features, trigger, source.instruments());
                Progress progress = Progress.start(messages(), "replaying", "records")) {
            final CountSink counted = new CountSink();
            final HashSink hashed = hash ? new HashSink() : null;
            final ReplayPipelineBuilder builder = rows.addTo(
                    choose(ReplayPipeline.from(source), source).sink("count", counted), errorOptions.sinkOptions());
            if (hashed != null) {
                builder.sink("hash", hashed);
            }
            if (journalFile != null) {
                builder.sink(
                        "journal",
                        JournalSink.create(journalFile, journalMetadata(), force),
                        errorOptions.sinkOptions());
            }
            if (print) {
                builder.sink("print", printer(source), errorOptions.sinkOptions());
            }
            final ReplayStatistics statistics = run(builder, progress, stop);
            progress.clear();
            final Report report = report(statistics, counted, hashed);
            errorOptions.addTo(report);
            if (showsSummary()) {
                report.print(out(), json());
            }
            return ExitCode.OK;
        }
    }

    private int replayInParallel(final StopSignal stop) throws IOException {
        if (csvFile != null && !force && Files.exists(csvFile)) {
            throw new FileAlreadyExistsException(csvFile.toString());
        }
        final ParallelReplayRun run = new ParallelReplayRun(
                JournalTapes.closedFiles(path),
                split != null && split.equals("instrument")
                        ? ReplayTask.Split.INSTRUMENT_DAY
                        : ReplayTask.Split.UNIT_DAY,
                this::choose,
                errorOptions.sinkOptions(),
                hash);
        try (Progress progress = Progress.start(messages(), "replaying", "records")) {
            stop.onStop(Thread.currentThread()::interrupt);
            if (stop.isStopped()) {
                Thread.currentThread().interrupt();
            }
            final Report report = run.run(
                    workers,
                    progress,
                    (task, instruments) -> ReplayRows.open(
                            csvFile == null ? null : run.partFile(csvFile, task),
                            true,
                            features,
                            trigger,
                            instruments));
            progress.clear();
            if (csvFile != null) {
                run.joinParts(csvFile, TextOutput.open(csvFile, force));
            }
            errorOptions.addTo(report);
            if (showsSummary()) {
                report.print(out(), json());
            }
        } catch (final InterruptedException ex) {
            messages()
                    .println("tapedeck: stopped by a signal; of a replay by workers there is no result before its end");
            return ExitCode.FAILED;
        } finally {
            run.deleteParts(csvFile);
        }
        return ExitCode.OK;
    }

    private boolean showsSummary() {
        return !print && (csvFile == null || !TextOutput.isStandardOutput(csvFile));
    }

    private void requireMeaning() throws IOException {
        if (print && (hash || count)) {
            throw usage("--print shows records and no summary: it goes with neither --hash nor --count");
        }
        if (maxWaitSeconds != null && (speed.equals("max") || !(maxWaitSeconds > 0))) {
            throw usage("--max-wait " + maxWaitSeconds + " needs --speed with a multiple of real time, and is above 0");
        }
        if (follow && (workers != null || explain)) {
            throw usage("--follow goes with neither --workers nor --explain: how much there will be is not known");
        }
        final String fault = errorOptions.fault(force);
        if (fault != null) {
            throw usage(fault);
        }
        requireFeatures();
        requireWorkers();
        if (journalFile != null && Files.exists(journalFile)) {
            for (final Tape tape : Tape.find(path)) {
                if (Files.isSameFile(tape.file(), journalFile)) {
                    throw usage("--journal " + journalFile + " is one of the files that are read");
                }
            }
        }
    }

    private void requireFeatures() {
        if (features == null ? trigger != null : csvFile == null) {
            throw usage(features == null ? "--trigger needs --features" : "--features needs --csv FILE");
        }
        if (features != null
                && (from != null || types != null || every != null || everyPerSymbol != null || sample != null)) {
            throw usage(
                    "--features needs every record from the start of the day, for its books: only --symbols and --to go"
                            + " with it");
        }
    }

    private void requireWorkers() {
        if (workers == null && split != null) {
            throw usage("--split needs --workers");
        }
        if (split != null && !split.equals("unit") && !split.equals("instrument")) {
            throw usage("--split is unit or instrument: " + split);
        }
        if (workers != null && (workers < 1 || print || journalFile != null || !speed.equals("max"))) {
            throw usage(
                    "--workers takes 1 or more, and goes with neither --print nor --journal nor --speed: " + workers);
        }
    }

    private ReplayPipelineBuilder choose(final ReplayPipelineBuilder builder, final EventSource source) {
        if (follow) {
            builder.follow();
        }
        if (errorOptions.isChecking()) {
            // The check needs whole days, so of the filters only the one that leaves out whole books comes before it.
            chooseSymbols(builder);
            errorOptions.check(builder, source);
            chooseTimes(builder);
        } else {
            chooseTimes(builder);
            chooseSymbols(builder);
        }
        return chooseRest(builder);
    }

    private void chooseTimes(final ReplayPipelineBuilder builder) {
        if (from != null || to != null) {
            builder.timeRange(
                    from == null ? Long.MIN_VALUE : TimeOfDay.parse(from),
                    to == null ? Long.MAX_VALUE : TimeOfDay.parse(to));
        }
    }

    private void chooseSymbols(final ReplayPipelineBuilder builder) {
        if (symbols != null) {
            builder.symbols(symbols);
        }
    }

    private ReplayPipelineBuilder chooseRest(final ReplayPipelineBuilder builder) {
        if (types != null) {
            builder.types(types);
        }
        if (every != null) {
            builder.everyNth(every);
        }
        if (everyPerSymbol != null) {
            builder.everyNthPerInstrument(everyPerSymbol);
        }
        if (sample != null) {
            builder.hashSample(sample, 0);
        }
        final Pace pace = Pace.parse(speed);
        if (pace.isPaced()) {
            final Pacing pacing = Pacing.times(pace.speed());
            builder.pacing(
                    maxWaitSeconds == null
                            ? pacing
                            : pacing.withMaxWait((long) (maxWaitSeconds * 1e9), TimeUnit.NANOSECONDS));
        }
        return builder;
    }

    private static ReplayStatistics run(
            final ReplayPipelineBuilder builder, final Progress progress, final StopSignal stop) throws IOException {
        final ReplayPipeline[] pipeline = new ReplayPipeline[1];
        builder.onProgress(read -> progress.update(read, pipeline[0].progress().fraction()));
        pipeline[0] = builder.build();
        stop.onStop(pipeline[0]::cancel);
        if (stop.isStopped()) {
            pipeline[0].cancel();
        }
        return pipeline[0].run();
    }

    private ReplayHandler printer(final EventSource source) {
        final RecordPrinter printer =
                new RecordPrinter(InstrumentTable.of(source.instruments()), new ItchPrinter(out()));
        return new PrintSink(printer, out());
    }

    /** The metadata of the first tape; a session of several units is written as its first one. */
    private SessionMetadata journalMetadata() throws IOException {
        try (TailSource tape = TailSource.open(Tape.find(path).get(0).file(), 1)) {
            final SessionMetadata metadata = tape.metadata();
            final Recipe recipe = metadata.recipe();
            return new SessionMetadata(
                    metadata.sessionDate(),
                    metadata.zone(),
                    metadata.unit(),
                    metadata.sessionName(),
                    new Recipe(
                            "replay", recipe.generatorVersion(), recipe.model(), recipe.parameters(), recipe.seeds()),
                    metadata.instruments());
        }
    }

    private Report report(final ReplayStatistics statistics, final CountSink counted, final HashSink hashed) {
        final Report report = ReplayReport.result(path, statistics, counted);
        if (hashed != null) {
            report.add("hash", "hash", hashed.hash());
        }
        if (csvFile != null) {
            report.add("file", "rows written to", csvFile.toString());
        }
        if (journalFile != null) {
            report.add("journal", "journal written to", journalFile.toString());
        }
        return report;
    }
}
