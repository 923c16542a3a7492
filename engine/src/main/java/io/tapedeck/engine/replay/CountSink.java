package io.tapedeck.engine.replay;

import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_TIME_OFFSET;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tapedeck.codecs.record.SlotArray;
import java.time.LocalDate;

/** Counts sessions and records, and keeps the first and the last time. No allocation. */
public final class CountSink implements ReplayHandler {
    private long sessionCount;
    private long recordCount;
    private long firstTimeNs;
    private long lastTimeNs;

    /** Counts from 0. */
    public CountSink() {}

    @Override
    public void onSession(final LocalDate date) {
        sessionCount++;
    }

    @Override
    public void onBatch(final SlotArray slots, final long low, final long high) {
        if (recordCount == 0) {
            firstTimeNs = slots.buffer().getLong(slots.offset(low) + EVENT_TIME_OFFSET, LITTLE_ENDIAN);
        }
        recordCount += high - low + 1;
        lastTimeNs = slots.buffer().getLong(slots.offset(high) + EVENT_TIME_OFFSET, LITTLE_ENDIAN);
    }

    /**
     * How many sessions began.
     *
     * @return those without records included.
     */
    public long sessionCount() {
        return sessionCount;
    }

    /**
     * How many records came.
     *
     * @return their number.
     */
    public long recordCount() {
        return recordCount;
    }

    /**
     * Time of the first record.
     *
     * @return nanoseconds since midnight of its session; 0 if there was none.
     */
    public long firstTimeNs() {
        return firstTimeNs;
    }

    /**
     * Time of the last record.
     *
     * @return nanoseconds since midnight of its session; 0 if there was none.
     */
    public long lastTimeNs() {
        return lastTimeNs;
    }
}
