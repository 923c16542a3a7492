package io.tapedeck.tools.commands;

import io.tapedeck.codecs.translation.InstrumentDirectory;
import io.tapedeck.engine.replay.CsvSink;
import io.tapedeck.engine.replay.InstrumentTable;
import io.tapedeck.engine.replay.feature.FeatureCsv;
import io.tapedeck.engine.replay.feature.FeatureSink;
import io.tapedeck.engine.replay.feature.Features;
import io.tapedeck.engine.replay.feature.Trigger;
import io.tapedeck.engine.replay.pipeline.ReplayPipelineBuilder;
import io.tapedeck.engine.replay.pipeline.SinkOptions;
import io.tapedeck.engine.text.CsvChannel;
import io.tapedeck.engine.text.RecordCsv;
import io.tapedeck.journal.manifest.Instrument;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The text that a replay writes: rows of records, or of features, or none. */
final class ReplayRows implements AutoCloseable {
    private static final String DEFAULT_TRIGGER = "touch";

    private final CsvChannel out;
    private final List<Features.Kind> features;
    private final Trigger trigger;
    private final InstrumentDirectory directory;

    private ReplayRows(
            final CsvChannel out,
            final List<Features.Kind> features,
            final Trigger trigger,
            final InstrumentDirectory directory) {
        this.out = out;
        this.features = features;
        this.trigger = trigger;
        this.directory = directory;
    }

    /**
     * Opens the file.
     *
     * @param file     null for no rows.
     * @param features null for rows of records.
     * @param trigger  null for the default.
     */
    static ReplayRows open(
            final Path file,
            final boolean overwrite,
            final List<String> features,
            final String trigger,
            final List<Instrument> instruments)
            throws IOException {
        if (file == null) {
            return new ReplayRows(null, null, null, null);
        }
        final List<Features.Kind> kinds = features == null ? null : Features.of(features);
        final Trigger when = Trigger.parse(trigger == null ? DEFAULT_TRIGGER : trigger);
        return new ReplayRows(
                new CsvChannel(TextOutput.open(file, overwrite)), kinds, when, InstrumentTable.of(instruments));
    }

    /** Adds the sink that writes the rows, if there are to be any. */
    ReplayPipelineBuilder addTo(final ReplayPipelineBuilder replay, final SinkOptions options) throws IOException {
        if (out == null) {
            return replay;
        }
        return features == null
                ? replay.sink("csv", new CsvSink(new RecordCsv(out, directory)), options)
                : replay.sink(
                        "features",
                        new FeatureSink(features, trigger, directory, new FeatureCsv(out, features, directory)),
                        options);
    }

    @Override
    public void close() throws IOException {
        if (out != null) {
            out.close();
        }
    }
}
