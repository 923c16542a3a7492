package io.tapedeck.engine.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.engine.replay.parallel.WorkerMemory;
import io.tapedeck.engine.run.TapeRun;
import io.tapedeck.engine.run.TapeRunSummary;
import io.tapedeck.engine.session.RunSecurity;
import io.tapedeck.engine.session.SessionParameters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a worker of a parallel replay holds while it is at work, with hash, books and features. */
@Timeout(300)
class WorkerMemoryTest {
    private static final int WORKERS = 8;
    private static final int UNITS = 4;
    private static final int DAYS = 4;

    /** Of heap, and as many again of buffers, for all workers together. */
    private static final int MEBIBYTES = 64;

    private static final long MAX_KIBIBYTES_PER_WORKER = 100 << 10;

    @TempDir
    private Path folder;

    @Test
    void shouldHoldLessThanAHundredMegabytesInAWorker() throws IOException, InterruptedException {
        final Path set = folder.resolve("run");
        final List<RunSecurity> securities = new ArrayList<>();
        for (int i = 0; i < UNITS; i++) {
            securities.add(new RunSecurity("S" + i, 10_000));
        }
        final TapeRunSummary run = TapeRun.run(new TapeRun.Context()
                .outputDirectory(set)
                .parameters(SessionParameters.DEFAULTS.toBuilder()
                        .sessionSeconds(1_200)
                        .build())
                .securities(securities)
                .units(UNITS)
                .days(DAYS));

        final String[] words =
                ReplayJvm.run(folder, MEBIBYTES, WorkerMemory.class, set.toString(), Integer.toString(WORKERS));

        assertThat(words[0]).isEqualTo(Integer.toString(UNITS * DAYS));
        assertThat(words[1]).isEqualTo(Long.toString(run.recordCount()));
        final long heapKibibytes = Long.parseLong(words[4]) - Long.parseLong(words[2]);
        final long bufferKibibytes = Long.parseLong(words[5]) - Long.parseLong(words[3]);
        assertThat((heapKibibytes + bufferKibibytes) / WORKERS)
                .as("%d KiB of heap, %d KiB of buffers", heapKibibytes, bufferKibibytes)
                .isBetween(1L, MAX_KIBIBYTES_PER_WORKER);
    }
}
