package io.tapedeck.engine.replay.sink;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.replay.ReplayHandler;
import io.tapedeck.engine.replay.Slots;

/** Keeps records in memory, up to a number; what comes behind is counted and not kept. */
public final class MemorySink implements ReplayHandler {
    private final SlotArray slots;
    private long count;

    /**
     * An empty memory.
     *
     * @param capacity how many records to keep, a power of two; each takes 64 bytes outside the heap.
     * @throws IllegalArgumentException if it is none, or more than an array of slots can have.
     */
    public MemorySink(final int capacity) {
        slots = new SlotArray(capacity);
    }

    @Override
    public void onBatch(final SlotArray batch, final long low, final long high) {
        for (long at = low; at <= high; at++) {
            if (count < slots.capacity()) {
                Slots.copy(batch.buffer(), batch.offset(at), slots.buffer(), slots.offset(count));
            }
            count++;
        }
    }

    /**
     * What is kept.
     *
     * @return the records under 0 to {@link #keptCount()} - 1.
     */
    public SlotArray slots() {
        return slots;
    }

    /**
     * How many records are kept.
     *
     * @return at most the capacity.
     */
    public int keptCount() {
        return (int) Math.min(count, slots.capacity());
    }

    /**
     * How many records came.
     *
     * @return those included that were not kept.
     */
    public long recordCount() {
        return count;
    }
}
