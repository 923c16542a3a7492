package io.tapedeck.engine.replay.parallel;

import io.tapedeck.engine.replay.JournalSource;
import io.tapedeck.engine.replay.pipeline.ReplayPipeline;
import io.tapedeck.engine.replay.pipeline.ReplayPipelineBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * Does replay tasks on several threads. The longest come first, so that no long one is left over at the end; results come
 * in the order of the tasks, whoever did them and when. A worker has one tape open at a time: beside what its sinks keep,
 * it holds the buffers of one chunk.
 *
 * <p>The first failure stops the others at their next batch, and is thrown; tasks that were finished before stay finished.
 */
public final class ParallelReplay {
    private final List<ReplayTask> tasks;
    private final Object[] results;
    private final int[] order;
    private final AtomicInteger nextTask = new AtomicInteger();
    private final AtomicLong readCount = new AtomicLong();
    private final AtomicReference<WorkerException> failure = new AtomicReference<>();

    /**
     * Does one task.
     *
     * @param <T> what it results in.
     */
    @FunctionalInterface
    public interface Work<T> {
        /**
         * Completes a replay and runs it. Called by several threads at once.
         *
         * @param task   to be done.
         * @param replay of the task's tape, of the task's symbol alone if it has one; without a sink yet.
         * @param source that it reads, for its instruments and metadata.
         * @return the result.
         * @throws IOException if the tape cannot be read, or a sink not written.
         */
        T run(ReplayTask task, ReplayPipelineBuilder replay, JournalSource source) throws IOException;
    }

    private ParallelReplay(final List<ReplayTask> tasks) {
        this.tasks = List.copyOf(tasks);
        results = new Object[tasks.size()];
        order = IntStream.range(0, tasks.size())
                .boxed()
                .sorted(Comparator.comparingLong((Integer i) -> -tasks.get(i).recordCount()))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /**
     * Does all tasks and waits for them.
     *
     * @param <T>      what a task results in.
     * @param tasks    to be done.
     * @param workers  how many threads at most, 1 or more.
     * @param work     does one of them.
     * @param progress is told now and then how many records were read, by any of the threads.
     * @return the results, in the order of the tasks.
     * @throws WorkerException          the first failure of a worker.
     * @throws IllegalArgumentException if there is no worker.
     * @throws InterruptedException     if the calling thread was interrupted; the workers have ended early.
     */
    public static <T> List<T> run(
            final List<ReplayTask> tasks, final int workers, final Work<T> work, final LongConsumer progress)
            throws InterruptedException {
        if (workers < 1) {
            throw new IllegalArgumentException("a replay needs a worker: workers=" + workers);
        }
        return new ParallelReplay(tasks).run(Math.min(workers, tasks.size()), work, progress);
    }

    @SuppressWarnings("unchecked")
    private <T> List<T> run(final int workers, final Work<T> work, final LongConsumer progress)
            throws InterruptedException {
        final List<Thread> threads = new ArrayList<>();
        for (int worker = 0; worker < workers; worker++) {
            final int number = worker;
            final Thread thread = new Thread(() -> work(number, work, progress), "tapedeck-worker-" + worker);
            threads.add(thread);
            thread.start();
        }
        boolean isInterrupted = false;
        for (int i = 0; i < threads.size(); ) {
            try {
                threads.get(i).join();
                i++;
            } catch (final InterruptedException ex) {
                isInterrupted = true;
                failure.compareAndSet(null, new WorkerException(-1, null, ex));
            }
        }
        if (isInterrupted) {
            throw new InterruptedException("interrupted while workers replayed; they have ended early");
        }
        if (failure.get() != null) {
            throw failure.get();
        }
        return (List<T>) Arrays.asList(results);
    }

    private void work(final int worker, final Work<?> work, final LongConsumer progress) {
        int next = nextTask.getAndIncrement();
        while (next < order.length && failure.get() == null) {
            final int at = order[next];
            try {
                results[at] = run(tasks.get(at), work, progress);
            } catch (final CancellationException ex) {
                return;
            } catch (final Throwable ex) {
                failure.compareAndSet(null, new WorkerException(worker, tasks.get(at), ex));
                return;
            }
            next = nextTask.getAndIncrement();
        }
    }

    private Object run(final ReplayTask task, final Work<?> work, final LongConsumer progress) throws IOException {
        try (JournalSource source = JournalSource.open(task.tape())) {
            final long[] seen = new long[1];
            final ReplayPipelineBuilder replay = ReplayPipeline.from(source).onProgress(count -> {
                if (failure.get() != null) {
                    throw new CancellationException("another worker has failed");
                }
                progress.accept(readCount.addAndGet(count - seen[0]));
                seen[0] = count;
            });
            if (task.symbol() != null) {
                replay.symbols(List.of(task.symbol()));
            }
            return work.run(task, replay, source);
        }
    }
}
