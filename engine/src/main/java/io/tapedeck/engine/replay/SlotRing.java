package io.tapedeck.engine.replay;

import io.tapedeck.codecs.record.SlotArray;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Records on their way from one thread to another: a bounded ring that is never waited for. What to do when it is full or
 * empty is up to its two ends.
 *
 * <p>One thread {@linkplain #offer writes}, one reads. A record is visible to the reader when {@link #published()} is above
 * its position, and its slot is free for the writer when it was {@linkplain #consume consumed}. No allocation.
 */
public final class SlotRing {
    private final SlotArray slots;
    private final AtomicLong published = new AtomicLong();
    private final AtomicLong consumed = new AtomicLong();

    /**
     * An empty ring.
     *
     * @param capacity records that it can hold, a power of two up to {@link SlotArray#MAX_CAPACITY}.
     * @throws IllegalArgumentException when it is not.
     */
    public SlotRing(final int capacity) {
        slots = new SlotArray(capacity);
    }

    /**
     * Copies as many records as there is room for. The writer's.
     *
     * @param batch holds them.
     * @param low   ring sequence of the first one in its array.
     * @param high  ring sequence of the last one.
     * @return how many were taken, from {@code low} on; 0 if the ring is full.
     */
    public int offer(final SlotArray batch, final long low, final long high) {
        final long position = published.get();
        final long room = slots.capacity() - (position - consumed.get());
        final int count = (int) Math.min(room, high - low + 1);
        for (int i = 0; i < count; i++) {
            Slots.copy(batch.buffer(), batch.offset(low + i), slots.buffer(), slots.offset(position + i));
        }
        published.lazySet(position + count);
        return count;
    }

    /**
     * Where the records lie, each under its position.
     *
     * @return always the same array.
     */
    public SlotArray slots() {
        return slots;
    }

    /**
     * How many records there ever were.
     *
     * @return position of the next one to be written.
     */
    public long published() {
        return published.get();
    }

    /**
     * How many records were ever consumed.
     *
     * @return position of the next one to be read.
     */
    public long consumed() {
        return consumed.get();
    }

    /**
     * How many records lie here.
     *
     * @return 0 to the capacity; to the writer at most so many, to the reader at least.
     */
    public int size() {
        return (int) (published.get() - consumed.get());
    }

    /**
     * How many records there are to be read that lie one behind the other in memory.
     *
     * @param limit the most to be told of.
     * @return from {@link #consumed()} on; 0 if the ring is empty.
     */
    public int contiguous(final int limit) {
        final int untilArrayEnd = slots.capacity() - (int) (consumed.get() & (slots.capacity() - 1));
        return Math.min(Math.min(size(), untilArrayEnd), limit);
    }

    /**
     * Gives slots back. The reader's.
     *
     * @param count how many, from {@link #consumed()} on.
     */
    public void consume(final int count) {
        consumed.lazySet(consumed.get() + count);
    }
}
