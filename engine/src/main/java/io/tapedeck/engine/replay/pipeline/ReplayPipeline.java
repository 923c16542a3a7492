package io.tapedeck.engine.replay.pipeline;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.engine.replay.EventSource;
import io.tapedeck.engine.replay.ReplayHandler;
import io.tapedeck.engine.replay.SourcePlan;
import io.tapedeck.engine.replay.SourceState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.agrona.concurrent.SystemNanoClock;

/**
 * A replay, ready to run: one source, transforms, sinks. It runs once.
 *
 * <p><b>Note:</b> {@link #run()} belongs to one thread, which also uses the source. What looks at a replay or steers it may
 * be called by any thread at any time.
 */
public final class ReplayPipeline {
    private static final int BATCH_LIMIT = 256;
    private static final long REST_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final EventSource source;
    private final boolean isFollowing;
    private final LongConsumer progress;
    private final List<TransformStage> transforms = new ArrayList<>();
    private final List<Sink> sinks = new ArrayList<>();
    private final PacedStage paced;
    private final ReplayHandler entry;
    private final ReplayControl control = new ReplayControl();
    private final AtomicBoolean isUsed = new AtomicBoolean();
    private final AtomicLong readCount = new AtomicLong();
    private final AtomicLong doneCount = new AtomicLong();
    private final long totalCount;
    private volatile long startNs;
    private volatile long endNs;

    ReplayPipeline(final ReplayPipelineBuilder builder, final long totalCount) {
        this.totalCount = totalCount;
        source = builder.source();
        isFollowing = builder.isFollowing();
        progress = builder.progress();
        for (final ReplayPipelineBuilder.NamedSink sink : builder.sinks()) {
            sinks.add(new Sink(sink.name(), sink.handler(), sink.options(), source));
        }
        ReplayHandler next = FanOut.of(sinks.stream().map(Sink::entry).toList());
        for (int i = builder.steps().size() - 1; i >= 0; i--) {
            final ReplayPipelineBuilder.Step step = builder.steps().get(i);
            final TransformStage stage =
                    new TransformStage(step.name(), step.transform(), step.errorPolicy(), source, next);
            transforms.add(0, stage);
            next = stage;
        }
        if (builder.clock() != null) {
            next = new ClockStage(builder.clock(), next);
        }
        final Pacing pacing = builder.pacing();
        if (pacing == null) {
            paced = null;
        } else {
            control.speed(pacing.speed());
            control.pause(pacing.isStepped());
            paced = new PacedStage(pacing, control, SystemNanoClock.INSTANCE, next);
            next = paced;
        }
        entry = next;
    }

    /**
     * Begins to put a replay together.
     *
     * @param source at the place to begin; stays open.
     * @return a builder.
     */
    public static ReplayPipelineBuilder from(final EventSource source) {
        return new ReplayPipelineBuilder(source);
    }

    /**
     * What will be read.
     *
     * @return one entry for each file; empty where nothing is known beforehand.
     * @throws IOException if a file cannot be read.
     */
    public List<SourcePlan> plan() throws IOException {
        return source.plan();
    }

    /**
     * Runs the replay on the calling thread, to the end of the source or until it is cancelled. The sinks are closed when
     * this returns; only if it returns normally were they told that their output is whole.
     *
     * @return what became of it.
     * @throws CorruptDataException  if the source is damaged; what came before was delivered.
     * @throws IOException           if the source cannot be read, or a sink cannot write.
     * @throws ReplayException       if a stage failed in another way.
     * @throws IllegalStateException if the replay was run before, or a transform lost count of its records.
     */
    public ReplayStatistics run() throws IOException {
        if (!isUsed.compareAndSet(false, true)) {
            throw new IllegalStateException("a replay runs once; build another one");
        }
        startNs = System.nanoTime();
        Exception failure = null;
        try {
            sinks.forEach(Sink::start);
            drain();
            entry.onEnd();
        } catch (final IOException | RuntimeException ex) {
            failure = ex;
        }
        failure = close(failure);
        endNs = System.nanoTime();
        if (failure != null) {
            throw unwrapped(failure);
        }
        final ReplayStatistics statistics = statistics();
        final String imbalance = statistics.imbalance();
        if (imbalance != null) {
            throw new IllegalStateException("records were lost: " + imbalance);
        }
        return statistics;
    }

