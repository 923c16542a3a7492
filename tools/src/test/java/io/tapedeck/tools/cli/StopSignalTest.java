package io.tapedeck.tools.cli;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run without an end, ended by a signal. */
@Timeout(120)
class StopSignalTest {
    @TempDir
    private Path folder;

    @Test
    void shouldCloseItsFilesAndSucceedWhenTerminated() throws Exception {
        final Path run = Files.createDirectory(folder.resolve("run"));
        try (WatchService watch = folder.getFileSystem().newWatchService()) {
            run.register(watch, ENTRY_CREATE);
            final Process process = ChildJvm.start(
                    Path.of(System.getProperty("java.home")),
                    Runtime.version().feature(),
                    folder,
                    "run",
                    "--reference",
                    "--days",
                    "0",
                    "--seconds",
                    "3600",
                    "--output",
                    run.toString());
            try {
                // The manifest appears after the first session; the second one is at work by then.
                while (!Files.exists(run.resolve("manifest.json"))) {
                    final var key = watch.poll(60, TimeUnit.SECONDS);
                    assertThat(key).as("no session within a minute").isNotNull();
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
}
