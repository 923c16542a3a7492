package io.tapedeck.engine.pipeline;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.SingleProducerSequencer;
import com.lmax.disruptor.TimeoutBlockingWaitStrategy;
import com.lmax.disruptor.WaitStrategy;
import io.tapedeck.codecs.record.SlotArray;
import java.util.concurrent.TimeUnit;

/**
 * What producer and consumers share: the slots, the sequencer, and where the stream ends.
 *
 * <p>Memory order. The producer announces a claim before it writes the first slot of it, with a full fence in between.
 * The announcement serves two readers. A follower that copied slots, then a load fence, then finds that the highest
 * claim has not reached them, has copied what was published: had it seen one byte of a later write, it would see the
 * announcement made before that write. And whoever closes the ring sets {@link #isClosing} before looking for an open
 * claim, while the producer opens its claim before looking at {@link #isClosing}: with a fence on each side at least
 * one sees the other, so no slot is written after the end was fixed.
 */
final class EventRing {
    private static final long MAX_BLOCK_MS = 1;

    private final SlotArray slots;
    private final SingleProducerSequencer sequencer;

    /** The highest sequence ever claimed; never goes back, not even when slots of a claim are not used. */
    private final Sequence claimedHigh = new Sequence();

    /** 1 while the producer may write slots, else 0. */
    private final Sequence openClaims = new Sequence(0);

    private volatile boolean closing;
    private volatile long endSequence = Long.MAX_VALUE;

    EventRing(final int ringSize, final WaitMode waitMode) {
        slots = new SlotArray(ringSize);
        // Nobody waits through the strategy unless waits block; the spinning one makes a publication a plain store.
        final WaitStrategy strategy = waitMode == WaitMode.BLOCK
                ? new TimeoutBlockingWaitStrategy(MAX_BLOCK_MS, TimeUnit.MILLISECONDS)
                : new BusySpinWaitStrategy();
        sequencer = new SingleProducerSequencer(ringSize, strategy);
    }

    SlotArray slots() {
        return slots;
    }

    /** The producer's; it alone calls what changes it. */
    SingleProducerSequencer sequencer() {
        return sequencer;
    }

    SequenceBarrier newBarrier() {
        return sequencer.newBarrier();
    }

    void addGatingSequence(final Sequence sequence) {
        sequencer.addGatingSequences(sequence);
    }

    /** The highest published sequence, -1 at first; what it covers is visible to the caller. */
    long cursor() {
        return sequencer.getCursor();
    }

    /** The lowest sequence whose slot has not been claimed again since. */
    long oldestIntact() {
        return claimedHigh.get() - slots.capacity() + 1;
    }

    void openClaim(final long high) {
        claimedHigh.set(Math.max(claimedHigh.get(), high));
        openClaims.setVolatile(1);
    }

    void endClaim() {
        openClaims.set(0);
    }

    boolean hasOpenClaim() {
        return openClaims.get() != 0;
    }

    /** From now on no claim succeeds; one that is open may still be published. */
    void beginClosing() {
        closing = true;
    }

    boolean isClosing() {
        return closing;
    }

    /** Fixes the last sequence; a consumer that has reached it closes. {@link Long#MIN_VALUE} makes all close at once. */
    void endAt(final long sequence) {
        endSequence = sequence;
    }

    /** {@link Long#MAX_VALUE} until the end is known. */
    long endSequence() {
        return endSequence;
    }
}
