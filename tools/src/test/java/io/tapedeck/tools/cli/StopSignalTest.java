package io.tapedeck.tools.cli;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Work without an end, ended by a signal, or by the end of its input. */
@Timeout(300)
class StopSignalTest {
    /** A waiting thread that spins would take a processor from the process that it waits for. */
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(1);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"--reference", "--units=1"})
    void shouldCloseItsFilesAndSucceedWhenTerminated(final String kind) throws Exception {
        final Path run = Files.createDirectory(folder.resolve("run"));
        try (WatchService watch = folder.getFileSystem().newWatchService()) {
            run.register(watch, ENTRY_CREATE);
            final Process process = ChildJvm.start(
                    Path.of(System.getProperty("java.home")),
                    Runtime.version().feature(),
                    folder,
                    "run",
                    kind,
                    "--days",
                    "0",
                    "--seconds",
                    "3600",
                    "--output",
                    run.toString());
            try {
                // The manifest of a reference run appears after the first session, the other one before it.
                while (!Files.exists(run.resolve("manifest.json"))) {
                    final var key = watch.poll(120, TimeUnit.SECONDS);
                    assertThat(key).as("no session within two minutes").isNotNull();
                    key.pollEvents();
                    key.reset();
                }
                process.destroy();
                final ChildJvm.Result result = ChildJvm.await(process, folder);

                assertThat(result.exitCode()).as(result.err()).isZero();
                assertThat(result.out()).contains("stopped by a signal");
            } finally {
                process.destroyForcibly();
            }
        }
        final CommandRunner.Result verified = CommandRunner.run("verify", run.toString());
        assertThat(verified.exitCode()).as(verified.out()).isZero();
    }

    @Test
    void shouldEndWithItsInputWhenAskedTo() throws Exception {
        final Process process = ChildJvm.start(
                Path.of(System.getProperty("java.home")),
                Runtime.version().feature(),
                folder,
                "listen",
                "--end-with-input",
                "--timeout",
                "3600",
                "--no-multicast",
                "--port",
                "0",
                "--json");
        try {
            while (process.isAlive()
                    && !Files.readString(folder.resolve("err.txt")).contains("listening on")) {
                LockSupport.parkNanos(POLL_NS);
            }
            process.getOutputStream().write('\n');
            process.getOutputStream().close();
            final ChildJvm.Result result = ChildJvm.await(process, folder);

            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(result.out()).contains("\"ended\":false");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void shouldSayWhatWasReplayedWhenItFollowsATapeAndIsTerminated() throws Exception {
        final Path tape = folder.resolve("tape.qrsdp");
        CommandRunner.succeed(
                "run",
                "--quiet",
                "--days",
                "1",
                "--seconds",
                "10",
                "-o",
                folder.resolve("run").toString());
        Files.copy(folder.resolve("run/2026-01-02.qrsdp"), tape);
        // Without its footer it is a tape whose writer may go on.
        try (FileChannel file = FileChannel.open(tape, StandardOpenOption.WRITE)) {
            file.truncate(file.size() - 8);
        }
        final Path rows = folder.resolve("rows.csv");
        final Process process = ChildJvm.start(
                Path.of(System.getProperty("java.home")),
                Runtime.version().feature(),
                folder,
                "replay",
                tape.toString(),
                "--follow",
                "--json",
                "--csv",
                rows.toString());
        try {
            // Rows are written out when there is no more to read for the moment.
            while (!Files.exists(rows) || Files.size(rows) < 1_000) {
                assertThat(process.isAlive()).isTrue();
                LockSupport.parkNanos(POLL_NS);
            }
            process.destroy();
            final ChildJvm.Result result = ChildJvm.await(process, folder);

            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(result.out())
                    .contains(
                            "\"whole\":false",
                            "\"records\":" + (Files.readAllLines(rows).size() - 1));
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void shouldLeaveNothingOfAReplayByWorkersThatIsTerminated() throws Exception {
        final Path run = folder.resolve("run");
        CommandRunner.succeed("run", "--quiet", "--days", "2", "-o", run.toString());
        final Path results = Files.createDirectory(folder.resolve("results"));
        final Process process = ChildJvm.start(
                Path.of(System.getProperty("java.home")),
                Runtime.version().feature(),
                folder,
                "replay",
                run.toString(),
                "--workers",
                "2",
                "--features",
                "mid,spread,micro,ofi",
                "--csv",
                results.resolve("rows.csv").toString());
        try {
            while (isEmpty(results)) {
                assertThat(process.isAlive()).isTrue();
                LockSupport.parkNanos(POLL_NS);
            }
            process.destroy();
            final ChildJvm.Result result = ChildJvm.await(process, folder);

            assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
            assertThat(result.err()).contains("stopped by a signal");
            assertThat(isEmpty(results)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    private static boolean isEmpty(final Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }
}
