package io.tapedeck.tools.commands;

import io.tapedeck.codecs.qrsdp1.Qrsdp1RecordDescriptor;
import io.tapedeck.codecs.qrsdp1.Qrsdp1RecordFlyweight;
import io.tapedeck.engine.replay.CsvSink;
import io.tapedeck.engine.replay.EventSource;
import io.tapedeck.engine.replay.InstrumentTable;
import io.tapedeck.engine.text.CsvChannel;
import io.tapedeck.engine.text.QueueEventCsv;
import io.tapedeck.engine.text.RecordCsv;
import io.tapedeck.journal.format1.Format1Cursor;
import io.tapedeck.journal.format1.Format1Reader;
import io.tapedeck.journal.tape.TapeFormat;
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
            "Write the records of a journal as CSV. Format 2: sequence,timestamp_ns,symbol,type,side,price,quantity,order_id,",
            "aux_id,flags, prices as decimals. Format 1: ts_ns,type,side,price_ticks,qty,order_id, the six stored integers,",
            "with the types 0 ADD_BID, 1 ADD_ASK, 2 CANCEL_BID, 3 CANCEL_ASK, 4 EXECUTE_BUY, 5 EXECUTE_SELL, the sides 0 bid,",
            "1 ask."
        })
public final class ExportCsvCommand extends BaseCommand {
    @Parameters(paramLabel = "PATH", description = "Journal, folder of a data set, or run directory with one session.")
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
        final boolean isFormat2 = Tape.find(path).stream().allMatch(tape -> tape.kind() == Tape.Kind.FORMAT_2);
        final long rows = isFormat2 ? writeFormat2() : writeFormat1();
        if (!TextOutput.isStandardOutput(output)) {
            new Report()
                    .add("rows", "rows", rows)
                    .add("file", "written to", output.toString())
                    .print(out(), json());
        }
        return ExitCode.OK;
    }

    private long writeFormat2() throws IOException {
        try (EventSource source = JournalTapes.open(path);
                Progress progress = Progress.start(messages(), "exporting", "rows");
                CsvChannel out = new CsvChannel(TextOutput.open(output, force))) {
            final RecordCsv csv = new RecordCsv(out, InstrumentTable.of(source.instruments()));
            return JournalTapes.playAll(source, new CsvSink(csv), progress);
        }
    }

    private long writeFormat1() throws IOException {
        final Tape tape = Tape.findOne(path);
        if (tape.requireJournal() != TapeFormat.FORMAT_1) {
            throw new IllegalArgumentException(path + " holds journals of both formats; name one of them");
        }
        try (Format1Reader reader = Format1Reader.open(tape.file());
                Progress progress = Progress.start(messages(), "exporting", "rows");
                CsvChannel out = new CsvChannel(TextOutput.open(output, force))) {
            write(reader, out, progress);
            return reader.recordCount();
        }
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
