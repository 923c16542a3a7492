package io.tapedeck.tools.commands;

import io.tapedeck.engine.pipeline.ThreadPins;
import io.tapedeck.engine.run.Regeneration;
import io.tapedeck.engine.run.Resumption;
import io.tapedeck.engine.run.RunRecipe;
import io.tapedeck.engine.run.TapeRun;
import io.tapedeck.engine.run.TapeRunSummary;
import io.tapedeck.engine.session.ReferenceRun;
import io.tapedeck.engine.session.RunSecurity;
import io.tapedeck.engine.session.RunSummary;
import io.tapedeck.engine.session.SessionParameters;
import io.tapedeck.engine.session.SessionRecorder;
import io.tapedeck.engine.session.SessionSummary;
import io.tapedeck.journal.manifest.DataSetManifest;
import io.tapedeck.tools.cli.BaseCommand;
import io.tapedeck.tools.cli.CheckFailedException;
import io.tapedeck.tools.cli.ExitCode;
import io.tapedeck.tools.cli.Report;
import io.tapedeck.tools.cli.StopSignal;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Simulates sessions and records them. */
@Command(
        name = "run",
        description = {
            "Simulate trading sessions and record every event.",
            "The same seed and options always write the same events. SIGINT and SIGTERM end the session at work early;",
            "its file is closed in good order."
        })
