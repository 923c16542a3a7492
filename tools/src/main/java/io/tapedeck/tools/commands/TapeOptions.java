package io.tapedeck.tools.commands;

import io.tapedeck.engine.pipeline.WaitMode;
import io.tapedeck.engine.run.Pace;
import io.tapedeck.engine.run.TapeRun;
import io.tapedeck.journal.format2.Compression;
import io.tapedeck.journal.format2.SyncPolicy;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Option;

/** How a native run is carried out; none of this changes a record. */
final class TapeOptions {
    @Option(
            names = "--units",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Spread the securities over N units; each has a thread, a ring, and a tape for every day. Default:"
                            + " ${DEFAULT-VALUE}.")
    private int units;

    @Option(
            names = "--speed",
            paramLabel = "SPEED",
            defaultValue = "max",
            description =
                    "How fast the market's time goes by: max, or a multiple of the wall clock's, 1x, 100x. Default:"
                            + " ${DEFAULT-VALUE}.")
    private String speed;

    @Option(
            names = "--sync",
            paramLabel = "POLICY",
            defaultValue = "none",
            description = "When journals are forced to the disk: none, chunk, interval:MS. Default: ${DEFAULT-VALUE}.")
    private String sync;

    @Option(
            names = "--compression",
            paramLabel = "METHOD",
            defaultValue = "lz4",
            description = "What is done with a journal's columns after they were packed: lz4, lz4hc, none. Default:"
                    + " ${DEFAULT-VALUE}.")
    private String compression;

    @Option(
            names = "--flush-ms",
            paramLabel = "MS",
            defaultValue = "100",
            description = "After what time a paced run writes a chunk that is not full. Default: ${DEFAULT-VALUE}.")
    private int flushMs;

    @Option(
            names = "--wait",
            paramLabel = "MODE",
            defaultValue = "yield",
            description =
                    "How threads wait for each other: busy-spin, yield, backoff, block. Default: ${DEFAULT-VALUE}.")
    private String waitMode;

    /** Over how many units the securities are to be spread. */
    int units() {
        return units;
    }

    /** Sets over how many units the securities are spread. */
    TapeRun.Context withUnits(final TapeRun.Context context) {
        return context.units(units);
    }

    /** Sets what decides the bytes of the tapes. */
    TapeRun.Context applyFormTo(final TapeRun.Context context) {
        return context.compression(Compression.parse(compression));
    }

    /** Sets all else that was asked for. */
    TapeRun.Context applyTo(final TapeRun.Context context) {
        if (flushMs < 1) {
            throw new IllegalArgumentException("--flush-ms must be 1 or more: " + flushMs);
        }
        return context.pace(Pace.parse(speed))
                .syncPolicy(SyncPolicy.parse(sync))
                .flushIntervalNs(TimeUnit.MILLISECONDS.toNanos(flushMs))
                .waitMode(WaitMode.parse(waitMode));
    }
}
