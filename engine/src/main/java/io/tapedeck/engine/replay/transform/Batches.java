package io.tapedeck.engine.replay.transform;

import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_TIME_OFFSET;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.replay.Slots;
import java.time.LocalDate;
import org.agrona.BitUtil;

/**
 * Cuts the stream into batches of its own, for handlers that work batch by batch: of a number of records, of an interval
 * of time, or whichever is full first. Each of them is one call further down, and the last one of a session may be shorter. A
 * record that is later in the grid of intervals than those that wait begins a batch; one that is earlier goes with them.
 */
public final class Batches implements Transform {
    private static final int MAX_COUNT = 1 << 16;

    private final int count;
    private final long intervalNs;
    private final SlotArray held;
    private int heldCount;
    private long heldInterval;

    /**
     * Cuts.
     *
     * @param count      the most records in a batch, 1 to 65,536.
     * @param intervalNs length of an interval, counted from midnight; {@link Long#MAX_VALUE} for a batch of any time.
     * @throws IllegalArgumentException if one is out of range.
     */
    public Batches(final int count, final long intervalNs) {
        if (count < 1 || count > MAX_COUNT) {
            throw new IllegalArgumentException("a batch has 1 to " + MAX_COUNT + " records: count=" + count);
        }
        if (intervalNs < 1) {
            throw new IllegalArgumentException("the interval of a batch must be positive: intervalNs=" + intervalNs);
        }
        this.count = count;
        this.intervalNs = intervalNs;
        held = new SlotArray(BitUtil.findNextPositivePowerOfTwo(count));
    }

    @Override
    public void onSession(final LocalDate date) {
        heldInterval = Long.MIN_VALUE;
    }

    @Override
    public void onBatch(final SlotArray slots, final long low, final long high, final RecordOutput out) {
        for (long at = low; at <= high; at++) {
            final int offset = slots.offset(at);
            final long interval = slots.buffer().getLong(offset + EVENT_TIME_OFFSET, LITTLE_ENDIAN) / intervalNs;
            if (heldCount > 0 && interval > heldInterval) {
                onFlush(out);
            }
            heldInterval = Math.max(heldInterval, interval);
            Slots.copy(slots.buffer(), offset, held.buffer(), held.offset(heldCount++));
            if (heldCount == count) {
                onFlush(out);
            }
        }
    }

    @Override
    public void onFlush(final RecordOutput out) {
        if (heldCount > 0) {
            final int last = heldCount - 1;
            heldCount = 0;
            out.passBatch(held, 0, last);
        }
    }
}
