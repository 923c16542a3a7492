package io.tapedeck.journal.format2;

import static io.tapedeck.codecs.record.EventSlotDescriptor.HEADER_LENGTH;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;
import static io.tapedeck.codecs.record.EventSlotDescriptor.isEvent;

import io.tapedeck.codecs.sbe.EventDecoder;
import io.tapedeck.codecs.sbe.ItchMessageDecoder;
import org.agrona.DirectBuffer;

/** Compares two records, and says what is in one. */
final class RecordText {
    private RecordText() {}

    static boolean isSame(final DirectBuffer a, final int offsetA, final DirectBuffer b, final int offsetB) {
        for (int i = 0; i < SLOT_LENGTH; i += Long.BYTES) {
            if (a.getLong(offsetA + i) != b.getLong(offsetB + i)) {
                return false;
            }
        }
        return true;
    }

    /** The record with its fields, as SBE prints it. */
    static String of(final DirectBuffer buffer, final int offset) {
        final int block = offset + HEADER_LENGTH;
        return isEvent(buffer, offset)
                ? new EventDecoder()
                        .wrap(buffer, block, EventDecoder.BLOCK_LENGTH, EventDecoder.SCHEMA_VERSION)
                        .toString()
                : new ItchMessageDecoder()
                        .wrap(buffer, block, ItchMessageDecoder.BLOCK_LENGTH, ItchMessageDecoder.SCHEMA_VERSION)
                        .toString();
    }
}
