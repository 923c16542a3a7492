package io.tapedeck.tools.commands;

import io.tapedeck.engine.importer.DataSetRecorder;
import io.tapedeck.engine.importer.ItchFileFacts;
import io.tapedeck.engine.importer.ItchInstruments;
import io.tapedeck.engine.importer.ItchSource;
import io.tapedeck.journal.manifest.Instrument;
import io.tapedeck.journal.manifest.Recipe;
import io.tapedeck.tools.cli.BaseCommand;
import io.tapedeck.tools.cli.ExitCode;
import io.tapedeck.tools.cli.Progress;
import io.tapedeck.tools.cli.Report;
import io.tapedeck.tools.cli.VersionProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a data set of ITCH files. */
@Command(
        name = "itch50",
        description = {
            "Make a data set of uncompressed ITCH 5.0 files (BinaryFILE framing), one tape for each file. Every message becomes",
            "a record, and 'export itch50' gives the same bytes back. Instrument ids are the stock locates."
        })
public final class ImportItch50Command extends BaseCommand {
    /** Name of the parameter that says whether the file had the mark that ends a session. */
    static final String END_MARK = "endMark";

    static final String MODEL = "itch50";

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "ITCH files, days ascending.")
    private List<Path> files;

    @Option(
            names = "--date",
            paramLabel = "DATE",
            split = ",",
            required = true,
            description = "Session dates, one for each file: 2019-12-30. No message says them.")
    private List<LocalDate> dates;

    @Mixin
    private ImportOptions options;

    @Override
    public Integer call() throws IOException {
        if (dates.size() != files.size()) {
            throw usage(
                    "--date must have a date for each file: " + dates.size() + " dates, " + files.size() + " files");
        }
        for (int i = 1; i < dates.size(); i++) {
            if (!dates.get(i).isAfter(dates.get(i - 1))) {
                throw usage("--date must be ascending: " + dates.get(i) + " comes after " + dates.get(i - 1));
            }
        }
        final ItchInstruments scan = new ItchInstruments();
        final List<ItchFileFacts> facts = new ArrayList<>();
        long total = 0;
        for (final Path file : files) {
            facts.add(scan.scan(file));
            total += facts.get(facts.size() - 1).messageCount();
        }
        final List<Instrument> instruments = scan.instruments();
        final Recipe recipe = new Recipe("tapedeck", VersionProvider.tapeVersion(), MODEL, Map.of(), Map.of());
        final DataSetRecorder recorder =
                DataSetRecorder.create(options.output(), recipe, options.zone(), instruments, options.isForced());
        long records = 0;
        try (Progress progress = Progress.start(messages(), "importing", "messages")) {
            for (int i = 0; i < files.size(); i++) {
                records += record(recorder, i, instruments, facts.get(i), progress, records, total);
            }
        }
        new Report()
                .add("sessions", "sessions", files.size())
                .add("instruments", "instruments", instruments.size())
                .add("records", "records", records)
                .add("folder", "written to", options.output().toString())
                .print(out(), json());
        return ExitCode.OK;
    }

    private long record(
            final DataSetRecorder recorder,
            final int file,
            final List<Instrument> instruments,
            final ItchFileFacts facts,
            final Progress progress,
            final long before,
            final double total)
            throws IOException {
        final Map<String, String> parameters = Map.of(END_MARK, Boolean.toString(facts.hasEndMark()));
        try (ItchSource source = ItchSource.open(files.get(file), dates.get(file), instruments, facts)) {
            return recorder.record(
                    source,
                    dates.get(file),
                    parameters,
                    Map.of(),
                    count -> progress.update(before + count, (before + count) / total));
        }
    }
}