public final class RunCommand extends BaseCommand {
    private static final String FILE_SUFFIX = ".qrsdp";
    private static final String DEFAULT_SYMBOL = "TAPE";
    private static final Set<String> RECORD_OPTIONS =
            Set.of("--reference", "--seed", "--days", "--start-date", "--securities", "--units");
    private static final Set<String> FILE_OPTIONS = Set.of("--output", "--chunk-size", "--compression", "--force");
    private static final Set<Class<?>> RECORD_OPTION_CLASSES =
            Set.of(SessionOptions.class, ModelOptions.class, ClockOptions.class, FactorOptions.class);

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--reference",
            description =
                    "Regenerate the seed program's streams bit for bit, in journal format 1: its random numbers, seeds,"
                            + " calendar and manifest. Otherwise: order-level records in journal format 2.")
    private boolean reference;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            converter = SeedConverter.class,
            description =
                    "Seed of the first session, 0 to 2^64 - 1. Each further day adds 1, each further security 1024."
                            + " Default: ${DEFAULT-VALUE}.")
    private Long seed;

    @Option(
            names = "--days",
            paramLabel = "N",
            description =
                    "Number of sessions per security; 0 goes on until SIGINT or SIGTERM. Default: 5; 1 for a single file.")
    private Integer days;

    @Option(
            names = "--start-date",
            paramLabel = "DATE",
            defaultValue = "2026-01-02",
            description =
                    "Date of the first session; further ones are on the weekdays that follow. Default: ${DEFAULT-VALUE}.")
    private String startDate;

    @Option(
            names = "--securities",
            paramLabel = "SYM:TICKS",
            split = ",",
            converter = SecurityConverter.class,
            description = "Securities and their opening prices, for example AAPL:10000,MSFT:15000; each gets a folder.")
    private List<RunSecurity> securities = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "PATH",
            description =
                    "Directory for the run, or a name ending in .qrsdp for a single session. Default: output/run_SEED.")
    private Path output;

    @Option(
            names = "--chunk-size",
            paramLabel = "N",
            defaultValue = "0",
            description = "Records per chunk of the journal; 0 means 16384, and 4096 for a journal of format 1."
                    + " Default: ${DEFAULT-VALUE}.")
    private int chunkCapacity;

    @Option(names = "--force", description = "Overwrite files that are there.")
    private boolean force;

    @Option(
            names = "--flags-csv",
            paramLabel = "FILE",
            description =
                    "Single session: write the flags that the journal does not keep, one row 'index,flags' for each event"
                            + " with any: 1 best ask rose, 2 best bid fell, 4 book redrawn.")
    private Path flagsFile;

    @Option(names = "--perf-doc", paramLabel = "FILE", description = "Write rates and sizes of the run as Markdown.")
    private Path perfDoc;

    @Option(
            names = "--from",
            paramLabel = "RUN_DIR",
            description =
                    "Make the run in this folder again, from its manifest alone, and compare the content. Goes with options that"
                            + " change no record. Exit code 4 if a tape has other records.")
    private Path original;

    @Option(
            names = "--resume",
            paramLabel = "RUN_DIR",
            description =
                    "Go on with the run in this folder where it was cut off, to the end that it was begun for. What is"
                            + " on its tapes is made again and compared, and stays as it is. Goes with options that change no byte.")
    private Path resumed;

    @Mixin
    private SessionOptions session;

    @Mixin
    private TapeOptions tape;

    @Mixin
    private RunFeedOptions feed;

    @Mixin
    private ProcessOptions process;

    @Override
    public Integer call() throws IOException, InterruptedException {
        refuseContradictions();
        requireAbsent(perfDoc);
        requireAbsent(flagsFile);
        if (original != null) {
            return runAgain(manifest("--from", original));
        }
        if (resumed != null) {
            return resume(manifest("--resume", resumed));
        }
        try (StopSignal stop = new StopSignal();
                RunProgress progress =
                        new RunProgress(messages(), isSingleFile() ? 1 : days(), Math.max(1, securities.size()))) {
            final int code = reference ? runReference(stop, progress) : runTape(stop, progress);
            stop.complete(code);
            return code;
        }
    }

    private int runReference(final StopSignal stop, final RunProgress progress)
            throws IOException, InterruptedException {
        final SessionParameters parameters = session.parameters(messages(), reference);
        final RunSummary summary = isSingleFile()
                ? runSingleFile(parameters, stop, progress)
                : ReferenceRun.run(new ReferenceRun.Context()
                        .outputDirectory(directory())
                        .parameters(parameters)
                        .securities(securities)
                        .baseSeed(seed)
                        .days(days())
                        .startDate(startDate)
                        .chunkCapacity(chunkCapacity)
                        .force(force)
                        .stop(stop::isStopped)
                        .listener(progress));
        progress.clear();
        RunTable.report(summary, isSingleFile() ? output : directory()).print(out(), json());
        if (perfDoc != null) {
            PerfDocument.write(perfDoc, parameters, summary);
        }
        return ExitCode.OK;
    }

    private int runTape(final StopSignal stop, final RunProgress progress) throws IOException, InterruptedException {
        final SessionParameters parameters = session.parameters(messages(), reference);
        final TapeRun.Context context = tape.withUnits(new TapeRun.Context()
                .parameters(parameters)
                .securities(
                        securities.isEmpty()
                                ? List.of(new RunSecurity(DEFAULT_SYMBOL, parameters.p0Ticks()))
                                : securities)
                .seed(seed)
                .days(days())
                .startDate(parseDate()));
        return codeOf(run(context, tape.units(), parameters, stop, progress));
    }

    private int runAgain(final DataSetManifest manifest) throws IOException, InterruptedException {
        final TapeRun.Context context = Regeneration.of(manifest);
        try (StopSignal stop = new StopSignal();
                RunProgress progress = new RunProgress(
                        messages(), manifest.days().size(), manifest.units().size())) {
            final TapeRunSummary summary =
                    run(context, manifest.units().size(), RunRecipe.parameters(manifest.recipe()), stop, progress);
            final List<String> differences = Regeneration.differences(manifest, summary);
            stop.complete(differences.isEmpty() ? codeOf(summary) : ExitCode.CHECK);
            if (!differences.isEmpty()) {
                throw new CheckFailedException(original + ": " + differences.size()
                        + " of its tapes have other records when made again; the first: " + differences.get(0));
            }
            return codeOf(summary);
        }
    }

    private int resume(final DataSetManifest manifest) throws IOException, InterruptedException {
        final TapeRun.Context context = Resumption.of(resumed, manifest);
        if (Resumption.isComplete(manifest)) {
            new Report()
                    .add("output", "in", resumed.toString())
                    .add(
                            "complete",
                            "complete",
                            true,
                            "all " + manifest.days().size() + " days are done, nothing is left to do")
                    .print(out(), json());
            return ExitCode.OK;
        }
        final int days = manifest.plan().days() == 0
                ? 0
                : manifest.plan().days() - manifest.days().size();
        try (StopSignal stop = new StopSignal();
                RunProgress progress =
                        new RunProgress(messages(), days, manifest.units().size())) {
            final int code = codeOf(
                    run(context, manifest.units().size(), RunRecipe.parameters(manifest.recipe()), stop, progress));
            stop.complete(code);
            return code;
        }
    }

    private static int codeOf(final TapeRunSummary summary) {
        return summary.isClean() ? ExitCode.OK : ExitCode.FAILED;
    }

    private DataSetManifest manifest(final String option, final Path run) throws IOException {
        if (!DataSetManifest.isIn(run)) {
            throw usage(option + " " + run + " is no run that can be made again: "
                    + (Files.exists(run.resolve(DataSetManifest.FILE_NAME))
                            ? "the manifest of a reference run does not name model and parameters"
                            : "it has no " + DataSetManifest.FILE_NAME));
        }
        return DataSetManifest.read(run.resolve(DataSetManifest.FILE_NAME));
    }

    /** Runs what the context says, in the way that the options say. */
    private TapeRunSummary run(
            final TapeRun.Context context,
            final int units,
            final SessionParameters parameters,
            final StopSignal stop,
            final RunProgress progress)
            throws IOException, InterruptedException {
        final OperatorListener listener = new OperatorListener();
        final FeedConsumers publishers = feed.isWanted() ? feed.consumers() : null;
        final Set<String> threads = new TreeSet<>(List.of("producer", "journal"));
        if (publishers != null) {
            threads.addAll(publishers.threads());
        }
        final ThreadPins pins = process.pins(threads, units);
        if (publishers != null) {
            publishers.pins(pins, listener);
            context.consumers(publishers);
        }
        tape.applyTo(context);
        final Path folder = resumed == null ? directory() : resumed;
        if (resumed == null) {
            tape.applyFormTo(context)
                    .outputDirectory(folder)
                    .chunkCapacity(chunkCapacity == 0 ? TapeRun.Context.DEFAULT_CHUNK_CAPACITY : chunkCapacity);
        }
        final TapeRunSummary summary = TapeRun.run(context.force(force)
                .pins(pins)
                .countersFile(process.countersFile(folder.resolve(TapeRun.COUNTERS_FILE_NAME)))
                .listener(listener)
                .stop(stop::isStopped)
                .progress(progress));
        progress.clear();
        TapeTable.report(summary, folder, publishers).print(out(), json());
        if (perfDoc != null) {
            PerfDocument.write(perfDoc, parameters, summary);
        }
        return summary;
    }

    private boolean isSingleFile() {
        return reference && output != null && output.toString().endsWith(FILE_SUFFIX);
    }

    private void refuseContradictions() {
        if (original != null && resumed != null) {
            throw usage("--from makes a run anew and --resume goes on with one; give one of them");
        }
        if (original != null) {
            refuseOtherRecords("--from " + original);
            if (output == null) {
                throw usage("--from " + original + " needs a folder for the new run; name one with --output");
            }
        }
        if (resumed != null) {
            refuseOtherRecords("--resume " + resumed);
            refuseOtherFiles();
        }
        if (!reference) {
            if (flagsFile != null) {
                throw usage("--flags-csv " + flagsFile + " goes with --reference");
            }
            if (output != null && output.toString().endsWith(FILE_SUFFIX)) {
                throw usage(
                        "--output " + output + " names a single file, which only --reference writes; name a folder");
            }
        } else if (process.isUsed()) {
            throw usage("--counters and --pin do not go with --reference, which has no ring");
        } else if (feed.isWanted()) {
            throw usage("--itch does not go with --reference: its deletes name orders that never were");
        }
        if (isSingleFile() && (days != null && days != 1 || !securities.isEmpty())) {
            throw usage("--output " + output + " names a single session, but "
                    + (securities.isEmpty() ? "--days " + days : "--securities")
                    + " asks for several; name a directory instead");
        }
        if (flagsFile != null && !isSingleFile()) {
            throw usage("--flags-csv " + flagsFile + " goes with a single session; name a file ending in " + FILE_SUFFIX
                    + " with --output");
        }
        if (chunkCapacity < 0) {
            throw usage("--chunk-size must be 0 or more: " + chunkCapacity);
        }
    }

    /** A run that is made again takes from the command line only what changes no record. */
    private void refuseOtherRecords(final String what) {
        for (final OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            final Class<?> declarer = ((Field) option.userObject()).getDeclaringClass();
            if (RECORD_OPTIONS.contains(option.longestName()) || RECORD_OPTION_CLASSES.contains(declarer)) {
                throw usage(what + " takes every parameter from that run's manifest; leave " + option.longestName()
                        + " out");
            }
        }
    }

    /** A run that goes on keeps its folder and the form of its tapes. */
    private void refuseOtherFiles() {
        for (final OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            if (FILE_OPTIONS.contains(option.longestName())) {
                throw usage("--resume " + resumed + " goes on in that folder as the run began; leave "
                        + option.longestName() + " out");
            }
        }
    }

    private LocalDate parseDate() {
        try {
            return LocalDate.parse(startDate);
        } catch (final DateTimeParseException ex) {
            throw usage("--start-date must be a date of the form yyyy-mm-dd: " + startDate);
        }
    }

    private void requireAbsent(final Path file) {
        if (file != null && !force && Files.exists(file)) {
            throw usage(file + " exists; choose another name or overwrite it with --force");
        }
    }

    private int days() {
        return days == null ? 5 : days;
    }

    private Path directory() {
        return output != null ? output : Path.of("output", "run_" + Long.toUnsignedString(seed));
    }

    private RunSummary runSingleFile(
            final SessionParameters parameters, final StopSignal stop, final RunProgress progress) throws IOException {
        final long startNs = System.nanoTime();
        if (output.getParent() != null) {
            Files.createDirectories(output.getParent());
        }
        final SessionRecorder recorder = new SessionRecorder(
                parameters,
                chunkCapacity == 0 ? SessionRecorder.DEFAULT_CHUNK_CAPACITY : chunkCapacity,
                progress,
                stop::isStopped);
        final SessionSummary summary;
        if (flagsFile == null) {
            summary = recorder.record(null, startDate, seed, parameters.p0Ticks(), output, force, null);
        } else {
            try (FlagsCsv flags = FlagsCsv.create(flagsFile)) {
                summary = recorder.record(null, startDate, seed, parameters.p0Ticks(), output, force, flags);
            }
        }
        progress.onSessionEnd(summary);
        return new RunSummary(List.of(summary), System.nanoTime() - startNs, stop.isStopped());
    }
}
