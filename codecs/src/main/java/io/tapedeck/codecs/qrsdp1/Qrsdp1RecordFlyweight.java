package io.tapedeck.codecs.qrsdp1;

import static io.tapedeck.codecs.qrsdp1.Qrsdp1RecordDescriptor.BYTE_ORDER;
import static io.tapedeck.codecs.qrsdp1.Qrsdp1RecordDescriptor.ORDER_ID_OFFSET;
import static io.tapedeck.codecs.qrsdp1.Qrsdp1RecordDescriptor.PRICE_TICKS_OFFSET;
import static io.tapedeck.codecs.qrsdp1.Qrsdp1RecordDescriptor.QUANTITY_OFFSET;
import static io.tapedeck.codecs.qrsdp1.Qrsdp1RecordDescriptor.SIDE_OFFSET;
import static io.tapedeck.codecs.qrsdp1.Qrsdp1RecordDescriptor.TIMESTAMP_NS_OFFSET;
import static io.tapedeck.codecs.qrsdp1.Qrsdp1RecordDescriptor.TYPE_OFFSET;

import org.agrona.MutableDirectBuffer;

/**
 * Reads and writes one record where it lies. A flyweight is reused: it owns no bytes, and what it shows is valid for as
 * long as the wrapped buffer's content is.
 *
 * <p><b>Note:</b> not thread safe. It checks no values; whoever reads bytes from outside does.
 */
public final class Qrsdp1RecordFlyweight {
    private MutableDirectBuffer buffer;
    private int offset;

    /**
     * Moves the flyweight onto a record.
     *
     * @param buffer holds the record; at least {@link Qrsdp1RecordDescriptor#LENGTH} bytes from the offset on.
     * @param offset of the record's first byte.
     * @return this.
     */
    public Qrsdp1RecordFlyweight wrap(final MutableDirectBuffer buffer, final int offset) {
        this.buffer = buffer;
        this.offset = offset;
        return this;
    }

    /**
     * The buffer that holds the record.
     *
     * @return what was wrapped last, or null.
     */
    public MutableDirectBuffer buffer() {
        return buffer;
    }

    /**
     * Where in the buffer the record begins.
     *
     * @return offset in bytes.
     */
    public int offset() {
        return offset;
    }

    /**
     * When the event happened.
     *
     * @return nanoseconds since midnight.
     */
    public long timestampNs() {
        return buffer.getLong(offset + TIMESTAMP_NS_OFFSET, BYTE_ORDER);
    }

    /**
     * What happened.
     *
     * @return a {@link QueueEventType}, 0 to 255 in bytes that nobody checked.
     */
    public int type() {
        return buffer.getByte(offset + TYPE_OFFSET) & 0xFF;
    }

    /**
     * Whose queue changed.
     *
     * @return a {@link QueueSide}, 0 to 255 in bytes that nobody checked.
     */
    public int side() {
        return buffer.getByte(offset + SIDE_OFFSET) & 0xFF;
    }

    /**
     * At which price.
     *
     * @return signed, in ticks.
     */
    public int priceTicks() {
        return buffer.getInt(offset + PRICE_TICKS_OFFSET, BYTE_ORDER);
    }

    /**
     * How many shares.
     *
     * @return 32 bits to be read as unsigned: {@link Integer#toUnsignedLong(int)}.
     */
    public int quantity() {
        return buffer.getInt(offset + QUANTITY_OFFSET, BYTE_ORDER);
    }

    /**
     * Which order.
     *
     * @return any 64 bits.
     */
    public long orderId() {
        return buffer.getLong(offset + ORDER_ID_OFFSET, BYTE_ORDER);
    }

    /**
     * Writes all fields of the record.
     *
     * @param timestampNs nanoseconds since midnight.
     * @param type        a {@link QueueEventType}.
     * @param side        a {@link QueueSide}.
     * @param priceTicks  signed, in ticks.
     * @param quantity    32 bits, unsigned.
     * @param orderId     any 64 bits.
     * @return this.
     */
    public Qrsdp1RecordFlyweight set(
            final long timestampNs,
            final int type,
            final int side,
            final int priceTicks,
            final int quantity,
            final long orderId) {
        final MutableDirectBuffer buffer = this.buffer;
        final int offset = this.offset;
        buffer.putLong(offset + TIMESTAMP_NS_OFFSET, timestampNs, BYTE_ORDER);
        buffer.putByte(offset + TYPE_OFFSET, (byte) type);
        buffer.putByte(offset + SIDE_OFFSET, (byte) side);
        buffer.putInt(offset + PRICE_TICKS_OFFSET, priceTicks, BYTE_ORDER);
        buffer.putInt(offset + QUANTITY_OFFSET, quantity, BYTE_ORDER);
        buffer.putLong(offset + ORDER_ID_OFFSET, orderId, BYTE_ORDER);
        return this;
    }

    /** The record as a line of text; allocates. */
    @Override
    public String toString() {
        if (buffer == null) {
            return "Qrsdp1RecordFlyweight{}";
        }
        return "timestampNs=" + timestampNs()
                + ", type=" + QueueEventType.name(type())
                + ", side=" + QueueSide.name(side())
                + ", priceTicks=" + priceTicks()
                + ", quantity=" + Integer.toUnsignedString(quantity())
                + ", orderId=" + Long.toUnsignedString(orderId());
    }
}
