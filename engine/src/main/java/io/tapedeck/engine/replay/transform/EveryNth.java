package io.tapedeck.engine.replay.transform;

import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.replay.SymbolFilter;
import java.time.LocalDate;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2IntCounterMap;

/**
 * Keeps every N-th event of a session, the N-th first; of all events, or of each instrument's. Records that are no events,
 * such as the directory and the boundaries of the day, are all kept and not counted.
 */
public final class EveryNth implements Transform {
    private static final int ALL_INSTRUMENTS = -1;

    private final int n;
    private final boolean isPerInstrument;
    private final Int2IntCounterMap counts = new Int2IntCounterMap(0);

    /**
     * A sampler.
     *
     * @param n               1 or more.
     * @param isPerInstrument whether each instrument's events are counted for themselves.
     * @throws IllegalArgumentException if n is less than 1.
     */
    public EveryNth(final int n, final boolean isPerInstrument) {
        if (n < 1) {
            throw new IllegalArgumentException("a sample of every N-th needs an N of at least 1: n=" + n);
        }
        this.n = n;
        this.isPerInstrument = isPerInstrument;
    }

    @Override
    public void onSession(final LocalDate date) {
        counts.clear();
    }

    @Override
    public void onBatch(final SlotArray slots, final long low, final long high, final RecordOutput out) {
        for (long at = low; at <= high; at++) {
            final int offset = slots.offset(at);
            if (!EventSlotDescriptor.isEvent(slots.buffer(), offset) || isNth(slots.buffer(), offset)) {
                out.pass(slots.buffer(), offset);
            } else {
                out.drop(1);
            }
        }
    }

    private boolean isNth(final DirectBuffer buffer, final int offset) {
        final int key = isPerInstrument ? SymbolFilter.instrumentId(buffer, offset) : ALL_INSTRUMENTS;
        final int count = counts.incrementAndGet(key);
        if (count < n) {
            return false;
        }
        // Back to 0, which the map keeps by not having the key.
        counts.remove(key);
        return true;
    }

    @Override
    public boolean isSampler() {
        return true;
    }
}
