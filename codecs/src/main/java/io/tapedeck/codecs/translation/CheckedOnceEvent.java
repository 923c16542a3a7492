package io.tapedeck.codecs.translation;

import static io.tapedeck.codecs.record.EventSlotDescriptor.AUX_ID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_TIME_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_TYPE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.FLAGS_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.INSTRUMENT_ID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.MPID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.ORDER_ID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.PRICE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.QUANTITY_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SIDE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;
import static io.tapedeck.codecs.record.EventSlotDescriptor.TRACKING_OFFSET;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;

/**
 * A slot with an event, checked to be inside its buffer once and then read without another check: the generated decoder
 * checks each field, which is a third of the time that a translation takes.
 */
final class CheckedOnceEvent {
    private static final boolean SWAP = ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN;

    private byte[] base;
    private long address;

    void wrap(final DirectBuffer slots, final int slotOffset) {
        slots.boundsCheck(slotOffset, SLOT_LENGTH);
        final byte[] array = slots.byteArray();
        // The same buffer most of the time: a store of a reference costs more than a look.
        if (base != array) {
            base = array;
        }
        address = slots.addressOffset() + slotOffset;
    }

    long eventTimeNs() {
        return longAt(EVENT_TIME_OFFSET);
    }

    long orderId() {
        return longAt(ORDER_ID_OFFSET);
    }

    long auxId() {
        return longAt(AUX_ID_OFFSET);
    }

    int instrumentId() {
        return intAt(INSTRUMENT_ID_OFFSET);
    }

    int price() {
        return intAt(PRICE_OFFSET);
    }

    int quantity() {
        return intAt(QUANTITY_OFFSET);
    }

    int mpid() {
        return intAt(MPID_OFFSET);
    }

    int flags() {
        return ushortAt(FLAGS_OFFSET);
    }

    int tracking() {
        return ushortAt(TRACKING_OFFSET);
    }

    int eventTypeRaw() {
        return UnsafeApi.getByte(base, address + EVENT_TYPE_OFFSET) & 0xFF;
    }

    int sideRaw() {
        return UnsafeApi.getByte(base, address + SIDE_OFFSET) & 0xFF;
    }

    private long longAt(final int fieldOffset) {
        final long bits = UnsafeApi.getLong(base, address + fieldOffset);
        return SWAP ? Long.reverseBytes(bits) : bits;
    }

    private int intAt(final int fieldOffset) {
        final int bits = UnsafeApi.getInt(base, address + fieldOffset);
        return SWAP ? Integer.reverseBytes(bits) : bits;
    }

    private int ushortAt(final int fieldOffset) {
        final short bits = UnsafeApi.getShort(base, address + fieldOffset);
        return (SWAP ? Short.reverseBytes(bits) : bits) & 0xFFFF;
    }
}
