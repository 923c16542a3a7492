package io.tapedeck.engine.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.engine.run.TapeRun;
import io.tapedeck.engine.run.TapeRunSummary;
import io.tapedeck.engine.session.RunSecurity;
import io.tapedeck.engine.session.SessionParameters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A month in a small heap: what a replay needs does not grow with what it reads. */
@Tag("campaign")
@Timeout(3_600)
class MonthReplayTest {
    private static final int DAYS = 21;
    private static final int SECONDS = Integer.getInteger("tapedeck.monthSeconds", 240);
    private static final int MEBIBYTES = 64;

    @TempDir
    private Path folder;

    @Test
    void shouldReplayAMonthInConstantMemoryAndWithoutACollection() throws IOException, InterruptedException {
        final Path set = folder.resolve("run");
        final TapeRunSummary run = TapeRun.run(new TapeRun.Context()
                .outputDirectory(set)
                .parameters(SessionParameters.DEFAULTS.toBuilder()
                        .sessionSeconds(SECONDS)
                        .build())
                .securities(List.of(new RunSecurity("A", 10_000), new RunSecurity("B", 20_000)))
                .days(DAYS));

        final String[] words = ReplayJvm.run(folder, MEBIBYTES, MonthReplay.class, set.toString());

        assertThat(words[0]).isEqualTo(Integer.toString(DAYS));
        assertThat(words[1]).isEqualTo(Long.toString(run.recordCount()));
        assertThat(Long.parseLong(words[2])).isPositive();
        assertThat(words[3]).as("collections behind the second day").isEqualTo("0");
        assertThat(Long.parseLong(words[4])).as("peak of the heap, KiB").isBetween(1L, (long) MEBIBYTES << 10);
        assertThat(Long.parseLong(words[5])).as("buffers at the end, KiB").isBetween(1L, (long) MEBIBYTES << 10);
    }
}
