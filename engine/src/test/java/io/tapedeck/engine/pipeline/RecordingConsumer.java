package io.tapedeck.engine.pipeline;

import io.tapedeck.codecs.record.SlotArray;

/** Remembers what it was handed: a digest, where it stands, and what was wrong with it. */
class RecordingConsumer implements FollowingConsumer {
    volatile long next;
    volatile long digest;
    volatile long gaps;
    volatile long torn;
    volatile long idles;
    volatile long lastIdleNs;
    volatile long missed;
    volatile int closes;
    volatile Thread closer;

    @Override
    public void onBatch(final SlotArray slots, final long low, final long high) {
        if (low != next || high < low) {
            gaps++;
        }
        for (long sequence = low; sequence <= high; sequence++) {
            if (!SlotPattern.isIntact(slots, sequence)) {
                torn++;
            }
        }
        digest = SlotPattern.digest(digest, slots, low, high);
        next = high + 1;
    }

    @Override
    public int onIdle(final long nowNs) {
        idles++;
        lastIdleNs = nowNs;
        return 0;
    }

    @Override
    public long onFallBehind(final long low, final long available) {
        if (low != next || available <= low) {
            gaps++;
        }
        missed += available - low;
        next = available;
        return available;
    }

    @Override
    public void onClose() {
        // The count last: it is what a test waits for.
        closer = Thread.currentThread();
        closes++;
    }
}
