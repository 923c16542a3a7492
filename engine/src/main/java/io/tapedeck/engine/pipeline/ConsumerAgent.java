package io.tapedeck.engine.pipeline;

import com.lmax.disruptor.Sequence;
import io.tapedeck.codecs.record.SlotArray;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

/**
 * The duty cycle of one consumer: hand over what is there, else let it idle, close it at the end. It never throws: what
 * the consumer throws is reported once, and from then on events pass without it.
 */
abstract class ConsumerAgent implements Agent {
    final EventRing ring;
    private final String unit;
    private final String name;
    private final BatchConsumer consumer;
    private final NanoClock clock;
    private final RunListener listener;
    private final ConsumerCounters counters;

    /** The last sequence that the consumer has done with; written by its thread. */
    private final Sequence position = new Sequence();

    private volatile Throwable failure;
    private volatile boolean closed;

    ConsumerAgent(
            final EventRing ring,
            final String name,
            final BatchConsumer consumer,
            final PipelineContext context,
            final ConsumerCounters counters) {
        this.ring = ring;
        this.name = name;
        this.consumer = consumer;
        this.counters = counters;
        unit = context.unit();
        clock = context.nanoClock();
        listener = context.runListener();
    }

    /** Hands over what is there; returns how much that was. */
    abstract int poll();

    /** The sequence whose publication gives this consumer work. */
    abstract long awaitedSequence();

    /** Whether the producer waits for this consumer. */
    abstract boolean isGating();

    @Override
    public final int doWork() {
        if (closed) {
            return 0;
        }
        if (position.get() >= ring.endSequence()) {
            onClose();
            return 1;
        }
        final int work = poll();
        return work > 0 ? work : idle();
    }

    @Override
    public final void onClose() {
        if (closed) {
            return;
        }
        try {
            consumer.onClose();
        } catch (final Throwable ex) {
            fail(nextSequence(), ex);
        }
        closed = true;
    }

    @Override
    public final String roleName() {
        return name;
    }

    final void deliver(final SlotArray slots, final long low, final long high) {
        if (failure == null) {
            try {
                consumer.onBatch(slots, low, high);
            } catch (final Throwable ex) {
                fail(low, ex);
            }
        }
        advanceTo(high);
    }

    final void advanceTo(final long sequence) {
        position.set(sequence);
        counters.consumed(sequence + 1);
    }

    /** Keeps the first failure and reports it; later ones can only come from closing, and go with it. */
    final void fail(final long sequence, final Throwable cause) {
        final Throwable first = failure;
        if (first != null) {
            addSuppressed(first, cause);
            return;
        }
        failure = cause;
        counters.failed();
        try {
            listener.onConsumerFailed(unit, name, sequence, cause);
        } catch (final Throwable ex) {
            addSuppressed(cause, ex);
        }
    }

    private static void addSuppressed(final Throwable first, final Throwable later) {
        // A throwable refuses to hold itself.
        if (first != later) {
            first.addSuppressed(later);
        }
    }

    final long nextSequence() {
        return position.get() + 1;
    }

    final Sequence position() {
        return position;
    }

    final ConsumerCounters counters() {
        return counters;
    }

    final Throwable failure() {
        return failure;
    }

    final boolean isClosed() {
        return closed;
    }

    private int idle() {
        if (failure == null) {
            try {
                return consumer.onIdle(clock.nanoTime());
            } catch (final Throwable ex) {
                fail(nextSequence(), ex);
            }
        }
        return 0;
    }
}
