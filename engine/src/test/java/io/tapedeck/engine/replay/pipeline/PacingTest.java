package io.tapedeck.engine.replay.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.replay.EventSource;
import io.tapedeck.engine.replay.JournalSource;
import io.tapedeck.engine.replay.RandomTape;
import io.tapedeck.engine.replay.RandomTape.Row;
import io.tapedeck.engine.replay.RandomTape.Rows;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.CachedNanoClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Replays that wait: for the market's time, or for somebody to say go. */
@Timeout(60)
class PacingTest {
    private static final LocalDate DATE = LocalDate.of(2026, 1, 2);
    private static final long OPEN_NS = 34_200_000_000_000L;

    @TempDir
    private Path folder;

    /** Time goes by only while the stage waits, a microsecond at each look. */
    private static final class LookedAtClock extends CachedNanoClock {
        @Override
        public long nanoTime() {
            advance(1_000);
            return super.nanoTime();
        }
    }

    @Test
    void shouldHandOnEveryRecordWhenItIsDueAndNotBefore() {
        final long[] timesNs = {0, 1_000_000, 1_000_000, 5_000_000, 4_000_000, 900_000_000_000L};
        final LookedAtClock clock = new LookedAtClock();
        final List<Long> deliveredNs = new ArrayList<>();
        final PacedStage stage = new PacedStage(
                Pacing.times(2).withMaxWait(3, TimeUnit.MILLISECONDS), control(2), clock, (slots, low, high) -> {
                    for (long at = low; at <= high; at++) {
                        deliveredNs.add(clock.nanoTime());
                    }
                });
        stage.onSession(DATE);
        stage.onBatch(slots(timesNs), 0, timesNs.length - 1);

        // At twice the speed: 0, 0.5, 0.5, 2.5, at once, and then 3 ms instead of a quarter of an hour.
        final double[] dueMs = {0, 0.5, 0.5, 2.5, 2.5, 5.5};
        assertThat(deliveredNs).hasSize(timesNs.length);
        for (int i = 0; i < dueMs.length; i++) {
            assertThat((deliveredNs.get(i) - deliveredNs.get(0)) / 1e6).isBetween(dueMs[i] - 0.02, dueMs[i] + 0.05);
        }
        assertThat(stage.error().getTotalCount()).isEqualTo(timesNs.length);
        assertThat(stage.error().getMaxValue()).isLessThan(2_000_000);
    }

    private static ReplayControl control(final double speed) {
        final ReplayControl control = new ReplayControl();
        control.speed(speed);
        return control;
    }

    private static SlotArray slots(final long... timesNs) {
        final SlotArray slots = new SlotArray(8);
        for (int i = 0; i < timesNs.length; i++) {
            slots.buffer().putLong(slots.offset(i) + 16, OPEN_NS + timesNs[i]);
        }
        return slots;
    }

    @Test
    void shouldGoOnRecordByRecordWhenStepped() throws Exception {
        final Path path = folder.resolve("tape.qrsdp");
        final List<Row> all = RandomTape.write(path, DATE, 0, 1_000, 1, RandomTape.wildTimes(1));
        final Rows rows = new Rows();
        final Semaphore delivered = new Semaphore(0);
        try (EventSource source = JournalSource.open(path)) {
            final ReplayPipeline pipeline = ReplayPipeline.from(source)
                    .pacing(Pacing.step())
                    .sink("rows", (slots, low, high) -> {
                        rows.onBatch(slots, low, high);
                        delivered.release((int) (high - low + 1));
                    })
                    .build();
            final CompletableFuture<ReplayStatistics> result = pipeline.start();
            pipeline.step(3);
            delivered.acquire(3);
            assertThat(delivered.availablePermits()).isZero();
            pipeline.step(2);
            delivered.acquire(2);
            pipeline.resume();
            final ReplayStatistics statistics = result.get();
            assertThat(statistics.isWhole()).isTrue();
            assertThat(rows.rows).isEqualTo(all);
        }
    }

    @Test
    void shouldEndWhileItWaitsWhenCancelled() throws IOException, ExecutionException, InterruptedException {
        final Path path = folder.resolve("tape.qrsdp");
        RandomTape.write(path, DATE, 0, 500, 1, index -> index * 3_600_000_000_000L / 100);
        final Semaphore delivered = new Semaphore(0);
        try (EventSource source = JournalSource.open(path)) {
            final ReplayPipeline pipeline = ReplayPipeline.from(source)
                    .pacing(Pacing.times(1))
                    .sink("first", (slots, low, high) -> delivered.release())
                    .build();
            final CompletableFuture<ReplayStatistics> result = pipeline.start();
            delivered.acquire();
            pipeline.cancel();
            final ReplayStatistics statistics = result.get();

            assertThat(statistics.isCancelled()).isTrue();
            assertThat(statistics.stage("first").emittedCount()).isEqualTo(1);
            assertThat(statistics.readCount() - statistics.skippedCount()).isEqualTo(1);
        }
    }

    @Test
    void shouldShowTheTimeOfTheRecordAtHand() throws IOException {
        final Path path = folder.resolve("tape.qrsdp");
        final List<Row> all = RandomTape.write(path, DATE, 0, 2_000, 3, RandomTape.wildTimes(3));
        final VirtualClock clock = new VirtualClock();
        final List<Long> timesNs = new ArrayList<>();
        try (EventSource source = JournalSource.open(path)) {
            ReplayPipeline.from(source)
                    .virtualClock(clock)
                    .sink("times", (slots, low, high) -> {
                        for (long at = low; at <= high; at++) {
                            timesNs.add(clock.nanoTime());
                        }
                    })
                    .build()
                    .run();
        }
        long latestNs = 0;
        for (int i = 0; i < all.size(); i++) {
            latestNs = Math.max(latestNs, all.get(i).timeNs());
            assertThat(timesNs.get(i)).isEqualTo(latestNs);
        }
        assertThat(clock.date()).isEqualTo(DATE);
    }
}
