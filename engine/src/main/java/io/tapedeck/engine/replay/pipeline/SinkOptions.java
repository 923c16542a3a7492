package io.tapedeck.engine.replay.pipeline;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.replay.RecordFilter;
import java.util.List;
import org.agrona.BitUtil;

/**
 * How a sink is served. Immutable.
 *
 * @param filters      of which each must keep a record; others do not get to the sink.
 * @param errorPolicy  what becomes of a record at which the sink throws.
 * @param backPressure what a sink that is too slow does to the replay.
 * @param ringCapacity records that its ring can hold, a power of two; of no meaning with {@link BackPressure#DIRECT}.
 */
public record SinkOptions(
        List<RecordFilter> filters, ErrorPolicy errorPolicy, BackPressure backPressure, int ringCapacity) {
    /** Ring size where nothing else is asked for: a MiB. */
    public static final int DEFAULT_RING_CAPACITY = 1 << 14;

    /** Everything, on the thread of the replay; the first error ends it. */
    public static final SinkOptions DEFAULTS =
            new SinkOptions(List.of(), ErrorPolicy.FAIL, BackPressure.DIRECT, DEFAULT_RING_CAPACITY);

    /**
     * Takes a copy of the list.
     *
     * @throws IllegalArgumentException if the ring's size is no power of two, or too large.
     */
    public SinkOptions {
        filters = List.copyOf(filters);
        if (!BitUtil.isPowerOfTwo(ringCapacity) || ringCapacity > SlotArray.MAX_CAPACITY) {
            throw new IllegalArgumentException("ringCapacity must be a power of two up to " + SlotArray.MAX_CAPACITY
                    + ": ringCapacity=" + ringCapacity);
        }
    }

    /**
     * The same with filters.
     *
     * @param value of which each must keep a record.
     * @return a copy.
     */
    public SinkOptions withFilters(final RecordFilter... value) {
        return new SinkOptions(List.of(value), errorPolicy, backPressure, ringCapacity);
    }

    /**
     * The same with an error policy.
     *
     * @param value what becomes of a record at which the sink throws.
     * @return a copy.
     */
    public SinkOptions withErrorPolicy(final ErrorPolicy value) {
        return new SinkOptions(filters, value, backPressure, ringCapacity);
    }

    /**
     * The same with a way to treat a sink that is too slow.
     *
     * @param value    what it does to the replay.
     * @param capacity records that the ring can hold, a power of two.
     * @return a copy.
     */
    public SinkOptions withBackPressure(final BackPressure value, final int capacity) {
        return new SinkOptions(filters, errorPolicy, value, capacity);
    }
}
