package io.tapedeck.engine.pipeline;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.TimeoutException;
import org.agrona.concurrent.IdleStrategy;

/** Sleeps until the producer publishes what a group of consumers awaits, or the ring's wait strategy times out. */
final class RingIdleStrategy implements IdleStrategy {
    private final SequenceBarrier barrier;
    private final ConsumerGroup group;

    RingIdleStrategy(final EventRing ring, final ConsumerGroup group) {
        this.group = group;
        barrier = ring.newBarrier();
    }

    @Override
    public void idle(final int workCount) {
        if (workCount <= 0) {
            idle();
        }
    }

    @Override
    public void idle() {
        try {
            barrier.waitFor(group.awaitedSequence());
        } catch (final TimeoutException expected) {
            // Time for the consumers' timers.
        } catch (final InterruptedException | AlertException ex) {
            // Nothing is told by interrupts or alerts here: the ring says when it is over.
        }
    }

    @Override
    public void reset() {}

    @Override
    public String alias() {
        return WaitMode.BLOCK.toString();
    }
}
