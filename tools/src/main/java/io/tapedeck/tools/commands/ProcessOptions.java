package io.tapedeck.tools.commands;

import io.tapedeck.engine.pipeline.ThreadPins;
import java.nio.file.Path;
import java.util.Set;
import picocli.CommandLine.Option;

/** How a process that runs for long is watched and laid out on its machine; none of this changes a record. */
final class ProcessOptions {
    /** Counters of one process of a feed, with room to spare. */
    static final int MAX_COUNTERS = 1_024;

    @Option(
            names = "--counters",
            paramLabel = "FILE",
            description =
                    "Keep the counters in this file, for 'tapedeck stat'. Default: 'counters' in the folder that run"
                            + " writes, nowhere for others.")
    private Path countersFile;

    @Option(
            names = "--pin",
            paramLabel = "THREAD=CPU,...",
            description =
                    "Pin threads to CPUs: producer, journal, itch, line-a of run; player, line-a of itch; listener of"
                            + " listen; of another unit than 0: u1-producer=3.")
    private String pins;

    /** Whether anything was asked for. */
    boolean isUsed() {
        return countersFile != null || pins != null;
    }

    /**
     * Where the counters go.
     *
     * @param fallback if nothing was said.
     */
    Path countersFile(final Path fallback) {
        return countersFile == null ? fallback : countersFile;
    }

    /**
     * The pins that were asked for.
     *
     * @param threads that each unit has.
     * @param units   how many there are.
     * @throws IllegalArgumentException if there is no such thread or CPU.
     */
    ThreadPins pins(final Set<String> threads, final int units) {
        if (pins == null) {
            return ThreadPins.NONE;
        }
        final ThreadPins parsed = ThreadPins.parse(pins);
        parsed.check(threads, units);
        return parsed;
    }
}
