package io.tapedeck.tools.commands;

import io.tapedeck.codecs.qrsdp1.Qrsdp1RecordDescriptor;
import io.tapedeck.codecs.qrsdp1.Qrsdp1RecordFlyweight;
import io.tapedeck.engine.text.CsvChannel;
import io.tapedeck.engine.text.QueueEventCsv;
import io.tapedeck.journal.format1.Format1Cursor;
import io.tapedeck.journal.format1.Format1Reader;
import io.tapedeck.tools.cli.BaseCommand;
import io.tapedeck.tools.cli.ExitCode;
import io.tapedeck.tools.cli.Progress;
import io.tapedeck.tools.cli.Report;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the records of a tape as rows of text. */
@Command(
        name = "csv",
        description = {
            "Write the records of a journal as CSV: ts_ns,type,side,price_ticks,qty,order_id, the six stored integers.",
            "Types: 0 ADD_BID, 1 ADD_ASK, 2 CANCEL_BID, 3 CANCEL_ASK, 4 EXECUTE_BUY, 5 EXECUTE_SELL. Sides: 0 bid, 1 ask."
        })
public final class ExportCsvCommand extends BaseCommand {
    @Parameters(paramLabel = "PATH", description = "Journal of format 1, or a run directory with one session.")
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
        final Tape tape = Tape.findOne(path);
        final boolean toScreen = TextOutput.isStandardOutput(output);
        try (Format1Reader reader = Format1Reader.open(tape.requireFormat1());
                Progress progress = Progress.start(messages(), "exporting", "rows")) {
            try (CsvChannel out = new CsvChannel(TextOutput.open(output, force))) {
                write(reader, out, progress);
            }
            progress.clear();
            if (!toScreen) {
                new Report()
                        .add("rows", "rows", reader.recordCount())
                        .add("file", "written to", output.toString())
                        .print(out(), json());
            }
        }
        return ExitCode.OK;
    }

    private static void write(final Format1Reader reader, final CsvChannel out, final Progress progress)
            throws IOException {
        final QueueEventCsv csv = new QueueEventCsv(out);
        try (Format1Cursor cursor = reader.cursor()) {
            final Qrsdp1RecordFlyweight record = cursor.record();
            for (int count = cursor.nextBatch(); count > 0; count = cursor.nextBatch()) {
                final UnsafeBuffer batch = cursor.batch();
                for (int i = 0; i < count; i++) {
                    record.wrap(batch, cursor.batchOffset() + i * Qrsdp1RecordDescriptor.LENGTH);
                    csv.write(record);
                }
                final long done = cursor.batchFirstRecord() + count;
                progress.update(done, (double) done / reader.recordCount());
            }
        }
    }
}
