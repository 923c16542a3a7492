package io.tapedeck.engine.replay.transform;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.replay.RecordFailedException;
import io.tapedeck.engine.replay.RecordFilter;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Passes on what every filter keeps: long runs of records where they are, without a copy. */
public final class FilterTransform implements Transform {
    private final RecordFilter[] filters;

    /**
     * Filters.
     *
     * @param filters of which each must keep a record; asked in their order.
     */
    public FilterTransform(final List<RecordFilter> filters) {
        this.filters = filters.toArray(new RecordFilter[0]);
    }

    @Override
    public void onBatch(final SlotArray slots, final long low, final long high, final RecordOutput out) {
        final UnsafeBuffer buffer = slots.buffer();
        long droppedCount = 0;
        long runStart = low;
        long at = low;
        try {
            for (; at <= high; at++) {
                if (!keeps(buffer, slots.offset(at))) {
                    if (runStart < at) {
                        out.pass(slots, runStart, at - 1);
                    }
                    runStart = at + 1;
                    droppedCount++;
                }
            }
        } catch (final RuntimeException ex) {
            throw RecordFailedException.at(slots, at, ex);
        }
        if (runStart <= high) {
            out.pass(slots, runStart, high);
        }
        out.drop(droppedCount);
    }

    private boolean keeps(final UnsafeBuffer buffer, final int offset) {
        for (final RecordFilter filter : filters) {
            if (!filter.keeps(buffer, offset)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean isStateful() {
        return false;
    }
}
