package io.tapedeck.engine.pipeline;

import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;

import io.tapedeck.codecs.record.SlotArray;
import java.lang.invoke.VarHandle;

/**
 * Runs a consumer that the producer does not wait for: copies slots, checks that none was claimed again meanwhile, and
 * only then hands the copy over. See {@link EventRing} for why the check suffices.
 */
final class FollowingAgent extends ConsumerAgent {
    private static final int MAX_COPY_LENGTH = 256;

    private final FollowingConsumer consumer;
    private final SlotArray copy;
    private final int rejoinDistance;
    private boolean behind;

    FollowingAgent(
            final EventRing ring,
            final String name,
            final FollowingConsumer consumer,
            final PipelineContext context,
            final ConsumerCounters counters) {
        super(ring, name, consumer, context, counters);
        this.consumer = consumer;
        rejoinDistance = context.ringSize() / 2;
        copy = new SlotArray(Math.min(MAX_COPY_LENGTH, rejoinDistance));
    }

    @Override
    int poll() {
        final long low = nextSequence();
        if (behind) {
            return catchUp(low);
        }
        // Ends where the copy's circle ends: then neither the copy nor the ring, a multiple of it, wraps in between.
        final long high = Math.min(ring.cursor(), low | copy.capacity() - 1);
        if (high < low) {
            return 0;
        }
        if (!copyIntact(low, high)) {
            behind = true;
            return catchUp(low);
        }
        deliver(copy, low, high);
        return (int) (high - low) + 1;
    }

    @Override
    long awaitedSequence() {
        return behind ? ring.cursor() + 1 : nextSequence();
    }

    @Override
    boolean isGating() {
        return false;
    }

    private boolean copyIntact(final long low, final long high) {
        if (low < ring.oldestIntact()) {
            return false;
        }
        final SlotArray slots = ring.slots();
        final int lengthBytes = (int) (high - low + 1) * SLOT_LENGTH;
        copy.buffer().putBytes(copy.offset(low), slots.buffer(), slots.offset(low), lengthBytes);
        // No load of the copying may slip below the look at the producer's claims.
        VarHandle.loadLoadFence();
        return low >= ring.oldestIntact();
    }

    private int catchUp(final long low) {
        final long newest = ring.cursor();
        final long available = newest - rejoinDistance + 1;
        final long wanted = failure() == null ? ask(low, available) : newest + 1;
        if (wanted < low || wanted > newest + 1) {
            fail(
                    low,
                    new IllegalStateException("a consumer that is behind must ask for an event from the first that it"
                            + " has not had up to one after the newest: wanted=" + wanted + ", low=" + low
                            + ", newest=" + newest));
            return 1;
        }
        if (wanted > low) {
            counters().missed(wanted - low);
            advanceTo(wanted - 1);
        }
        behind = wanted < available;
        return (int) Math.min(wanted - low, Integer.MAX_VALUE);
    }

    private long ask(final long low, final long available) {
        try {
            return consumer.onFallBehind(low, available);
        } catch (final Throwable ex) {
            fail(low, ex);
            return low;
        }
    }
}
