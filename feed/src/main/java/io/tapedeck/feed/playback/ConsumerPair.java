package io.tapedeck.feed.playback;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.pipeline.BatchConsumer;

/**
 * Two consumers on one thread, where no ring gives each a thread of its own. The first one has a batch before the second,
 * and is closed after it.
 */
public final class ConsumerPair implements BatchConsumer {
    private final BatchConsumer first;
    private final BatchConsumer second;

    /**
     * Drives both.
     *
     * @param first  has every batch first.
     * @param second has it then.
     */
    public ConsumerPair(final BatchConsumer first, final BatchConsumer second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public void onBatch(final SlotArray slots, final long low, final long high) {
        first.onBatch(slots, low, high);
        second.onBatch(slots, low, high);
    }

    @Override
    public int onIdle(final long nowNs) {
        return first.onIdle(nowNs) + second.onIdle(nowNs);
    }

    @Override
    public void onClose() {
        try {
            second.onClose();
        } finally {
            first.onClose();
        }
    }
}
