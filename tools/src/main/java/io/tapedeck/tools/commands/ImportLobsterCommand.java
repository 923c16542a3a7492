package io.tapedeck.tools.commands;

import io.tapedeck.engine.importer.DataSetRecorder;
import io.tapedeck.engine.importer.LobsterFacts;
import io.tapedeck.engine.importer.LobsterSession;
import io.tapedeck.engine.importer.LobsterSource;
import io.tapedeck.engine.importer.UnknownReference;
import io.tapedeck.journal.manifest.Recipe;
import io.tapedeck.tools.cli.BaseCommand;
import io.tapedeck.tools.cli.ExitCode;
import io.tapedeck.tools.cli.Progress;
import io.tapedeck.tools.cli.Report;
import io.tapedeck.tools.cli.VersionProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a data set of a session from LOBSTER. */
@Command(
        name = "lobster",
        description = {
            "Make a data set of a LOBSTER message file. Symbol, date and hours are taken from its name",
            "(AAPL_2012-06-21_34200000_57600000_message_10.csv). Orders that no row enters, because they were there before the",
            "file begins or outside of its levels, are added with what their rows take off, and counted; an order book file",
            "says what else was there."
        })
public final class ImportLobsterCommand extends BaseCommand {
    static final String MODEL = "lobster";

    private static final Pattern NAME =
            Pattern.compile("([!-~&&[^_]]{1,8})_(\\d{4}-\\d{2}-\\d{2})_(\\d{1,8})_(\\d{1,8})_message_(\\d{1,4})\\.csv");
    private static final long NS_PER_MS = 1_000_000;

    @Parameters(index = "0", paramLabel = "MESSAGES", description = "Message file.")
    private Path messageFile;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "ORDERBOOK",
            description = "Order book file of the same rows, from which the depth is seeded that no message explains.")
    private Path orderBookFile;

    @Option(names = "--symbol", paramLabel = "SYMBOL", description = "Symbol, instead of the one in the file's name.")
    private String symbol;

    @Option(names = "--date", paramLabel = "DATE", description = "Session date, instead of the one in the file's name.")
    private LocalDate date;

    @Mixin
    private ImportOptions options;

    @Override
    public Integer call() throws IOException {
        final Matcher name = NAME.matcher(messageFile.getFileName().toString());
        final boolean hasName = name.matches();
        if (!hasName && (symbol == null || date == null)) {
            throw usage("--symbol and --date are needed: the name " + messageFile.getFileName()
                    + " does not say them; LOBSTER's is SYMBOL_DATE_START_END_message_LEVELS.csv");
        }
        final LobsterFacts facts = LobsterFacts.of(messageFile);
        final LobsterSession session = new LobsterSession(
                messageFile,
                orderBookFile,
                symbol == null ? name.group(1) : symbol,
                date == null ? LocalDate.parse(name.group(2)) : date,
                hasName ? Long.parseLong(name.group(3)) * NS_PER_MS : facts.firstNs(),
                hasName ? Long.parseLong(name.group(4)) * NS_PER_MS : facts.lastNs());
        final Recipe recipe = new Recipe(
                "tapedeck", VersionProvider.tapeVersion(), MODEL, parameters(facts, name, hasName), Map.of());
        final Report report = new Report();
        try (LobsterSource source = LobsterSource.open(session, facts);
                Progress progress = Progress.start(messages(), "importing", "records")) {
            final DataSetRecorder recorder = DataSetRecorder.create(
                    options.output(), recipe, options.zone(), source.instruments(), options.isForced());
            final long records = recorder.record(
                    source,
                    session.date(),
                    Map.of(),
                    Map.of(),
                    count -> progress.update(count, Math.min(1, (double) count / facts.rowCount())));
            progress.clear();
            report.add("symbol", "symbol", session.symbol())
                    .add("date", "date", session.date().toString())
                    .add("rows", "rows", facts.rowCount())
                    .add("records", "records", records)
                    .add("unknownReferences", "rows about orders that none enters", facts.unknownReferenceCount())
                    .add("neverEntered", "  such orders", facts.neverEnteredCount())
                    .add("openingOrders", "  there at the start", source.openingOrderCount())
                    .add("lateOrders", "  added before their first row", source.lateOrderCount())
                    .add("contradictions", "rows that contradict others", facts.contradictionCount());
            if (orderBookFile != null) {
                report.add("enteredLevels", "levels seeded as they came into view", source.enteredLevelCount())
                        .add("correctedLevels", "levels in view that did not agree", source.correctedLevelCount());
            }
        }
        addUnknownReferences(report, facts.unknownReferences(), facts.unknownReferenceCount());
        report.add("folder", "written to", options.output().toString()).print(out(), json());
        return ExitCode.OK;
    }

    private Map<String, String> parameters(final LobsterFacts facts, final Matcher name, final boolean hasName) {
        final Map<String, String> parameters = new LinkedHashMap<>();
        if (hasName) {
            parameters.put("levels", name.group(5));
        }
        parameters.put("rows", Long.toString(facts.rowCount()));
        parameters.put("unknown_references", Long.toString(facts.unknownReferenceCount()));
        parameters.put("seeded_from_order_book", Boolean.toString(orderBookFile != null));
        return parameters;
    }

    private static void addUnknownReferences(
            final Report report, final List<UnknownReference> noted, final long count) {
        if (count > 0) {
            report.line("  the first rows about orders that none enters: "
                    + noted.stream()
                            .map(row -> "line " + row.messageNumber() + " (type " + row.type() + ", order "
                                    + row.orderReference() + ")")
                            .collect(Collectors.joining(", "))
                    + (count > noted.size() ? ", ..." : ""));
        }
    }
}
