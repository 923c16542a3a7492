package io.tapedeck.journal.format2;

import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_HEADER;
import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_TIME_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.RESERVED_OFFSET;
import static io.tapedeck.codecs.record.ItchSlotDescriptor.ITCH_MESSAGE_HEADER;
import static io.tapedeck.journal.format2.Format2Descriptor.BYTE_ORDER;

import org.agrona.DirectBuffer;

/** What can be a record: its SBE header is known from its other bytes. */
final class Format2Rows {
    /** Where a record without header and sequence tells the templates apart: an event's reserved bytes, a carried message's type. */
    static final int TEMPLATE_OFFSET = RESERVED_OFFSET - EVENT_TIME_OFFSET;

    private Format2Rows() {}

    /** Whether the header of the slot can be told from its row: 0 at that place is an event, nothing else is. */
    static boolean isPackable(final DirectBuffer slots, final int slotOffset) {
        final long header = slots.getLong(slotOffset, BYTE_ORDER);
        return header == EVENT_HEADER
                ? slots.getShort(slotOffset + RESERVED_OFFSET) == 0
                : header == ITCH_MESSAGE_HEADER && slots.getByte(slotOffset + RESERVED_OFFSET) != 0;
    }
}
