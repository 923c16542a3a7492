package io.tapedeck.engine.replay.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.replay.EventSource;
import io.tapedeck.engine.replay.JournalSource;
import io.tapedeck.engine.replay.RandomTape;
import io.tapedeck.engine.replay.RandomTape.Row;
import io.tapedeck.engine.replay.RandomTape.Rows;
import io.tapedeck.engine.replay.ReplayHandler;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A sink on a thread of its own that cannot keep up. */
@Timeout(60)
class SinkRingTest {
    private static final LocalDate DATE = LocalDate.of(2026, 1, 2);
    private static final int COUNT = 5_000;

    @TempDir
    private Path folder;

    private Path path;
    private List<Row> all;

    @BeforeEach
    void record() throws IOException {
        path = folder.resolve("tape.qrsdp");
        all = RandomTape.write(path, DATE, 0, COUNT, 1, RandomTape.wildTimes(1));
    }

    /** Takes nothing until it is told to. */
    private static final class Held implements ReplayHandler {
        private final CountDownLatch release = new CountDownLatch(1);
        private final Rows rows = new Rows();

        @Override
        public void onSession(final LocalDate date) {
            rows.onSession(date);
        }

        @Override
        public void onBatch(final SlotArray slots, final long low, final long high) {
            try {
                release.await();
            } catch (final InterruptedException ex) {
                throw new IllegalStateException(ex);
            }
            rows.onBatch(slots, low, high);
        }
    }

    /** Two threads that have one processor between them take turns for every record of a ring of one: it gets few. */
    @ParameterizedTest
    @CsvSource({"1, 200", "64, 5000", "4096, 5000"})
    void shouldWaitForASlowSinkAndLoseNothing(final int capacity, final int count) throws IOException {
        final Path some = folder.resolve("some.qrsdp");
        final List<Row> expected = RandomTape.write(some, DATE, 0, count, 1, RandomTape.wildTimes(1));
        final Rows rows = new Rows();
        final ReplayStatistics statistics;
        try (EventSource source = JournalSource.open(some)) {
            statistics = ReplayPipeline.from(source)
                    .sink("slow", rows, SinkOptions.DEFAULTS.withBackPressure(BackPressure.BLOCK, capacity))
                    .build()
                    .run();
        }
        assertThat(rows.rows).isEqualTo(expected);
        assertThat(rows.sessions).containsExactly(DATE);
        assertThat(rows.sessionStarts).containsExactly(0);
        assertThat(statistics.stage("slow").ringHighWater()).isBetween(1L, (long) capacity);
    }

    @Test
    void shouldDropAndCountWhatFindsTheRingFull() throws IOException {
        final Held held = new Held();
        final Rows rows = new Rows();
        final ReplayStatistics statistics;
        try (EventSource source = JournalSource.open(path)) {
            statistics = ReplayPipeline.from(source)
                    .onProgress(count -> {
                        if (count == COUNT) {
                            held.release.countDown();
                        }
                    })
                    .sink("held", held, SinkOptions.DEFAULTS.withBackPressure(BackPressure.DROP_NEWEST, 1_024))
                    .sink("rows", rows)
                    .build()
                    .run();
        }
        assertThat(rows.rows).isEqualTo(all);
        assertThat(held.rows.rows).isEqualTo(all.subList(0, 1_024));
        assertThat(statistics.stage("held").droppedCount()).isEqualTo(COUNT - 1_024);
        assertThat(statistics.stage("held").isBalanced()).isTrue();
    }

    @Test
    void shouldEndTheReplayWhenAskedTo() throws IOException {
        final Held held = new Held();
        // Closed before the other, and so lets its thread go when the replay has failed.
        final ReplayHandler releaser = new ReplayHandler() {
            @Override
            public void onBatch(final SlotArray slots, final long low, final long high) {}

            @Override
            public void onClose() {
                held.release.countDown();
            }
        };
        try (EventSource source = JournalSource.open(path)) {
            final ReplayPipeline pipeline = ReplayPipeline.from(source)
                    .sink("releaser", releaser)
                    .sink("held", held, SinkOptions.DEFAULTS.withBackPressure(BackPressure.FAIL, 512))
                    .build();

            assertThatThrownBy(pipeline::run)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("ring of sink 'held' is full with 512 records");
        }
        assertThat(held.rows.rows.size()).isLessThan(COUNT);
    }

    @Test
    void shouldThrowWhatTheSinkThrewOnItsThread() throws IOException {
        try (EventSource source = JournalSource.open(path)) {
            final ReplayPipeline pipeline = ReplayPipeline.from(source)
                    .sink(
                            "broken",
                            (slots, low, high) -> {
                                throw new ArithmeticException("no");
                            },
                            SinkOptions.DEFAULTS.withBackPressure(BackPressure.BLOCK, 16))
                    .build();
            assertThatThrownBy(pipeline::run)
                    .isInstanceOf(ReplayException.class)
                    .hasMessageContaining("stage 'broken' failed in records 1 to ");
        }
    }
}
