package io.tapedeck.tools.commands;

import io.tapedeck.engine.exporter.ItchFileSink;
import io.tapedeck.engine.replay.EventSource;
import io.tapedeck.engine.replay.InstrumentTable;
import io.tapedeck.engine.replay.JournalSource;
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

/** Writes the records of a session as an ITCH file. */
@Command(
        name = "itch50",
        description = {
            "Write the records of a session as ITCH 5.0 messages (BinaryFILE framing); the units of a day are merged by time.",
            "An imported file comes back byte by byte."
        })
public final class ExportItch50Command extends BaseCommand {
    @Parameters(paramLabel = "PATH", description = "Journal of format 2, or folder of a data set with one session.")
    private Path path;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "File to write; - for standard output.")
    private Path output;

    @Option(names = "--force", description = "Overwrite the file if it is there.")
    private boolean force;

    @Override
    public Integer call() throws IOException {
        try (EventSource source = JournalTapes.openSession(path);
                Progress progress = Progress.start(messages(), "exporting", "messages")) {
            final long messages;
            try (ItchFileSink sink =
                    new ItchFileSink(TextOutput.open(output, force), InstrumentTable.of(source.instruments()))) {
                JournalTapes.playAll(source, sink, progress);
                if (hasEndMark()) {
                    sink.writeEndMark();
                }
                messages = sink.messageCount();
            }
            progress.clear();
            if (!TextOutput.isStandardOutput(output)) {
                new Report()
                        .add("messages", "messages", messages)
                        .add("file", "written to", output.toString())
                        .print(out(), json());
            }
        }
        return ExitCode.OK;
    }

    /** Whether the tape was made of a file that had the mark; the units of a simulation never had. */
    private boolean hasEndMark() throws IOException {
        final List<Tape> tapes = Tape.find(path);
        if (tapes.size() != 1) {
            return false;
        }
        try (JournalSource source = JournalSource.open(tapes.get(0).file())) {
            return Boolean.parseBoolean(source.metadata().recipe().parameters().get(ImportItch50Command.END_MARK));
        }
    }
}
