package io.tapedeck.engine.replay;

import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.ItchSlotDescriptor;
import io.tapedeck.engine.text.RecordTypeName;
import io.tapedeck.journal.format2.ChunkContents;
import java.util.Collection;
import org.agrona.DirectBuffer;

/** Keeps the records of some types, named as {@link RecordTypeName} names them. */
public final class TypeFilter implements RecordFilter {
    private final boolean[] events = new boolean[256];
    private final boolean[] itchTypes = new boolean[256];

    /**
     * Wants some types.
     *
     * @param names of event types, such as {@code ADD}, and letters of carried ITCH messages, such as {@code R}.
     * @throws IllegalArgumentException if one of them is no type.
     */
    public TypeFilter(final Collection<String> names) {
        for (final String name : names) {
            final int eventType = RecordTypeName.eventType(name);
            if (eventType != RecordTypeName.NONE) {
                events[eventType] = true;
            } else {
                itchTypes[RecordTypeName.itchType(name)] = true;
            }
        }
    }

    @Override
    public boolean keeps(final DirectBuffer buffer, final int slotOffset) {
        if (EventSlotDescriptor.isEvent(buffer, slotOffset)) {
            return events[buffer.getByte(slotOffset + EventSlotDescriptor.EVENT_TYPE_OFFSET) & 0xFF];
        }
        return ItchSlotDescriptor.isItchMessage(buffer, slotOffset)
                && itchTypes[buffer.getByte(slotOffset + ItchSlotDescriptor.ITCH_TYPE_OFFSET) & 0xFF];
    }

    /** Whether a chunk may have records of one of the types. */
    boolean mayKeepAnyOf(final ChunkContents contents) {
        for (int type = 0; type < events.length; type++) {
            if (events[type] && contents.mayHaveEventType(type) || itchTypes[type] && contents.mayHaveItchType(type)) {
                return true;
            }
        }
        return false;
    }
}
