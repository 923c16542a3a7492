package io.tapedeck.tools.commands;

import io.tapedeck.engine.exporter.Format1Sink;
import io.tapedeck.engine.exporter.Format1Survey;
import io.tapedeck.engine.replay.EventSource;
import io.tapedeck.journal.format1.Format1Header;
import io.tapedeck.journal.format1.Format1Writer;
import io.tapedeck.journal.manifest.Instrument;
import io.tapedeck.tools.cli.BaseCommand;
import io.tapedeck.tools.cli.ExitCode;
import io.tapedeck.tools.cli.Progress;
import io.tapedeck.tools.cli.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes one instrument's session in format 1. */
@Command(
        name = "qrsdp1",
        description = {
            "Write one instrument's session in journal format 1: order events squeezed into its six types, with the orders' ids.",
            "Partial cancels become cancels with their quantity, replacements a cancel and an addition. Trades, crosses and",
            "messages without an order do not fit; they are left out and counted."
        })
public final class ExportQrsdp1Command extends BaseCommand {
    @Parameters(paramLabel = "PATH", description = "Journal of format 2, or folder of a data set with one session.")
    private Path path;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "File to write.")
    private Path output;

    @Option(
            names = "--symbol",
            paramLabel = "SYMBOL",
            description = "Instrument to write; needed where the session has several.")
    private String symbol;

    @Option(names = "--force", description = "Overwrite the file if it is there.")
    private boolean force;

    @Override
    public Integer call() throws IOException {
        final Format1Header header;
        try (EventSource source = JournalTapes.openSession(path);
                Progress progress = Progress.start(messages(), "looking", "records")) {
            final Format1Survey survey = new Format1Survey(instrument(source));
            JournalTapes.playAll(source, survey, progress);
            header = survey.header(0);
        }
        try (EventSource source = JournalTapes.openSession(path);
                Progress progress = Progress.start(messages(), "exporting", "records");
                Format1Writer writer =
                        force ? Format1Writer.replace(output, header) : Format1Writer.create(output, header)) {
            final Format1Sink sink = new Format1Sink(writer, instrument(source).id());
            JournalTapes.playAll(source, sink, progress);
            progress.clear();
            new Report()
                    .add("records", "records", writer.recordCount())
                    .add("leftOut", "left out: no type for them", sink.leftOutCount())
                    .add("refused", "refused: no book has them", sink.refusedCount())
                    .add("lostPrices", "prices of trades lost", sink.lostPriceCount())
                    .add("file", "written to", output.toString())
                    .print(out(), json());
        }
        return ExitCode.OK;
    }

    private Instrument instrument(final EventSource source) {
        final List<Instrument> instruments = source.instruments();
        if (symbol == null && instruments.size() != 1) {
            throw usage(
                    "--symbol is missing: format 1 holds one instrument, and the session has " + instruments.size());
        }
        return instruments.stream()
                .filter(instrument -> symbol == null || instrument.symbol().equals(symbol))
                .findFirst()
                .orElseThrow(() -> usage("no instrument of the session has the symbol " + symbol));
    }
}
