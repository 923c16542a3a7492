package io.tapedeck.engine.record;

import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.EventTypeCode;
import io.tapedeck.codecs.record.ItchSlotDescriptor;
import io.tapedeck.codecs.record.SideCode;
import io.tapedeck.codecs.record.SlotArray;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/** A copy of a record, as a value that tests collect and compare. */
public final class Slot {
    private static final int LENGTH = EventSlotDescriptor.SLOT_LENGTH;

    private final byte[] bytes;
    private final UnsafeBuffer buffer;

    private Slot(final byte[] bytes) {
        this.bytes = bytes;
        buffer = new UnsafeBuffer(bytes);
    }

    public static Slot of(final SlotArray slots, final long slotSequence) {
        final byte[] bytes = new byte[LENGTH];
        slots.buffer().getBytes(slots.offset(slotSequence), bytes);
        return new Slot(bytes);
    }

    /** The same record with the sequence 0. */
    public Slot withoutSequence() {
        final Slot slot = new Slot(bytes.clone());
        slot.buffer.putLong(EventSlotDescriptor.SEQUENCE_OFFSET, 0);
        return slot;
    }

    public boolean isEvent() {
        return EventSlotDescriptor.isEvent(buffer, 0);
    }

    public long sequence() {
        return longAt(EventSlotDescriptor.SEQUENCE_OFFSET);
    }

    public long timeNs() {
        return longAt(EventSlotDescriptor.EVENT_TIME_OFFSET);
    }

    public long orderId() {
        return longAt(EventSlotDescriptor.ORDER_ID_OFFSET);
    }

    public long auxId() {
        return longAt(EventSlotDescriptor.AUX_ID_OFFSET);
    }

    public int instrumentId() {
        return intAt(isEvent() ? EventSlotDescriptor.INSTRUMENT_ID_OFFSET : ItchSlotDescriptor.INSTRUMENT_ID_OFFSET);
    }

    public int price() {
        return intAt(EventSlotDescriptor.PRICE_OFFSET);
    }

    public int quantity() {
        return intAt(EventSlotDescriptor.QUANTITY_OFFSET);
    }

    public int flags() {
        return buffer.getShort(EventSlotDescriptor.FLAGS_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    public int type() {
        return bytes[EventSlotDescriptor.EVENT_TYPE_OFFSET];
    }

    public int side() {
        return bytes[EventSlotDescriptor.SIDE_OFFSET];
    }

    public char itchType() {
        return (char) bytes[ItchSlotDescriptor.ITCH_TYPE_OFFSET];
    }

    /** The first byte of a carried message's body: of a system event, its code. */
    public char itchCode() {
        return (char) bytes[ItchSlotDescriptor.BODY_OFFSET];
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof Slot && Arrays.equals(bytes, ((Slot) other).bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** For example {@code BUY 99 ADD #5}, a flag as its number at the end. */
    @Override
    public String toString() {
        if (!isEvent()) {
            return itchType() + " " + itchCode();
        }
        final String type = type() == EventTypeCode.ADD ? "ADD" : type() == EventTypeCode.DELETE ? "DELETE" : "EXECUTE";
        return (side() == SideCode.BUY ? "BUY " : "SELL ") + price() + " " + type + " #" + (orderId() & (1L << 40) - 1)
                + (flags() == 0 ? "" : " flags " + flags());
    }

    private long longAt(final int offset) {
        return buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN);
    }

    private int intAt(final int offset) {
        return buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN);
    }
}
