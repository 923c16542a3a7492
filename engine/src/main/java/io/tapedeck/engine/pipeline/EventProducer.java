package io.tapedeck.engine.pipeline;

import com.lmax.disruptor.SingleProducerSequencer;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.record.RecordSink;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;

/**
 * The writing end of a pipeline: claim slots, fill them, publish them.
 *
 * <pre>{@code
 * final long low = producer.claim(producer.claimSize());
 * if (low == EventProducer.CLOSED) {
 *     return; // the pipeline is being stopped: nothing of this claim is needed
 * }
 * final int filled = fill(producer.slots(), low, producer.claimSize());
 * producer.publish(low, low + filled - 1);
 * }</pre>
 *
 * <p>A claim may be larger than what is then needed: slots that were claimed and not published are claimed again by the
 * next claim. Nothing published is ever lost to a gating consumer; a full ring makes the claim wait.
 *
 * <p><b>Note:</b> all calls come from one thread, the same for the pipeline's whole life.
 */
public final class EventProducer implements RecordSink {
    private static final long NO_CLAIM = -1;

    private final EventRing ring;
    private final SingleProducerSequencer sequencer;
    private final SlotArray slots;
    private final int claimSize;
    private final IdleStrategy idleStrategy;
    private final NanoClock clock;
    private final PipelineCounters counters;
    private Thread thread;
    private long claimLow = NO_CLAIM;
    private long claimHigh = NO_CLAIM;

    EventProducer(
            final EventRing ring,
            final int claimSize,
            final IdleStrategy idleStrategy,
            final NanoClock clock,
            final PipelineCounters counters) {
        this.ring = ring;
        this.claimSize = claimSize;
        this.idleStrategy = idleStrategy;
        this.clock = clock;
        this.counters = counters;
        sequencer = ring.sequencer();
        slots = ring.slots();
    }

    /**
     * Where to write what was claimed.
     *
     * @return always the same array.
     */
    @Override
    public SlotArray slots() {
        return slots;
    }

    /**
     * The most slots that one claim may take, and the number to claim where there is no reason to take less.
     *
     * @return as configured.
     */
    @Override
    public int claimSize() {
        return claimSize;
    }

    /**
     * Claims slots to write, waiting until every gating consumer has left them. The time spent waiting is counted.
     *
     * @param count how many, from 1 to {@link #claimSize()}.
     * @return ring sequence of the first one, the others follow; or {@link #CLOSED}.
     * @throws IllegalArgumentException when it is not.
     * @throws IllegalStateException    when the claim before has not been published.
     */
    @Override
    public long claim(final int count) {
        if (count < 1 || count > claimSize) {
            throw new IllegalArgumentException(
                    "a claim takes from 1 to claimSize slots: count=" + count + ", claimSize=" + claimSize);
        }
        if (claimHigh != NO_CLAIM) {
            throw new IllegalStateException(
                    "the claim before is still open, publish it first: low=" + claimLow + ", high=" + claimHigh);
        }
        if (ring.isClosing() || !sequencer.hasAvailableCapacity(count) && !awaitCapacity(count)) {
            return CLOSED;
        }
        thread = Thread.currentThread();
        final long high = sequencer.next(count);
        final long low = high - count + 1;
        ring.openClaim(high);
        claimLow = low;
        claimHigh = high;
        // Looked at again after the claim was announced: see the note on memory order in EventRing.
        if (ring.isClosing()) {
            abandonClaim();
            return CLOSED;
        }
        return low;
    }

    /**
     * Makes claimed slots visible to the consumers and ends the claim. Slots above {@code high} fall back.
     *
     * @param low  what {@link #claim(int)} returned.
     * @param high ring sequence of the last slot that was filled; {@code low - 1} when none was.
     * @throws IllegalArgumentException when that is not what was claimed.
     */
    @Override
    public void publish(final long low, final long high) {
        if (claimHigh == NO_CLAIM || low != claimLow || high < low - 1 || high > claimHigh) {
            throw new IllegalArgumentException("not within the open claim: low=" + low + ", high=" + high
                    + ", claimLow=" + claimLow + ", claimHigh=" + claimHigh);
        }
        if (high < claimHigh) {
            sequencer.claim(high);
        }
        if (high >= low) {
            sequencer.publish(high);
            counters.published(high + 1);
        }
        claimLow = NO_CLAIM;
        claimHigh = NO_CLAIM;
        ring.endClaim();
    }

    /** Gives an open claim back, when the thread that holds it is the one that asks. */
    void abandonOwnClaim() {
        // A thread that is not the producer may read a stale value here, but never its own name.
        if (thread == Thread.currentThread() && claimHigh != NO_CLAIM) {
            abandonClaim();
        }
    }

    private void abandonClaim() {
        publish(claimLow, claimLow - 1);
    }

    private boolean awaitCapacity(final int count) {
        final long startNs = clock.nanoTime();
        idleStrategy.reset();
        boolean closing;
        boolean available;
        do {
            idleStrategy.idle();
            closing = ring.isClosing();
            available = sequencer.hasAvailableCapacity(count);
        } while (!available && !closing);
        counters.stalled(clock.nanoTime() - startNs);
        return !closing;
    }
}
