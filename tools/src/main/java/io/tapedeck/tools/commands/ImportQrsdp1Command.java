package io.tapedeck.tools.commands;

import io.tapedeck.engine.importer.DataSetRecorder;
import io.tapedeck.engine.importer.Qrsdp1Session;
import io.tapedeck.engine.importer.Qrsdp1Source;
import io.tapedeck.journal.format1.Format1Header;
import io.tapedeck.journal.format1.Format1Reader;
import io.tapedeck.journal.manifest.Instrument;
import io.tapedeck.journal.manifest.Recipe;
import io.tapedeck.journal.manifest.RunDirectory;
import io.tapedeck.tools.cli.BaseCommand;
import io.tapedeck.tools.cli.ExitCode;
import io.tapedeck.tools.cli.Progress;
import io.tapedeck.tools.cli.Report;
import io.tapedeck.tools.cli.VersionProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a data set of sessions that were recorded in format 1. */
@Command(
        name = "qrsdp1",
        description = {
            "Make a data set of reference sessions (journal format 1): the queue events are kept, and orders are laid over them",
            "from the opening book of the file's header. Sessions with re-initialisations, which format 1 does not record, are",
            "refused."
        })
public final class ImportQrsdp1Command extends BaseCommand {
    static final String MODEL = "qrsdp1";

    private static final String NAMELESS_SYMBOL = "SIM";
    private static final int SUFFIX_LENGTH = ".qrsdp".length();

    @Parameters(paramLabel = "PATH", description = "Run directory, or one journal of format 1.")
    private Path path;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            required = true,
            description = "Folder of the data set to make.")
    private Path output;

    @Option(
            names = "--symbol",
            paramLabel = "SYMBOL",
            defaultValue = NAMELESS_SYMBOL,
            description = "Symbol of the security where the source names none. Default: ${DEFAULT-VALUE}.")
    private String symbol;

    @Option(
            names = "--date",
            paramLabel = "DATE",
            description = "Session date of a single file; without it, its name must be one: 2026-01-02.qrsdp.")
    private LocalDate date;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            converter = SeedConverter.class,
            description =
                    "Decides which orders are cancelled; the queue events do not depend on it. Default: ${DEFAULT-VALUE}.")
    private Long seed;

    @Option(names = "--force", description = "Delete the data set that is there.")
    private boolean force;

    @Override
    public Integer call() throws IOException {
        final SortedMap<LocalDate, List<Qrsdp1Session>> days = Files.isDirectory(path) ? run() : file();
        final List<Instrument> instruments = instruments(days);
        final Recipe recipe =
                new Recipe("tapedeck", VersionProvider.tapeVersion(), MODEL, Map.of(), Map.of("orders", seed));
        final DataSetRecorder recorder =
                DataSetRecorder.create(output, recipe, ZoneId.of("America/New_York"), instruments, force);
        long records = 0;
        try (Progress progress = Progress.start(messages(), "importing", "records")) {
            for (final Map.Entry<LocalDate, List<Qrsdp1Session>> day : days.entrySet()) {
                records += record(recorder, day.getKey(), day.getValue(), progress, records);
            }
        }
        new Report()
                .add("sessions", "sessions", days.size())
                .add("instruments", "instruments", instruments.size())
                .add("records", "records", records)
                .add("folder", "written to", output.toString())
                .print(out(), json());
        return ExitCode.OK;
    }

    private SortedMap<LocalDate, List<Qrsdp1Session>> file() throws IOException {
        final TreeMap<LocalDate, List<Qrsdp1Session>> days = new TreeMap<>();
        days.put(date == null ? dateInName() : date, List.of(session(path, 1, symbol)));
        return days;
    }

    private LocalDate dateInName() {
        final String name = path.getFileName().toString();
        try {
            return LocalDate.parse(name.substring(0, Math.max(0, name.length() - SUFFIX_LENGTH)));
        } catch (final DateTimeParseException ex) {
            throw usage("--date is missing, and the name " + name + " is no date");
        }
    }

    private SortedMap<LocalDate, List<Qrsdp1Session>> run() throws IOException {
        if (date != null) {
            throw usage("--date is for a single file; " + path + " says its dates itself");
        }
        final SortedMap<LocalDate, List<Qrsdp1Session>> days = new TreeMap<>();
        final Map<String, Integer> ids = new LinkedHashMap<>();
        for (final RunDirectory.RunSession session : RunDirectory.open(path).sessions()) {
            final String name = session.symbol() == null ? symbol : session.symbol();
            final Integer id = ids.computeIfAbsent(name, key -> ids.size() + 1);
            days.computeIfAbsent(LocalDate.parse(session.date()), key -> new ArrayList<>())
                    .add(session(session.file(), id, name));
        }
        return days;
    }

    private static Qrsdp1Session session(final Path file, final int id, final String name) throws IOException {
        try (Format1Reader reader = Format1Reader.open(file)) {
            return new Qrsdp1Session(
                    file, new Instrument(id, name, reader.header().tickSize(), Map.of()));
        }
    }

    private static List<Instrument> instruments(final SortedMap<LocalDate, List<Qrsdp1Session>> days) {
        final SortedMap<Integer, Instrument> instruments = new TreeMap<>();
        days.values()
                .forEach(sessions -> sessions.forEach(
                        session -> instruments.putIfAbsent(session.instrument().id(), session.instrument())));
        return List.copyOf(instruments.values());
    }

    private long record(
            final DataSetRecorder recorder,
            final LocalDate day,
            final List<Qrsdp1Session> sessions,
            final Progress progress,
            final long before)
            throws IOException {
        try (Qrsdp1Source source = Qrsdp1Source.open(sessions, day, seed)) {
            final Map<String, String> parameters = new LinkedHashMap<>();
            final Map<String, Long> seeds = new LinkedHashMap<>();
            for (int i = 0; i < sessions.size(); i++) {
                final String name = sessions.get(i).instrument().symbol();
                final Format1Header header = source.headers().get(i);
                seeds.put(name, header.seed());
                parameters.put(name + ".p0Ticks", Integer.toString(header.openingPriceTicks()));
                parameters.put(name + ".sessionSeconds", Integer.toString(header.sessionSeconds()));
                parameters.put(name + ".levelsPerSide", Integer.toString(header.levelsPerSide()));
                parameters.put(name + ".initialSpreadTicks", Integer.toString(header.initialSpreadTicks()));
                parameters.put(name + ".initialDepth", Integer.toString(header.initialDepth()));
            }
            return recorder.record(
                    source, day, parameters, seeds, count -> progress.update(before + count, Double.NaN));
        }
    }
}
