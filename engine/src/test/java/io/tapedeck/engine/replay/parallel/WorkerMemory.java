package io.tapedeck.engine.replay.parallel;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.replay.BookSink;
import io.tapedeck.engine.replay.HashSink;
import io.tapedeck.engine.replay.InstrumentTable;
import io.tapedeck.engine.replay.JournalSource;
import io.tapedeck.engine.replay.MemoryUse;
import io.tapedeck.engine.replay.ReplayHandler;
import io.tapedeck.engine.replay.feature.FeatureSink;
import io.tapedeck.engine.replay.feature.Features;
import io.tapedeck.engine.replay.feature.Trigger;
import io.tapedeck.engine.replay.parallel.ReplayTask.Split;
import io.tapedeck.engine.replay.pipeline.ReplayPipelineBuilder;
import io.tapedeck.journal.manifest.DataSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Replays a data set with several workers in a JVM of its own, and says what they hold while all of them are at work. */
public final class WorkerMemory {
    private static final long LIMIT_SECONDS = 60;

    private static long heapBytes;
    private static long bufferBytes;

    private WorkerMemory() {}

    /**
     * Prints tasks, records, and KiB in heap and buffers: while no worker is at work, and while each of them has replayed half
     * of a tape.
     */
    public static void main(final String[] args) throws IOException, InterruptedException {
        final int workers = Integer.parseInt(args[1]);
        final List<Path> tapes = DataSet.open(Path.of(args[0])).tapes().stream()
                .map(DataSet.Tape::path)
                .collect(Collectors.toList());
        final List<ReplayTask> tasks = ReplayTask.of(tapes, Split.UNIT_DAY);
        System.gc();
        final long idleHeapBytes = MemoryUse.heapBytes();
        final long idleBufferBytes = MemoryUse.bufferBytes();
        final CyclicBarrier barrier = new CyclicBarrier(workers, () -> {
            System.gc();
            heapBytes = MemoryUse.heapBytes();
            bufferBytes = MemoryUse.bufferBytes();
        });
        final ThreadLocal<Boolean> hasWaited = ThreadLocal.withInitial(() -> false);
        final List<Long> counts = ParallelReplay.run(
                tasks,
                workers,
                (task, replay, source) -> {
                    final Gate gate = new Gate(hasWaited.get() ? null : barrier, task.recordCount() / 2);
                    hasWaited.set(true);
                    return withSinks(replay, source)
                            .sink("gate", gate)
                            .build()
                            .run()
                            .readCount();
                },
                count -> {});
        System.out.println(tasks.size() + " "
                + counts.stream().mapToLong(Long::longValue).sum() + " " + (idleHeapBytes >> 10) + " "
                + (idleBufferBytes >> 10) + " " + (heapBytes >> 10) + " " + (bufferBytes >> 10));
    }

    private static ReplayPipelineBuilder withSinks(final ReplayPipelineBuilder replay, final JournalSource source) {
        return replay.sink("hash", new HashSink())
                .sink("books", new BookSink(new OrderBooks(), null))
                .sink(
                        "features",
                        new FeatureSink(
                                Features.of(List.of("mid", "spread", "imbalance:3", "ofi", "volume", "variance")),
                                Trigger.parse("touch"),
                                InstrumentTable.of(source.instruments()),
                                (sequence, timeNs, instrumentId, values) -> {}));
    }

    /** Waits for the other workers in the middle of a tape. */
    private static final class Gate implements ReplayHandler {
        private final CyclicBarrier barrier;
        private final long position;
        private long count;

        Gate(final CyclicBarrier barrier, final long position) {
            this.barrier = barrier;
            this.position = position;
        }

        @Override
        public void onBatch(final SlotArray slots, final long low, final long high) {
            final boolean wasBefore = count < position;
            count += high - low + 1;
            if (barrier != null && wasBefore && count >= position) {
                try {
                    barrier.await(LIMIT_SECONDS, TimeUnit.SECONDS);
                } catch (final Exception ex) {
                    throw new IllegalStateException("the workers did not meet", ex);
                }
            }
        }
    }
}
