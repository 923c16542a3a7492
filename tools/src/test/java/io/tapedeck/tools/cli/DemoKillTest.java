package io.tapedeck.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nothing of a demo goes on when the demo itself is killed without a warning. */
@Timeout(120)
class DemoKillTest {
    /** A waiting thread that spins would take a processor from the demo. */
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(1);

    @TempDir
    private Path folder;

    @Test
    void shouldTakeItsListenerAlong() throws Exception {
        final Path run = folder.resolve("run");
        final Process demo = ChildJvm.start(
                Path.of(System.getProperty("java.home")),
                Runtime.version().feature(),
                folder,
                "demo",
                "--quiet",
                "--output",
                run.toString());
        try {
            // The tape begins when the listener has joined.
            while (demo.isAlive() && !Files.exists(run.resolve("2026-01-02.qrsdp"))) {
                LockSupport.parkNanos(POLL_NS);
            }
            final ProcessHandle listener = demo.children().findFirst().orElseThrow();
            demo.destroyForcibly().waitFor();

            // Left to itself it would wait for the feed to go on, for a quarter of a minute.
            assertThat(listener.onExit().get(10, TimeUnit.SECONDS).isAlive()).isFalse();
        } finally {
            demo.descendants().forEach(ProcessHandle::destroyForcibly);
            demo.destroyForcibly();
        }
    }
}
