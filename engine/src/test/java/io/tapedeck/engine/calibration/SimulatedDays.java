package io.tapedeck.engine.calibration;

import io.tapedeck.engine.model.HawkesParameters;
import io.tapedeck.engine.model.QueueReactiveCurves;
import io.tapedeck.engine.replay.DataSetSource;
import io.tapedeck.engine.replay.Replay;
import io.tapedeck.engine.run.TapeRun;
import io.tapedeck.engine.session.RunSecurity;
import io.tapedeck.engine.session.SessionParameters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Runs of the queue-reactive model on disk, and what estimators hear of them. */
final class SimulatedDays {
    static final int LEVELS = 5;
    static final double IMPROVE = SessionParameters.DEFAULTS.spreadImproveCoefficient();

    private SimulatedDays() {}

    static QueueReactiveCurves curves(final double spreadSensitivity, final double imbalanceSensitivity) {
        final QueueReactiveCurves curves = QueueReactiveCurves.defaults(LEVELS);
        final double[][] limits = new double[LEVELS][];
        final double[][] cancels = new double[LEVELS][];
        for (int level = 0; level < LEVELS; level++) {
            limits[level] = curves.limitBid(level);
            cancels[level] = curves.cancelBid(level);
        }
        return new QueueReactiveCurves(
                LEVELS,
                curves.maxQueue(),
                spreadSensitivity,
                imbalanceSensitivity,
                limits,
                limits,
                cancels,
                cancels,
                curves.marketBuy(),
                curves.marketSell());
    }

    /** Records days of one symbol. */
    static Path run(
            final Path folder, final QueueReactiveCurves curves, final long seed, final int days, final int seconds)
            throws IOException, InterruptedException {
        return run(folder, SessionParameters.builder().model(curves), seed, days, seconds);
    }

    static Path run(
            final Path folder,
            final SessionParameters.Builder parameters,
            final long seed,
            final int days,
            final int seconds)
            throws IOException, InterruptedException {
        TapeRun.run(new TapeRun.Context()
                .parameters(parameters.sessionSeconds(seconds).build())
                .securities(List.of(new RunSecurity("AAPL", 10_000)))
                .seed(seed)
                .days(days)
                .outputDirectory(folder));
        return folder;
    }

    /** Plays them to a listener. */
    static FlowReader read(final Path folder, final FlowListener listener) throws IOException {
        return read(folder, Anchor.BEST_QUOTE, LEVELS, HawkesParameters.NONE, listener);
    }

    static FlowReader read(
            final Path folder,
            final Anchor anchor,
            final int levels,
            final HawkesParameters hawkes,
            final FlowListener listener)
            throws IOException {
        try (DataSetSource source = DataSetSource.open(folder)) {
            final FlowReader reader = new FlowReader(
                    source.instruments(),
                    (book, instrument) -> new QueueWindow(book, anchor, levels, 1, QueueUnit.orders()),
                    Long.MIN_VALUE,
                    Long.MAX_VALUE,
                    hawkes,
                    listener);
            Replay.run(source, reader, count -> {});
            return reader;
        }
    }
}
