package io.tapedeck.journal.format2;

import static io.tapedeck.codecs.record.EventSlotDescriptor.HEADER_LENGTH;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;
import static io.tapedeck.codecs.record.EventSlotDescriptor.isEvent;

import io.tapedeck.codecs.sbe.EventDecoder;
import io.tapedeck.codecs.sbe.ItchMessageDecoder;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
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

    /** The record's fields by name, in their order. */
    static Map<String, String> fields(final DirectBuffer buffer, final int offset) {
        final Map<String, String> fields = new LinkedHashMap<>();
        final int block = offset + HEADER_LENGTH;
        if (isEvent(buffer, offset)) {
            final EventDecoder event =
                    new EventDecoder().wrap(buffer, block, EventDecoder.BLOCK_LENGTH, EventDecoder.SCHEMA_VERSION);
            fields.put("eventTimeNs", Long.toString(event.eventTimeNs()));
            fields.put("eventType", Integer.toString(event.eventTypeRaw()));
            fields.put("side", Integer.toString(event.sideRaw()));
            fields.put("instrumentId", Integer.toString(event.instrumentId()));
            fields.put("orderId", Long.toUnsignedString(event.orderId()));
            fields.put("auxId", Long.toUnsignedString(event.auxId()));
            fields.put("price", Integer.toString(event.price()));
            fields.put("quantity", Integer.toString(event.quantity()));
            fields.put("mpid", Integer.toString(event.mpid()));
            fields.put("flags", Integer.toString(event.flags()));
            fields.put("tracking", Integer.toString(event.tracking()));
            fields.put("reserved", Integer.toString(event.reserved()));
        } else {
            final ItchMessageDecoder message = new ItchMessageDecoder()
                    .wrap(buffer, block, ItchMessageDecoder.BLOCK_LENGTH, ItchMessageDecoder.SCHEMA_VERSION);
            fields.put("eventTimeNs", Long.toString(message.eventTimeNs()));
            fields.put("itchType", Character.toString((char) message.itchType()));
            fields.put("instrumentId", Integer.toString(message.instrumentId()));
            fields.put("tracking", Integer.toString(message.tracking()));
            fields.put("bodySize", Integer.toString(message.bodySize()));
            final byte[] body = new byte[ItchMessageDecoder.bodyLength()];
            message.getBody(body, 0, body.length);
            fields.put("body", HexFormat.of().formatHex(body));
        }
        return fields;
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
