package io.tapedeck.tools.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapedeck.tools.cli.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The main job: engine, listener and replay have the same books. */
@Timeout(180)
class DemoCommandTest {
    /** Some 700,000 records on tape: 40 MB of packets as the system counts them. */
    private static final long HELD_UP_BYTES = 3_000_000;

    @TempDir
    private Path folder;

    @Test
    void shouldGiveEngineListenerAndReplayTheSameBooks() throws IOException {
        final JsonNode demo = CommandRunner.json(
                "demo", "--seconds", "300", "--rate", "50000", "--quiet", "--output", folder.toString());

        assertThat(demo.get("booksEqual").asBoolean()).isTrue();
        assertThat(demo.get("missing").asLong()).isZero();
        assertThat(demo.get("bookHashes")).hasSize(3);
        assertThat(demo.get("bookHashes").get("AAPL").get("listener"))
                .isEqualTo(demo.get("bookHashes").get("AAPL").get("engine"))
                .isNotEqualTo(demo.get("bookHashes").get("MSFT").get("engine"));
    }

    @Test
    void shouldFailWhenTheListenerMissesMessages() throws Exception {
        final Path tape = folder.resolve("2026-01-02.qrsdp");
        final CompletableFuture<CommandRunner.Result> demo = CompletableFuture.supplyAsync(() -> CommandRunner.run(
                "demo", "--seconds", "6000", "--rate", "200000", "--quiet", "--output", folder.toString()));
        // The tape begins when the listener has joined. It is held up until more has gone by than its buffer takes.
        while (isGoingOn(demo) && !Files.exists(tape)) {
            Thread.onSpinWait();
        }
        final long listener =
                ProcessHandle.current().children().findFirst().orElseThrow().pid();
        signal("-STOP", listener);
        while (isGoingOn(demo) && Files.size(tape) < HELD_UP_BYTES) {
            Thread.onSpinWait();
        }
        signal("-CONT", listener);

        final CommandRunner.Result result = demo.get();
        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(4);
        assertThat(result.out()).contains("THE LISTENER MISSED").doesNotContain(" 0 missing");
    }

    /** The test's timeout interrupts. */
    private static boolean isGoingOn(final CompletableFuture<CommandRunner.Result> demo) {
        return !demo.isDone() && !Thread.currentThread().isInterrupted();
    }

    private static void signal(final String signal, final long pid) throws Exception {
        assertThat(new ProcessBuilder("kill", signal, Long.toString(pid))
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void shouldFitOnAScreen() {
        final CommandRunner.Result result = CommandRunner.run(
                "demo", "--seconds", "20", "--rate", "20000", "--quiet", "--output", folder.toString());

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out().replace(folder.toString(), "output/demo").lines())
                .hasSizeLessThan(30)
                .allMatch(line -> line.length() <= 110);
        assertThat(CommandRunner.run("demo", "--seconds", "20", "--quiet", "--output", folder.toString())
                        .exitCode())
                .as("a second run over the first one's files")
                .isEqualTo(2);
    }
}
