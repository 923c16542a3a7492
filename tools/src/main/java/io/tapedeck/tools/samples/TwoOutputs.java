package io.tapedeck.tools.samples;

import io.tapedeck.engine.replay.CsvSink;
import io.tapedeck.engine.replay.EventSource;
import io.tapedeck.engine.replay.InstrumentTable;
import io.tapedeck.engine.replay.JournalSource;
import io.tapedeck.engine.replay.TypeFilter;
import io.tapedeck.engine.replay.pipeline.BackPressure;
import io.tapedeck.engine.replay.pipeline.ReplayPipeline;
import io.tapedeck.engine.replay.pipeline.ReplayStatistics;
import io.tapedeck.engine.replay.pipeline.SinkOptions;
import io.tapedeck.engine.replay.sink.JournalSink;
import io.tapedeck.engine.text.CsvChannel;
import io.tapedeck.engine.text.RecordCsv;
import io.tapedeck.journal.manifest.SessionMetadata;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Reads a tape once and writes two files: a journal of one symbol, and that symbol's trades as text on a thread of its own,
 * for which the replay waits when it must.
 */
public final class TwoOutputs {
    private static final int RING_RECORDS = 1 << 14;

    private TwoOutputs() {}

    /**
     * Runs the sample.
     *
     * @param args journal, symbol, journal to write, text file to write.
     * @throws IOException if the tape cannot be read or a file cannot be written.
     */
    public static void main(final String[] args) throws IOException {
        try (JournalSource tape = JournalSource.open(Path.of(args[0]));
                CsvChannel out = new CsvChannel(
                        FileChannel.open(Path.of(args[3]), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
            final EventSource source = tape;
            final SessionMetadata metadata = tape.metadata();
            final ReplayStatistics statistics = ReplayPipeline.from(source)
                    .symbols(List.of(args[1]))
                    .sink("journal", JournalSink.create(Path.of(args[2]), metadata, false))
                    .sink(
                            "trades",
                            new CsvSink(new RecordCsv(out, InstrumentTable.of(source.instruments()))),
                            SinkOptions.DEFAULTS
                                    .withFilters(new TypeFilter(List.of("EXECUTE", "EXECUTE_AT_PRICE", "TRADE")))
                                    .withBackPressure(BackPressure.BLOCK, RING_RECORDS))
                    .build()
                    .run();
            System.out.println(statistics.stage("journal").emittedCount() + " records, "
                    + statistics.stage("trades").emittedCount() + " trades");
        }
    }
}
