package io.tapedeck.engine.replay.transform;

import static io.tapedeck.codecs.record.EventSlotDescriptor.SEQUENCE_OFFSET;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.replay.RecordFailedException;
import io.tapedeck.engine.replay.Slots;
import org.agrona.concurrent.UnsafeBuffer;

/** Makes of every record another one, or none. */
public final class MapTransform implements Transform {
    private final RecordMapper mapper;

    /**
     * Maps.
     *
     * @param mapper changes the records.
     */
    public MapTransform(final RecordMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public void onBatch(final SlotArray slots, final long low, final long high, final RecordOutput out) {
        final UnsafeBuffer buffer = slots.buffer();
        long at = low;
        try {
            for (; at <= high; at++) {
                final int offset = slots.offset(at);
                final int target = out.claim();
                Slots.copy(buffer, offset, out.buffer(), target);
                if (mapper.map(out.buffer(), target)) {
                    out.buffer().putLong(target + SEQUENCE_OFFSET, buffer.getLong(offset + SEQUENCE_OFFSET));
                    out.commit();
                } else {
                    out.drop(1);
                }
            }
        } catch (final RuntimeException ex) {
            throw RecordFailedException.at(slots, at, ex);
        }
    }
}
