package io.tapedeck.journal.format2;

import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_HEADER;
import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_TIME_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.RESERVED_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SEQUENCE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;
import static io.tapedeck.codecs.record.ItchSlotDescriptor.ITCH_MESSAGE_HEADER;
import static io.tapedeck.journal.format2.Format2Descriptor.BYTE_ORDER;
import static io.tapedeck.journal.format2.Format2Descriptor.ROW_LENGTH;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Slots to rows and back: a row is a slot without SBE header and sequence. */
final class Format2Rows {
    /** Where a row tells the templates apart: an event's reserved bytes, a carried message's type. */
    static final int TEMPLATE_OFFSET = RESERVED_OFFSET - EVENT_TIME_OFFSET;

    private Format2Rows() {}

    /** Whether the header of the slot can be told from its row: 0 at that place is an event, nothing else is. */
    static boolean isPackable(final DirectBuffer slots, final int slotOffset) {
        final long header = slots.getLong(slotOffset, BYTE_ORDER);
        return header == EVENT_HEADER
                ? slots.getShort(slotOffset + RESERVED_OFFSET) == 0
                : header == ITCH_MESSAGE_HEADER && slots.getByte(slotOffset + RESERVED_OFFSET) != 0;
    }

    static void pack(final DirectBuffer slots, final int count, final MutableDirectBuffer rows) {
        for (int i = 0, row = 0, slot = EVENT_TIME_OFFSET; i < count; i++, row += ROW_LENGTH, slot += SLOT_LENGTH) {
            rows.putBytes(row, slots, slot, ROW_LENGTH);
        }
    }

    static void unpack(
            final DirectBuffer rows,
            final int rowsOffset,
            final int count,
            final long firstSequence,
            final MutableDirectBuffer slots,
            final int slotsOffset) {
        for (int i = 0, row = rowsOffset, slot = slotsOffset; i < count; i++, row += ROW_LENGTH, slot += SLOT_LENGTH) {
            final boolean event = rows.getByte(row + TEMPLATE_OFFSET) == 0;
            slots.putLong(slot, event ? EVENT_HEADER : ITCH_MESSAGE_HEADER, BYTE_ORDER);
            slots.putLong(slot + SEQUENCE_OFFSET, firstSequence + i, BYTE_ORDER);
            slots.putBytes(slot + EVENT_TIME_OFFSET, rows, row, ROW_LENGTH);
        }
    }
}
