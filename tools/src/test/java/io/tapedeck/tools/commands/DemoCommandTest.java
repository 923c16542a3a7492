package io.tapedeck.tools.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapedeck.tools.cli.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The main job: engine, listener and replay have the same books. */
@Timeout(180)
class DemoCommandTest {
    /** A waiting thread that spins would take a processor from the demo. */
    private static final long POLL_NS = TimeUnit.MICROSECONDS.toNanos(200);

    /** Some 700,000 records on tape: 40 MB of packets as the system counts them. */
    private static final long HELD_UP_BYTES = 3_000_000;

    /** What other tests started and ended may not be quite gone. */
    private final Set<ProcessHandle> others = children().collect(Collectors.toSet());

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
    void shouldRecoverWhatAListenerLosesThatIsHeldUp() throws Exception {
        final CommandRunner.Result demo = runWithListenerHeldUp();

        assertThat(demo.exitCode()).as(demo.out() + demo.err()).isZero();
        assertThat(demo.out())
                .contains(" 0 missing", "What was lost on the way was sent again")
                .doesNotContain(" 0 of them recovered");
    }

    @Test
    void shouldFailWhenTheListenerMissesMessages() throws Exception {
        final CommandRunner.Result demo = runWithListenerHeldUp("--no-recovery");

        assertThat(demo.exitCode()).as(demo.out() + demo.err()).isEqualTo(4);
        assertThat(demo.out())
                .contains("THE LISTENER MISSED", " 0 of them recovered")
                .doesNotContain(" 0 missing");
    }

    @Test
    void shouldSayWhatCameOfIt() {
        assertThat(DemoCommand.verdict(7, 0, false, true)).contains("MISSED 7 MESSAGES", "ASKING DID NOT HELP");
        assertThat(DemoCommand.verdict(7, 0, false, false))
                .contains("MISSED 7 MESSAGES", "without recovery")
                .doesNotContain("ASKING");
        assertThat(DemoCommand.verdict(0, 7, false, true)).contains("THE BOOKS DIFFER");
        assertThat(DemoCommand.verdict(0, 7, true, true)).contains("sent again, and the three books");
        assertThat(DemoCommand.verdict(0, 0, true, true)).contains("Nothing was lost, and the three books");
    }

    @Test
    void shouldFailWhenTheListenerIsGone() throws Exception {
        final CompletableFuture<CommandRunner.Result> demo = start();
        signal("-KILL", awaitListener(demo));

        final CommandRunner.Result result = demo.get();
        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(3);
        assertThat(result.err()).contains("the listener failed with exit code 137");
    }

    /** Holds the listener up until more has gone by than its buffer takes. */
    private CommandRunner.Result runWithListenerHeldUp(final String... more) throws Exception {
        final CompletableFuture<CommandRunner.Result> demo = start(more);
        final long listener = awaitListener(demo);
        signal("-STOP", listener);
        while (isGoingOn(demo) && Files.size(tape()) < HELD_UP_BYTES) {
            LockSupport.parkNanos(POLL_NS);
        }
        signal("-CONT", listener);
        return demo.get();
    }

    private CompletableFuture<CommandRunner.Result> start(final String... more) {
        final List<String> command = new ArrayList<>(
                List.of("demo", "--seconds", "6000", "--rate", "200000", "--quiet", "--output", folder.toString()));
        command.addAll(List.of(more));
        return CompletableFuture.supplyAsync(() -> CommandRunner.run(command.toArray(new String[0])));
    }

    /** The tape begins when the listener has joined. */
    private long awaitListener(final CompletableFuture<CommandRunner.Result> demo) {
        while (isGoingOn(demo) && !Files.exists(tape())) {
            LockSupport.parkNanos(POLL_NS);
        }
        return children()
                .filter(child -> !others.contains(child))
                .findFirst()
                .orElseThrow()
                .pid();
    }

    private static Stream<ProcessHandle> children() {
        return ProcessHandle.current().children();
    }

    private Path tape() {
        return folder.resolve("2026-01-02.qrsdp");
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
