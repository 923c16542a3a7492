package io.tapedeck.tools.commands;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.replay.CountSink;
import io.tapedeck.engine.replay.CsvSink;
import io.tapedeck.engine.replay.EventSource;
import io.tapedeck.engine.replay.FilterHandler;
import io.tapedeck.engine.replay.HashSink;
import io.tapedeck.engine.replay.InstrumentTable;
import io.tapedeck.engine.replay.RecordFilter;
import io.tapedeck.engine.replay.Replay;
import io.tapedeck.engine.replay.ReplayHandler;
import io.tapedeck.engine.replay.SourceState;
import io.tapedeck.engine.replay.SymbolFilter;
import io.tapedeck.engine.replay.TimeFilter;
import io.tapedeck.engine.replay.TypeFilter;
import io.tapedeck.engine.text.CsvChannel;
import io.tapedeck.engine.text.RecordCsv;
import io.tapedeck.feed.itch.ItchPrinter;
import io.tapedeck.feed.itch.RecordPrinter;
import io.tapedeck.tools.cli.BaseCommand;
import io.tapedeck.tools.cli.ExitCode;
import io.tapedeck.tools.cli.Progress;
import io.tapedeck.tools.cli.Report;
import io.tapedeck.tools.cli.TimeOfDay;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Plays tapes back as fast as they can be read. */
@Command(
        name = "replay",
        description = {
            "Play a journal of format 2, or all tapes of a data set, as fast as they can be read: day after day, the units of",
            "a day merged by time. Filters choose records; what is left is counted, hashed, printed or written as rows."
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

    @Option(names = "--force", description = "Overwrite the file if it is there.")
    private boolean force;

    @ArgGroup
    private final Sink sink = new Sink();

    /** What becomes of the records that are left; one of them. */
    private static final class Sink {
        @Option(
                names = "--csv",
                paramLabel = "FILE",
                description = "Write rows: " + RecordCsv.HEADER + ". - is standard output.")
        private Path csvFile;

        @Option(names = "--print", description = "Print a line for each record, as 'listen --print' does for messages.")
        private boolean print;

        @Option(names = "--count", description = "Only count; this is what happens without any of the others.")
        private boolean count;

        @Option(
                names = "--hash",
                description = "Also show the SHA-256 over all records; of a whole tape it is its content hash.")
        private boolean hash;
    }

    @Override
    public Integer call() throws IOException {
        try (EventSource source = JournalTapes.open(path);
                Progress progress = Progress.start(messages(), "replaying", "records")) {
            final List<RecordFilter> filters = filters(source);
            final CountSink count = new CountSink();
            final HashSink hash = sink.hash ? new HashSink() : null;
            final long startNs = System.nanoTime();
            final long read;
            if (sink.print) {
                read = run(source, filters, new Both(count, printer(source)), progress);
            } else if (sink.csvFile == null) {
                read = run(source, filters, hash == null ? count : new Both(count, hash), progress);
            } else {
                try (CsvChannel out = new CsvChannel(TextOutput.open(sink.csvFile, force))) {
                    final RecordCsv csv = new RecordCsv(out, InstrumentTable.of(source.instruments()));
                    read = run(source, filters, new Both(count, new CsvSink(csv)), progress);
                }
            }
            progress.clear();
            if (!sink.print && (sink.csvFile == null || !TextOutput.isStandardOutput(sink.csvFile))) {
                report(source, count, hash, read, (System.nanoTime() - startNs) / 1e9)
                        .print(out(), json());
            }
        }
        return ExitCode.OK;
    }

    private ReplayHandler printer(final EventSource source) {
        final RecordPrinter printer =
                new RecordPrinter(InstrumentTable.of(source.instruments()), new ItchPrinter(out()));
        return printer::onBatch;
    }

    private List<RecordFilter> filters(final EventSource source) throws IOException {
        final List<RecordFilter> filters = new ArrayList<>();
        if (from != null || to != null) {
            final long fromNs = from == null ? Long.MIN_VALUE : TimeOfDay.parse(from);
            filters.add(new TimeFilter(fromNs, to == null ? Long.MAX_VALUE : TimeOfDay.parse(to)));
            if (from != null) {
                source.seekTime(fromNs);
            }
        }
        if (symbols != null) {
            filters.add(new SymbolFilter(symbols, source.instruments()));
        }
        if (types != null) {
            filters.add(new TypeFilter(types));
        }
        return filters;
    }

    private static long run(
            final EventSource source,
            final List<RecordFilter> filters,
            final ReplayHandler handler,
            final Progress progress)
            throws IOException {
        final double total = source.eventCount();
        return Replay.run(
                source,
                filters.isEmpty() ? handler : new FilterHandler(filters, handler),
                count -> progress.update(count, count / total));
    }

    private Report report(
            final EventSource source,
            final CountSink count,
            final HashSink hash,
            final long read,
            final double seconds) {
        final Report report = new Report()
                .add("path", "path", path.toString())
                .add("sessions", "sessions", count.sessionCount())
                .add("read", "records read", read)
                .add("records", "records kept", count.recordCount());
        if (count.recordCount() > 0) {
            report.add("firstTimestampNs", "first", count.firstTimeNs(), TimeOfDay.format(count.firstTimeNs()))
                    .add("lastTimestampNs", "last", count.lastTimeNs(), TimeOfDay.format(count.lastTimeNs()));
        }
        if (hash != null) {
            report.add("hash", "hash", hash.hash());
        }
        if (sink.csvFile != null) {
            report.add("file", "written to", sink.csvFile.toString());
        }
        final boolean isWhole = source.state() == SourceState.ENDED;
        return report.add(
                        "whole",
                        "whole",
                        isWhole,
                        isWhole
                                ? "yes"
                                : "no: the last tape is not closed; it is being written, or its writer was stopped")
                .add("seconds", "seconds", seconds)
                .add("recordsPerSecond", "records/s", read / seconds, Progress.rate(read / seconds));
    }

    /** Hands everything to two handlers. */
    private record Both(ReplayHandler first, ReplayHandler second) implements ReplayHandler {
        @Override
        public void onSession(final LocalDate date) {
            first.onSession(date);
            second.onSession(date);
        }

        @Override
        public void onBatch(final SlotArray slots, final long low, final long high) {
            first.onBatch(slots, low, high);
            second.onBatch(slots, low, high);
        }
    }
}
