package io.tapedeck.engine.replay.pipeline;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.replay.ReplayHandler;
import io.tapedeck.engine.replay.SlotRing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;

/**
 * A sink on a thread of its own behind a bounded ring. Every call of the sink, the last one too, comes from that thread.
 *
 * <p>The beginning of a session is queued beside the ring before the first record behind it is published, and looked for
 * after it was seen what is published.
 */
final class SinkRing implements ReplayHandler {
    private static final int BATCH_LIMIT = 256;
    private static final int SESSION_CAPACITY = 16;
    private static final long MAX_PARK_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final String name;
    private final ReplayHandler sink;
    private final BackPressure backPressure;
    private final SlotRing ring;
    private final OneToOneConcurrentArrayQueue<Session> sessions = new OneToOneConcurrentArrayQueue<>(SESSION_CAPACITY);
    private final Thread thread;
    private volatile Ending ending = Ending.NONE;
    private volatile RuntimeException failure;
    private long takenCount;
    private long droppedCount;
    private long stallNs;
    private long highWater;

    /** How the thread is to end. */
    private enum Ending {
        NONE,
        WHEN_EMPTY,
        AT_ONCE
    }

    /** A session that begins at a position of the ring. */
    private record Session(long position, LocalDate date) {}

    SinkRing(final String name, final ReplayHandler sink, final BackPressure backPressure, final int capacity) {
        this.name = name;
        this.sink = sink;
        this.backPressure = backPressure;
        ring = new SlotRing(capacity);
        thread = new Thread(this::consume, "tapedeck-sink-" + name);
    }

    void start() {
        thread.start();
    }

    @Override
    public void onSession(final LocalDate date) {
        final Session session = new Session(ring.published(), date);
        final IdleStrategy idle = newIdleStrategy();
        while (!sessions.offer(session)) {
            requireAlive();
            idle.idle();
        }
    }

    @Override
    public void onBatch(final SlotArray batch, final long low, final long high) {
        requireAlive();
        takenCount += high - low + 1;
        long at = low;
        while (at <= high) {
            final int count = ring.offer(batch, at, high);
            highWater = Math.max(highWater, ring.size());
            at += count;
            if (count == 0) {
                if (backPressure == BackPressure.DROP_NEWEST) {
                    droppedCount += high - at + 1;
                    return;
                }
                awaitRoom();
            }
        }
    }

    private void awaitRoom() {
        final int capacity = ring.slots().capacity();
        if (backPressure == BackPressure.FAIL) {
            throw new IllegalStateException("the ring of sink '" + name + "' is full with " + capacity
                    + " records: the sink is slower than the replay. Let the replay wait, or give the sink more room");
        }
        final long startNs = System.nanoTime();
        final IdleStrategy idle = newIdleStrategy();
        while (ring.size() == capacity) {
            requireAlive();
            idle.idle();
        }
        stallNs += System.nanoTime() - startNs;
    }

    private void requireAlive() {
        final RuntimeException cause = failure;
        if (cause != null) {
            throw cause;
        }
    }

    @Override
    public void onEnd() {
        ending = Ending.WHEN_EMPTY;
        join();
        requireAlive();
    }

    @Override
    public void onClose() {
        if (thread.getState() == Thread.State.NEW) {
            sink.onClose();
            return;
        }
        if (ending == Ending.NONE) {
            ending = Ending.AT_ONCE;
        }
        join();
    }

    private void join() {
        boolean isInterrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (final InterruptedException ex) {
                isInterrupted = true;
                ending = Ending.AT_ONCE;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void consume() {
        try {
            drain();
        } catch (final RuntimeException ex) {
            failure = ex;
        } catch (final IOException ex) {
            failure = new UncheckedIOException(ex);
        } catch (final Error ex) {
            failure = new IllegalStateException("sink '" + name + "' failed: " + ex, ex);
            throw ex;
        } finally {
            close();
        }
    }

    private void drain() throws IOException {
        final IdleStrategy idle = newIdleStrategy();
        while (ending != Ending.AT_ONCE) {
            final boolean isLast = ending == Ending.WHEN_EMPTY;
            final int count = deliver();
            if (count == 0 && isLast) {
                sink.onEnd();
                return;
            }
            idle.idle(count > 0 ? count : sink.onIdle(System.nanoTime()));
        }
    }

    /** Delivers the next batch or the beginning of a session; says how many calls or records that was. */
    private int deliver() {
        final int contiguous = ring.contiguous(BATCH_LIMIT);
        final long position = ring.consumed();
        final Session session = sessions.peek();
        if (session != null && session.position() == position) {
            sessions.poll();
            sink.onSession(session.date());
            return 1;
        }
        final int count = session == null ? contiguous : (int) Math.min(contiguous, session.position() - position);
        if (count > 0) {
            sink.onBatch(ring.slots(), position, position + count - 1);
            ring.consume(count);
        }
        return count;
    }

    private void close() {
        try {
            sink.onClose();
        } catch (final RuntimeException ex) {
            if (failure == null) {
                failure = ex;
            } else if (failure != ex) {
                failure.addSuppressed(ex);
            }
        }
    }

    private static IdleStrategy newIdleStrategy() {
        return new BackoffIdleStrategy(10, 5, 1_000, MAX_PARK_NS);
    }

    long takenCount() {
        return takenCount;
    }

    long droppedCount() {
        return droppedCount;
    }

    long stallNs() {
        return stallNs;
    }

    long highWater() {
        return highWater;
    }
}