    private Exception close(final Exception failure) {
        try {
            entry.onClose();
        } catch (final RuntimeException ex) {
            if (failure == null) {
                return ex;
            }
            if (failure != ex) {
                failure.addSuppressed(ex);
            }
        }
        return failure;
    }

    private void drain() throws IOException {
        while (!control.isCancelled()) {
            if (paced == null && control.isPaused()) {
                rest();
                continue;
            }
            final int count = source.poll(entry, BATCH_LIMIT);
            if (count > 0) {
                final long read = readCount.get() + count;
                readCount.lazySet(read);
                final long done = read + source.leftOutCount();
                doneCount.lazySet(done);
                progress.accept(done);
                continue;
            }
            final SourceState state = source.state();
            if (state == SourceState.ENDED || state == SourceState.CAUGHT_UP && !isFollowing) {
                return;
            }
            if (state == SourceState.CAUGHT_UP) {
                rest();
            }
        }
    }

    private void rest() {
        if (entry.onIdle(System.nanoTime()) == 0) {
            LockSupport.parkNanos(REST_NS);
        }
    }

    /** A stage says where it failed; of damaged data and failed writes it is the cause that people have to see. */
    private static RuntimeException unwrapped(final Exception ex) throws IOException {
        final Throwable cause = ex instanceof ReplayException ? ex.getCause() : ex;
        if (cause instanceof UncheckedIOException) {
            throw ((UncheckedIOException) cause).getCause();
        }
        if (cause instanceof IOException) {
            throw (IOException) cause;
        }
        if (cause instanceof CorruptDataException) {
            return (CorruptDataException) cause;
        }
        return (RuntimeException) ex;
    }

    private ReplayStatistics statistics() {
        return new ReplayStatistics(
                readCount.get(),
                paced == null ? 0 : paced.skippedCount(),
                transforms.stream().map(TransformStage::statistics).toList(),
                sinks.stream().map(Sink::statistics).toList(),
                endNs - startNs,
                control.isCancelled(),
                source.state() == SourceState.ENDED,
                paced == null ? null : paced.error());
    }

    /**
     * Runs the replay on a thread of its own.
     *
     * @return completed with what {@link #run()} returns or throws.
     */
    public CompletableFuture<ReplayStatistics> start() {
        final CompletableFuture<ReplayStatistics> result = new CompletableFuture<>();
        new Thread(
                        () -> {
                            try {
                                result.complete(run());
                            } catch (final Throwable ex) {
                                result.completeExceptionally(ex);
                            }
                        },
                        "tapedeck-replay")
                .start();
        return result;
    }

    /**
     * How far the replay has come.
     *
     * @return a snapshot.
     */
    public ReplayProgress progress() {
        final long start = startNs;
        final long end = endNs;
        return new ReplayProgress(
                doneCount.get(), totalCount, start == 0 ? 0 : (end == 0 ? System.nanoTime() : end) - start);
    }

    /** Ends the replay behind the batch at work. What was delivered becomes a whole output. */
    public void cancel() {
        control.cancel();
    }

    /** Holds the replay in front of its next record, or of its next batch where it has no pace. */
    public void pause() {
        control.pause(true);
    }

    /** Goes on after a pause. The time of the pause is not made up for. */
    public void resume() {
        control.pause(false);
    }

    /**
     * Lets a paused replay that has a pace go on by some records.
     *
     * @param count how many, 1 or more; added to those that are still to go.
     * @throws IllegalArgumentException if it is less.
     * @throws IllegalStateException    if the replay has no pace.
     */
    public void step(final long count) {
        if (count < 1) {
            throw new IllegalArgumentException("a step has 1 or more records: count=" + count);
        }
        requirePaced();
        control.step(count);
    }

    /**
     * Changes the speed of a replay that has a pace.
     *
     * @param value multiple of real time, above 0.
     * @throws IllegalArgumentException if it is not.
     * @throws IllegalStateException    if the replay has no pace.
     */
    public void speed(final double value) {
        requirePaced();
        control.speed(Pacing.times(value).speed());
    }

    private void requirePaced() {
        if (paced == null) {
            throw new IllegalStateException("the replay has no pace: it was built to run as fast as possible");
        }
    }
}
