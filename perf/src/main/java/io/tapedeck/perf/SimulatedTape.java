package io.tapedeck.perf;

import io.tapedeck.engine.session.SessionListener;
import io.tapedeck.engine.session.SessionParameters;
import io.tapedeck.engine.session.SessionRecorder;
import io.tapedeck.engine.session.SessionSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A simulated trading day in a temporary file of format 1, which goes away with the JVM. */
final class SimulatedTape {
    private static final long SEED = 42;

    private final Path file;
    private final SessionSummary summary;

    SimulatedTape() throws IOException {
        file = Files.createTempFile("tapedeck-bench", ".qrsdp");
        file.toFile().deleteOnExit();
        final SessionParameters parameters = SessionParameters.DEFAULTS;
        summary = new SessionRecorder(
                        parameters, SessionRecorder.DEFAULT_CHUNK_CAPACITY, SessionListener.NONE, () -> false)
                .record(null, "2026-01-02", SEED, parameters.p0Ticks(), file, true, null);
    }

    Path file() {
        return file;
    }

    SessionSummary summary() {
        return summary;
    }

    /** Requires that all records were seen once: their ids are 1 to n. */
    long requireComplete(final long records, final long sumOfIds) {
        Workload.require(records == summary.eventCount(), records + " records of " + summary.eventCount());
        Workload.require(sumOfIds == records * (records + 1) / 2, "a record is missing or came twice");
        return records;
    }
}
