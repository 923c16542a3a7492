package io.tapedeck.engine.replay;

import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_TIME_OFFSET;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tapedeck.journal.format2.Format2Chunk;
import org.agrona.DirectBuffer;

/**
 * Keeps the records of a time range, in every session. Times may fall where real data has seams, so each record is
 * looked at by itself.
 */
public final class TimeFilter implements RecordFilter {
    private final long fromNs;
    private final long toNs;

    /**
     * Wants a range.
     *
     * @param fromNs first time wanted, nanoseconds since midnight.
     * @param toNs   first time behind the range.
     * @throws IllegalArgumentException if the range ends before it begins.
     */
    public TimeFilter(final long fromNs, final long toNs) {
        if (toNs < fromNs) {
            throw new IllegalArgumentException(
                    "a time range ends before it begins: fromNs=" + fromNs + ", toNs=" + toNs);
        }
        this.fromNs = fromNs;
        this.toNs = toNs;
    }

    @Override
    public boolean keeps(final DirectBuffer buffer, final int slotOffset) {
        final long timeNs = buffer.getLong(slotOffset + EVENT_TIME_OFFSET, LITTLE_ENDIAN);
        return timeNs >= fromNs && timeNs < toNs;
    }

    /**
     * Where the range ends.
     *
     * @return first time behind it, nanoseconds since midnight.
     */
    public long toNs() {
        return toNs;
    }

    /** Whether a chunk has a record that may be in the range. */
    boolean mayKeepAnyOf(final Format2Chunk chunk) {
        return chunk.greatestTimeNs() >= fromNs && chunk.leastTimeNs() < toNs;
    }
}
