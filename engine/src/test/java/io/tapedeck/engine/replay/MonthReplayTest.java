package io.tapedeck.engine.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.engine.run.TapeRun;
import io.tapedeck.engine.run.TapeRunSummary;
import io.tapedeck.engine.session.RunSecurity;
import io.tapedeck.engine.session.SessionParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A month in a small heap: what a replay needs does not grow with what it reads. */
@Timeout(240)
class MonthReplayTest {
    private static final int DAYS = 21;
    private static final int SECONDS = Integer.getInteger("tapedeck.monthSeconds", 240);

    @TempDir
    private Path folder;

    @Test
    void shouldReplayAMonthInConstantMemoryAndWithoutACollection() throws IOException, InterruptedException {
        final TapeRunSummary run = TapeRun.run(new TapeRun.Context()
                .outputDirectory(folder.resolve("run"))
                .parameters(SessionParameters.DEFAULTS.toBuilder()
                        .sessionSeconds(SECONDS)
                        .build())
                .securities(List.of(new RunSecurity("A", 10_000), new RunSecurity("B", 20_000)))
                .days(DAYS));
        final Path out = folder.resolve("out.txt");
        final Process process = new ProcessBuilder(command())
                .redirectOutput(out.toFile())
                .redirectError(folder.resolve("err.txt").toFile())
                .start();

        assertThat(process.waitFor(200, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("err.txt")))
                .isZero();
        final String[] words = lastLine(out).split(" ");
        assertThat(words[0]).isEqualTo(Integer.toString(DAYS));
        assertThat(words[1]).isEqualTo(Long.toString(run.recordCount()));
        assertThat(Long.parseLong(words[2])).isPositive();
        assertThat(words[3]).as("collections behind the second day").isEqualTo("0");
        assertThat(Long.parseLong(words[4])).isLessThan(64 << 10);
    }

    private List<String> command() {
        final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:MaxDirectMemorySize=64m",
                "--add-opens",
                "java.base/jdk.internal.misc=ALL-UNNAMED",
                "--add-opens",
                "java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-opens",
                "java.base/java.lang.reflect=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED"));
        if (Runtime.version().feature() >= 24) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                MonthReplay.class.getName(),
                folder.resolve("run").toString()));
        return command;
    }

    private static String lastLine(final Path out) throws IOException {
        final List<String> lines = Files.readAllLines(out);
        return lines.get(lines.size() - 1);
    }
}
