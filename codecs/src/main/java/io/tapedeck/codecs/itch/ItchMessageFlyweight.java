package io.tapedeck.codecs.itch;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.MutableDirectBuffer;

/**
 * What the messages of all types have in common: a view of bytes that belong to someone else, and the header. Numbers
 * are unsigned and big-endian; 32 bits come as a {@code long}; text comes as a number whose highest byte is the first
 * character (see {@link Alpha}). A setter keeps the bits that its field has room for. Nothing is checked but the
 * bounds of the buffer: an {@link ItchDispatcher} looks at type and length before it wraps a message.
 *
 * <p><b>Note:</b> a flyweight is used by one thread; it is made once and wrapped for each message.
 *
 * @param <T> the message itself, which wrapping and setting return.
 */
public abstract class ItchMessageFlyweight<T extends ItchMessageFlyweight<T>> {
    private final byte type;
    private final int length;
    private MutableDirectBuffer buffer;
    private int offset;

    ItchMessageFlyweight(final byte type, final int length) {
        this.type = type;
        this.length = length;
    }

    /**
     * Points at a message of this type.
     *
     * @param buffer with the message; it must hold {@link #length()} bytes from the offset on.
     * @param offset of the message, in bytes.
     * @return this.
     */
    public final T wrap(final MutableDirectBuffer buffer, final int offset) {
        this.buffer = buffer;
        this.offset = offset;
        return self();
    }

    /**
     * Points at bytes that will be a message of this type, and writes its type byte.
     *
     * @param buffer to write to; it must hold {@link #length()} bytes from the offset on.
     * @param offset of the message, in bytes.
     * @return this, all other fields as the bytes were.
     */
    public final T wrapAndApplyType(final MutableDirectBuffer buffer, final int offset) {
        buffer.putByte(offset + ItchHeaderDescriptor.TYPE_OFFSET, type);
        return wrap(buffer, offset);
    }

    /**
     * The bytes that this is a view of.
     *
     * @return buffer last wrapped, or null.
     */
    public final MutableDirectBuffer buffer() {
        return buffer;
    }

    /**
     * Where the message starts.
     *
     * @return offset in {@link #buffer()}, in bytes.
     */
    public final int offset() {
        return offset;
    }

    /**
     * Type of every message that this can be a view of.
     *
     * @return type byte.
     */
    public final byte type() {
        return type;
    }

    /**
     * Length of every message of this type.
     *
     * @return in bytes.
     */
    public final int length() {
        return length;
    }

    /**
     * Stock that the message is about.
     *
     * @return 1 to 65,535, valid for one day; 0 when the message is not about one stock.
     */
    public final int stockLocate() {
        return ItchHeaderDescriptor.stockLocate(buffer, offset);
    }

    /**
     * Sets the stock locate.
     *
     * @param stockLocate as {@link #stockLocate()} gives it.
     * @return this.
     */
    public final T stockLocate(final int stockLocate) {
        ItchHeaderDescriptor.putStockLocate(buffer, offset, stockLocate);
        return self();
    }

    /**
     * The exchange's own mark on the message.
     *
     * @return 0 to 65,535, to be kept and not to be read.
     */
    public final int trackingNumber() {
        return ItchHeaderDescriptor.trackingNumber(buffer, offset);
    }

    /**
     * Sets the tracking number.
     *
     * @param trackingNumber as {@link #trackingNumber()} gives it.
     * @return this.
     */
    public final T trackingNumber(final int trackingNumber) {
        ItchHeaderDescriptor.putTrackingNumber(buffer, offset, trackingNumber);
        return self();
    }

    /**
     * Time of the message.
     *
     * @return nanoseconds since midnight, 0 to {@link ItchHeaderDescriptor#MAX_TIMESTAMP_NS}.
     */
    public final long timestampNs() {
        return ItchHeaderDescriptor.timestampNs(buffer, offset);
    }

    /**
     * Sets the time.
     *
     * @param timestampNs as {@link #timestampNs()} gives it.
     * @return this.
     */
    public final T timestampNs(final long timestampNs) {
        ItchHeaderDescriptor.putTimestampNs(buffer, offset, timestampNs);
        return self();
    }

    final byte byteAt(final int fieldOffset) {
        return buffer.getByte(offset + fieldOffset);
    }

    final void putByte(final int fieldOffset, final byte value) {
        buffer.putByte(offset + fieldOffset, value);
    }

    final short shortAt(final int fieldOffset) {
        return buffer.getShort(offset + fieldOffset, BIG_ENDIAN);
    }

    final void putShort(final int fieldOffset, final short value) {
        buffer.putShort(offset + fieldOffset, value, BIG_ENDIAN);
    }

    final int intAt(final int fieldOffset) {
        return buffer.getInt(offset + fieldOffset, BIG_ENDIAN);
    }

    final void putInt(final int fieldOffset, final int value) {
        buffer.putInt(offset + fieldOffset, value, BIG_ENDIAN);
    }

    final long uintAt(final int fieldOffset) {
        return buffer.getInt(offset + fieldOffset, BIG_ENDIAN) & 0xFFFF_FFFFL;
    }

    final void putUint(final int fieldOffset, final long value) {
        buffer.putInt(offset + fieldOffset, (int) value, BIG_ENDIAN);
    }

    final long longAt(final int fieldOffset) {
        return buffer.getLong(offset + fieldOffset, BIG_ENDIAN);
    }

    final void putLong(final int fieldOffset, final long value) {
        buffer.putLong(offset + fieldOffset, value, BIG_ENDIAN);
    }

    /** Holds because the constructor is not visible outside this package, where every T is its own subclass. */
    @SuppressWarnings("unchecked")
    private T self() {
        return (T) this;
    }
}
