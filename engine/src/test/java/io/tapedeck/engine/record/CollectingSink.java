package io.tapedeck.engine.record;

import io.tapedeck.codecs.record.SlotArray;
import java.util.ArrayList;
import java.util.List;

/** Keeps a copy of every record; the slots themselves go round in a small circle and are scribbled on. */
public final class CollectingSink implements RecordSink {
    private static final byte SCRIBBLE = 0x5C;

    private final List<Slot> records = new ArrayList<>();
    private final SlotArray slots;
    private final int claimSize;
    private long next;
    private int publications;
    private boolean isClosed;

    public CollectingSink(final int claimSize) {
        this.claimSize = claimSize;
        slots = new SlotArray(2 * Integer.highestOneBit(claimSize));
    }

    public List<Slot> records() {
        return records;
    }

    public int publications() {
        return publications;
    }

    public void close() {
        isClosed = true;
    }

    @Override
    public int claimSize() {
        return claimSize;
    }

    @Override
    public SlotArray slots() {
        return slots;
    }

    @Override
    public long claim(final int count) {
        if (isClosed) {
            return CLOSED;
        }
        for (int i = 0; i < count; i++) {
            slots.buffer().setMemory(slots.offset(next + i), Long.BYTES * 8, SCRIBBLE);
        }
        return next;
    }

    @Override
    public void publish(final long low, final long high) {
        if (low != next || high < low || high - low >= claimSize) {
            throw new IllegalStateException("not what was claimed: low=" + low + ", high=" + high + ", next=" + next);
        }
        for (long sequence = low; sequence <= high; sequence++) {
            records.add(Slot.of(slots, sequence));
        }
        next = high + 1;
        publications++;
    }
}
