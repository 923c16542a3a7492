package io.tapedeck.tools.samples;

import io.tapedeck.engine.replay.CsvSink;
import io.tapedeck.engine.replay.DataSetSource;
import io.tapedeck.engine.replay.EventSource;
import io.tapedeck.engine.replay.InstrumentTable;
import io.tapedeck.engine.replay.feature.FeatureCsv;
import io.tapedeck.engine.replay.feature.FeatureSink;
import io.tapedeck.engine.replay.feature.Features;
import io.tapedeck.engine.replay.feature.Trigger;
import io.tapedeck.engine.replay.pipeline.ReplayPipeline;
import io.tapedeck.engine.text.CsvChannel;
import io.tapedeck.engine.text.RecordCsv;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Makes little of much in two ways: one event in a hundred of each symbol, and the state of every book once a second. The
 * first is for looking at; the second loses nothing that it counts, because it sees every event.
 */
public final class DownSampling {
    private static final int EVERY = 100;

    private DownSampling() {}

    /**
     * Runs the sample.
     *
     * @param args folder of a data set, file for the sampled events, file for the seconds.
     * @throws IOException if the tapes cannot be read or a file cannot be written.
     */
    public static void main(final String[] args) throws IOException {
        final Path folder = Path.of(args[0]);
        try (EventSource source = DataSetSource.open(folder);
                CsvChannel out = create(args[1])) {
            ReplayPipeline.from(source)
                    .everyNthPerInstrument(EVERY)
                    .sink("sample", new CsvSink(new RecordCsv(out, InstrumentTable.of(source.instruments()))))
                    .build()
                    .run();
        }
        try (EventSource source = DataSetSource.open(folder);
                CsvChannel out = create(args[2])) {
            final List<Features.Kind> features = Features.of(List.of("mid", "spread", "imbalance:5", "ofi", "volume"));
            final var directory = InstrumentTable.of(source.instruments());
            final FeatureSink seconds = new FeatureSink(
                    features, Trigger.parse("bucket:1s"), directory, new FeatureCsv(out, features, directory));
            ReplayPipeline.from(source).sink("seconds", seconds).build().run();
            System.out.println(seconds.rowCount() + " rows, a second each");
        }
    }

    private static CsvChannel create(final String file) throws IOException {
        return new CsvChannel(FileChannel.open(Path.of(file), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }
}
