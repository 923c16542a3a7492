package io.tapedeck.engine.replay;

import io.tapedeck.codecs.record.SlotArray;
import java.time.LocalDate;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Hands on the records that every filter keeps. They are copied into slots of its own, numbered from 0; each keeps the
 * sequence that its tape gave it.
 *
 * <p><b>Note:</b> belongs to the thread that drives it. No allocation after construction.
 */
public final class FilterHandler implements ReplayHandler {
    private static final int CAPACITY = 256;

    private final RecordFilter[] filters;
    private final ReplayHandler next;
    private final SlotArray kept = new SlotArray(CAPACITY);
    private long low;
    private long end;
    private long inCount;

    /**
     * Filters for a handler.
     *
     * @param filters of which each must keep a record; asked in their order.
     * @param next    gets what is left.
     */
    public FilterHandler(final List<RecordFilter> filters, final ReplayHandler next) {
        this.filters = filters.toArray(new RecordFilter[0]);
        this.next = next;
    }

    @Override
    public void onSession(final LocalDate date) {
        next.onSession(date);
    }

    @Override
    public void onBatch(final SlotArray slots, final long batchLow, final long batchHigh) {
        final DirectBuffer buffer = slots.buffer();
        inCount += batchHigh - batchLow + 1;
        for (long at = batchLow; at <= batchHigh; at++) {
            final int offset = slots.offset(at);
            if (keeps(buffer, offset)) {
                Slots.copy(buffer, offset, kept.buffer(), kept.offset(end++));
                if (end - low == CAPACITY) {
                    handOn();
                }
            }
        }
        if (end > low) {
            handOn();
        }
    }

    @Override
    public int onIdle(final long nowNs) {
        return next.onIdle(nowNs);
    }

    @Override
    public void onClose() {
        next.onClose();
    }

    /**
     * How many records came in.
     *
     * @return those kept and those not.
     */
    public long inCount() {
        return inCount;
    }

    private boolean keeps(final DirectBuffer buffer, final int offset) {
        for (final RecordFilter filter : filters) {
            if (!filter.keeps(buffer, offset)) {
                return false;
            }
        }
        return true;
    }

    private void handOn() {
        final long first = low;
        low = end;
        next.onBatch(kept, first, end - 1);
    }
}
