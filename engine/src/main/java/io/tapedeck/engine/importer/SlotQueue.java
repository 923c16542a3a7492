package io.tapedeck.engine.importer;

import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.record.RecordSink;
import io.tapedeck.engine.replay.ReplayHandler;

/**
 * Records that were made and not delivered yet. Slot sequences run on, from 0; the array doubles when it is full.
 *
 * <p><b>Note:</b> belongs to one thread. No allocation but for growth.
 */
final class SlotQueue implements RecordSink {
    private static final int CLAIM_SIZE = 64;

    private SlotArray slots = new SlotArray(4 * CLAIM_SIZE);
    private long head;
    private long tail;

    @Override
    public int claimSize() {
        return CLAIM_SIZE;
    }

    @Override
    public SlotArray slots() {
        return slots;
    }

    @Override
    public long claim(final int count) {
        if (tail + count - head > slots.capacity()) {
            grow();
        }
        return tail;
    }

    @Override
    public void publish(final long low, final long high) {
        tail = high + 1;
    }

    int size() {
        return (int) (tail - head);
    }

    /**
     * Delivers the oldest records, which are then gone.
     *
     * @param limit how many at most.
     * @return how many it were.
     */
    int deliver(final ReplayHandler handler, final int limit) {
        final int count = Math.min(limit, size());
        if (count > 0) {
            final long low = head;
            head += count;
            handler.onBatch(slots, low, head - 1);
        }
        return count;
    }

    private void grow() {
        final SlotArray larger = new SlotArray(2 * slots.capacity());
        for (long at = head; at < tail; at++) {
            larger.buffer().putBytes(larger.offset(at), slots.buffer(), slots.offset(at), SLOT_LENGTH);
        }
        slots = larger;
    }
}
