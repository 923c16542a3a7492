package io.tapedeck.tools.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapedeck.engine.pipeline.CountersFile;
import io.tapedeck.tools.cli.CommandRunner;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Counters of a process, seen from outside. */
@Timeout(120)
class StatCommandTest {
    private static final int PID_OFFSET = 16;

    @TempDir
    private Path folder;

    @Test
    void shouldShowWhatARunCountedOverAllItsDays() throws IOException {
        final Path run = folder.resolve("run");
        final JsonNode summary = CommandRunner.json(
                "run",
                "--quiet",
                "--days",
                "2",
                "--seconds",
                "20",
                "--securities",
                "A:10000,B:20000",
                "--units",
                "2",
                "--itch",
                "127.0.0.1:39031",
                "-o",
                run.toString());

        final JsonNode counters = CommandRunner.json("stat", run.toString()).get("counters");

        long published = 0;
        for (int unit = 0; unit < 2; unit++) {
            final long records = counters.get("u" + unit + " published").asLong();
            assertThat(counters.get("u" + unit + " consumed journal").asLong()).isEqualTo(records);
            assertThat(counters.get("u" + unit + " consumed itch").asLong()).isEqualTo(records);
            assertThat(counters.get("u" + unit + " feed-messages").asLong()).isEqualTo(records);
            assertThat(counters.get("u" + unit + " lag journal").asLong()).isZero();
            published += records;
        }
        assertThat(summary.get("records").asLong()).isEqualTo(published);
        assertThat(summary.get("messages").asLong()).isEqualTo(published);
    }

    @Test
    void shouldShowRatesBetweenLooks() throws Exception {
        final Path path = folder.resolve("counters");
        final CountersManager counters = CountersFile.create(path, 8);
        final AtomicCounter counter = counters.newCounter("u0 published", 201);
        final Thread writer = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                counter.incrementRelease();
            }
        });
        writer.start();
        final CommandRunner.Result result =
                CommandRunner.run("stat", path.toString(), "--watch", "0.2", "--count", "3", "--json");
        writer.interrupt();
        writer.join();

        assertThat(result.exitCode()).as(result.err()).isZero();
        final String[] looks = result.out().split("\\R");
        assertThat(looks).hasSize(3);
        final JsonNode first = new ObjectMapper().readTree(looks[0]);
        final JsonNode last = new ObjectMapper().readTree(looks[2]);
        assertThat(first.has("perSecond")).isFalse();
        assertThat(first.get("alive").asBoolean()).isTrue();
        assertThat(first.get("pid").asLong()).isEqualTo(ProcessHandle.current().pid());
        assertThat(last.get("perSecond").get("u0 published").asDouble()).isPositive();
        assertThat(last.get("counters").get("u0 published").asLong())
                .isGreaterThan(first.get("counters").get("u0 published").asLong());
    }

    @Test
    void shouldSayThatAProcessIsStartingOrHasEnded() throws IOException {
        final Path path = folder.resolve("counters");
        final CountersManager counters = CountersFile.create(path, 8);
        assertThat(CommandRunner.run("stat", path.toString()).out()).contains("at work", "nothing is counted yet");

        counters.newCounter("u0 published", 201).set(12_345);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            final ByteBuffer nobody = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            channel.write(nobody.putLong(0, Long.MAX_VALUE), PID_OFFSET);
        }
        final CommandRunner.Result dead = CommandRunner.run("stat", path.toString(), "--watch", "60");

        assertThat(dead.exitCode()).isZero();
        assertThat(dead.out()).contains("has ended", "12,345");
    }

    @Test
    void shouldSayWhatIsWrongWithAFileOrAnOption() throws IOException {
        final String absent = folder.resolve("absent").toString();
        assertThat(CommandRunner.run("stat", absent)).satisfies(result -> {
            assertThat(result.exitCode()).isEqualTo(3);
            assertThat(result.err()).contains("absent: no such file");
        });
        final Path text = Files.writeString(folder.resolve("text"), "this is no counters file");
        assertThat(CommandRunner.run("stat", text.toString())).satisfies(result -> {
            assertThat(result.exitCode()).isEqualTo(4);
            assertThat(result.err()).contains("length=24");
        });
        assertThat(CommandRunner.run("stat", absent, "--watch", "0").exitCode()).isEqualTo(2);
        assertThat(CommandRunner.run("stat", absent, "--count", "2").exitCode()).isEqualTo(2);
        assertThat(CommandRunner.run("stat", absent, "--metrics-port", "70000").exitCode())
                .isEqualTo(2);
    }

    @Test
    void shouldRefusePinsThatCannotBe() {
        final String[] wrong = {"journal", "nobody=0", "u1-journal=0", "journal=9999", "journal=0,u0-journal=0"};
        for (final String pins : wrong) {
            final CommandRunner.Result result = CommandRunner.run(
                    "run",
                    "--days",
                    "1",
                    "--pin",
                    pins,
                    "-o",
                    folder.resolve("run").toString());
            assertThat(result.exitCode()).as(pins).isEqualTo(2);
            assertThat(folder.resolve("run")).doesNotExist();
        }
    }
}
