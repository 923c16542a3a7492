package io.tapedeck.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.Thread.UncaughtExceptionHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CpuPinningTest {
    private static final long GRACE_NS = TimeUnit.SECONDS.toNanos(30);
    private static final int NO_SUCH_CPU = 1_000;
    private static int cpu;

    /** The last CPU that this process may use at all; elsewhere pinning cannot be checked. */
    @BeforeAll
    static void findCpu() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/thread-self/status")), "skipped: pinning is checked on Linux only");
        final String[] parts = allowedCpus().split("[,-]");
        cpu = Integer.parseInt(parts[parts.length - 1]);
    }

    @Test
    void shouldRunOnThatCpuOnlyWhenPinned() throws InterruptedException {
        final AtomicReference<Optional<String>> reason = new AtomicReference<>();
        final AtomicReference<String> allowed = new AtomicReference<>();
        final Thread thread = new Thread(() -> {
            reason.set(CpuPinning.pinCurrentThread(cpu));
            allowed.set(allowedCpus());
        });
        thread.start();
        thread.join();

        assertThat(reason.get()).isEmpty();
        assertThat(allowed.get()).isEqualTo(Integer.toString(cpu));
    }

    @Test
    void shouldSayWhyWhenThereIsNoSuchCpu() throws InterruptedException {
        final AtomicReference<Optional<String>> reason = new AtomicReference<>();
        final Thread thread = new Thread(() -> reason.set(CpuPinning.pinCurrentThread(NO_SUCH_CPU)));
        thread.start();
        thread.join();

        assertThat(reason.get()).isPresent();
    }

    @Test
    void shouldPinConsumersAndTellTheListenerOfThoseThatAreNot() {
        final List<String> notPinned = new CopyOnWriteArrayList<>();
        final AtomicReference<String> allowed = new AtomicReference<>();
        final RecordingConsumer pinned = new RecordingConsumer() {
            @Override
            public void onClose() {
                allowed.set(allowedCpus());
            }
        };
        final EventPipeline pipeline = new EventPipeline(new PipelineContext()
                        .gating("pinned", pinned)
                        .gating("free", new RecordingConsumer())
                        .pin("pinned", cpu)
                        .pin("free", NO_SUCH_CPU)
                        .runListener(new RunListener() {
                            @Override
                            public void onThreadNotPinned(final String thread, final int cpu, final String reason) {
                                notPinned.add(thread + " " + cpu);
                            }
                        }))
                .start();

        assertThat(pipeline.drainAndClose(GRACE_NS).isClean()).isTrue();

        assertThat(allowed.get()).isEqualTo(Integer.toString(cpu));
        assertThat(notPinned).containsExactly("tapedeck-u00-free " + NO_SUCH_CPU);
    }

    @Test
    void shouldShowTheFaultAndRunTheConsumerWhenTheListenerThrows() {
        final IllegalStateException fault = new IllegalStateException("no ear");
        final AtomicReference<Throwable> shown = new AtomicReference<>();
        final UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, ex) -> shown.set(ex));
        try {
            final EventPipeline pipeline = new EventPipeline(new PipelineContext()
                            .gating("free", new RecordingConsumer())
                            .pin("free", NO_SUCH_CPU)
                            .runListener(new RunListener() {
                                @Override
                                public void onThreadNotPinned(final String thread, final int cpu, final String reason) {
                                    throw fault;
                                }
                            }))
                    .start();

            assertThat(pipeline.drainAndClose(GRACE_NS).isClean()).isTrue();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }

        assertThat(shown.get()).isSameAs(fault);
    }

    private static String allowedCpus() {
        try {
            return Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
                    .filter(line -> line.startsWith("Cpus_allowed_list:"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElseThrow();
        } catch (final IOException ex) {
            throw new IllegalStateException(ex);
        }
    }
}
