package io.tapedeck.tools.samples;

import io.tapedeck.engine.replay.CsvSink;
import io.tapedeck.engine.replay.DataSetSource;
import io.tapedeck.engine.replay.EventSource;
import io.tapedeck.engine.replay.InstrumentTable;
import io.tapedeck.engine.replay.pipeline.ReplayPipeline;
import io.tapedeck.engine.replay.pipeline.ReplayStatistics;
import io.tapedeck.engine.text.CsvChannel;
import io.tapedeck.engine.text.RecordCsv;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Writes the executions of one symbol in the first half hour of every day as rows of text. */
public final class FilterToCsv {
    private static final long OPEN_NS = TimeUnit.MINUTES.toNanos(9 * 60 + 30);

    private FilterToCsv() {}

    /**
     * Runs the sample.
     *
     * @param args folder of a data set, symbol, file to write.
     * @throws IOException if the tapes cannot be read or the file cannot be written.
     */
    public static void main(final String[] args) throws IOException {
        try (EventSource source = DataSetSource.open(Path.of(args[0]));
                CsvChannel out = new CsvChannel(
                        FileChannel.open(Path.of(args[2]), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
            final ReplayStatistics statistics = ReplayPipeline.from(source)
                    .timeRange(OPEN_NS, OPEN_NS + TimeUnit.MINUTES.toNanos(30))
                    .symbols(List.of(args[1]))
                    .types(List.of("EXECUTE"))
                    .sink("csv", new CsvSink(new RecordCsv(out, InstrumentTable.of(source.instruments()))))
                    .build()
                    .run();
            System.out.println(
                    statistics.stage("csv").emittedCount() + " rows of " + statistics.readCount() + " records read");
        }
    }
}
