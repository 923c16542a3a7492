package io.tapedeck.engine.pipeline;

/** Runs a consumer that the producer waits for: it reads the ring's own slots. */
final class GatingAgent extends ConsumerAgent {
    private final int batchLimit;

    GatingAgent(
            final EventRing ring,
            final String name,
            final BatchConsumer consumer,
            final PipelineContext context,
            final ConsumerCounters counters) {
        super(ring, name, consumer, context, counters);
        // A quarter of the ring at a time: the producer gets room back while the consumer still has work.
        batchLimit = Math.max(1, context.ringSize() / 4);
        ring.addGatingSequence(position());
    }

    @Override
    int poll() {
        final long low = nextSequence();
        final long high = Math.min(ring.cursor(), low + batchLimit - 1);
        if (high < low) {
            return 0;
        }
        deliver(ring.slots(), low, high);
        return (int) (high - low) + 1;
    }

    @Override
    long awaitedSequence() {
        return nextSequence();
    }

    @Override
    boolean isGating() {
        return true;
    }
}
