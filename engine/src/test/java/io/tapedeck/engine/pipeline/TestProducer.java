package io.tapedeck.engine.pipeline;

import java.util.SplittableRandom;

/** Produces patterned slots, in claims of random size that are not always used up, and digests what it published. */
final class TestProducer {
    private final EventProducer producer;
    private final SplittableRandom random;
    volatile long published;
    volatile long digest;

    TestProducer(final EventProducer producer, final long seed) {
        this.producer = producer;
        random = new SplittableRandom(seed);
    }

    /** Publishes until there are that many events; false when the pipeline was closed before. */
    boolean produceTo(final long events) {
        while (published < events) {
            final int count = 1 + random.nextInt(producer.claimSize());
            final long low = producer.claim(count);
            if (low == EventProducer.CLOSED) {
                return false;
            }
            final long high = Math.min(events, low + random.nextInt(count + 1)) - 1;
            // What is claimed and not used is scribbled on: it must never be seen.
            for (long sequence = low; sequence < low + count; sequence++) {
                producer.slots().buffer().putLong(producer.slots().offset(sequence), -sequence);
            }
            final long nextDigest;
            if (high >= low) {
                SlotPattern.fill(producer.slots(), low, high);
                nextDigest = SlotPattern.digest(digest, producer.slots(), low, high);
            } else {
                nextDigest = digest;
            }
            producer.publish(low, high);
            digest = nextDigest;
            published = high + 1;
        }
        return true;
    }
}
