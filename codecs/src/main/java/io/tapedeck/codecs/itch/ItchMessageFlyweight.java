package io.tapedeck.codecs.itch;

import static io.tapedeck.codecs.itch.ItchHeaderDescriptor.STOCK_LOCATE_OFFSET;
import static io.tapedeck.codecs.itch.ItchHeaderDescriptor.TIMESTAMP_LOW_OFFSET;
import static io.tapedeck.codecs.itch.ItchHeaderDescriptor.TIMESTAMP_OFFSET;
import static io.tapedeck.codecs.itch.ItchHeaderDescriptor.TRACKING_NUMBER_OFFSET;
import static io.tapedeck.codecs.itch.ItchHeaderDescriptor.TYPE_OFFSET;

import java.nio.ByteOrder;
import org.agrona.MutableDirectBuffer;
import org.agrona.UnsafeApi;

/**
 * What the messages of all types have in common: a view of bytes that belong to someone else, and the header. Numbers
 * are unsigned and big-endian; 32 bits come as a {@code long}; text comes as a number whose highest byte is the first
 * character (see {@link Alpha}). A setter keeps the bits that its field has room for.
 *
 * <p>Wrapping checks that all bytes of the message are inside the buffer; fields are then read and written without
 * another check, which is worth a quarter of the time. The type byte is not looked at: an {@link ItchDispatcher} does
 * that before it wraps a message.
 *
 * <p><b>Note:</b> a flyweight is used by one thread; it is made once and wrapped for each message. When its buffer is
 * made to wrap other memory, or that memory is unmapped, the flyweight must be wrapped again before its next use.
 *
 * @param <T> the message itself, which wrapping and setting return.
 */
public abstract class ItchMessageFlyweight<T extends ItchMessageFlyweight<T>> {
    private static final boolean SWAP = ByteOrder.nativeOrder() != ByteOrder.BIG_ENDIAN;

    private final byte type;
    private final int length;
    private MutableDirectBuffer buffer;
    private int offset;

    /** The array that the bytes are in, or null when they are off-heap. */
    private byte[] base;

    /** Where the message starts: in the array, or in memory. */
    private long address;

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
     * @throws IndexOutOfBoundsException when it does not.
     */
    public final T wrap(final MutableDirectBuffer buffer, final int offset) {
        buffer.boundsCheck(offset, length);
        // The same buffer most of the time: a store of a reference costs more than a look.
        if (this.buffer != buffer) {
            this.buffer = buffer;
        }
        final byte[] array = buffer.byteArray();
        if (base != array) {
            base = array;
        }
        address = buffer.addressOffset() + offset;
        this.offset = offset;
        return self();
    }

    /**
     * Points at bytes that will be a message of this type, and writes its type byte.
     *
     * @param buffer to write to; it must hold {@link #length()} bytes from the offset on.
     * @param offset of the message, in bytes.
     * @return this, all other fields as the bytes were.
     * @throws IndexOutOfBoundsException when it does not.
     */
    public final T wrapAndApplyType(final MutableDirectBuffer buffer, final int offset) {
        wrap(buffer, offset);
        putByte(TYPE_OFFSET, type);
        return self();
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
        return shortAt(STOCK_LOCATE_OFFSET) & 0xFFFF;
    }

    /**
     * Sets the stock locate.
     *
     * @param stockLocate as {@link #stockLocate()} gives it.
     * @return this.
     */
    public final T stockLocate(final int stockLocate) {
        putShort(STOCK_LOCATE_OFFSET, (short) stockLocate);
        return self();
    }

    /**
     * The exchange's own mark on the message.
     *
     * @return 0 to 65,535, to be kept and not to be read.
     */
    public final int trackingNumber() {
        return shortAt(TRACKING_NUMBER_OFFSET) & 0xFFFF;
    }

    /**
     * Sets the tracking number.
     *
     * @param trackingNumber as {@link #trackingNumber()} gives it.
     * @return this.
     */
    public final T trackingNumber(final int trackingNumber) {
        putShort(TRACKING_NUMBER_OFFSET, (short) trackingNumber);
        return self();
    }

    /**
     * Time of the message.
     *
     * @return nanoseconds since midnight, 0 to {@link ItchHeaderDescriptor#MAX_TIMESTAMP_NS}.
     */
    public final long timestampNs() {
        return (shortAt(TIMESTAMP_OFFSET) & 0xFFFFL) << 32 | uintAt(TIMESTAMP_LOW_OFFSET);
    }

    /**
     * Sets the time.
     *
     * @param timestampNs as {@link #timestampNs()} gives it.
     * @return this.
     */
    public final T timestampNs(final long timestampNs) {
        putShort(TIMESTAMP_OFFSET, (short) (timestampNs >>> 32));
        putUint(TIMESTAMP_LOW_OFFSET, timestampNs);
        return self();
    }

    final byte byteAt(final int fieldOffset) {
        return UnsafeApi.getByte(base, address + fieldOffset);
    }

    final void putByte(final int fieldOffset, final byte value) {
        UnsafeApi.putByte(base, address + fieldOffset, value);
    }

    final short shortAt(final int fieldOffset) {
        final short bits = UnsafeApi.getShort(base, address + fieldOffset);
        return SWAP ? Short.reverseBytes(bits) : bits;
    }

    final void putShort(final int fieldOffset, final short value) {
        UnsafeApi.putShort(base, address + fieldOffset, SWAP ? Short.reverseBytes(value) : value);
    }

    final int intAt(final int fieldOffset) {
        final int bits = UnsafeApi.getInt(base, address + fieldOffset);
        return SWAP ? Integer.reverseBytes(bits) : bits;
    }

    final void putInt(final int fieldOffset, final int value) {
        UnsafeApi.putInt(base, address + fieldOffset, SWAP ? Integer.reverseBytes(value) : value);
    }

    final long uintAt(final int fieldOffset) {
        return Integer.toUnsignedLong(intAt(fieldOffset));
    }

    final void putUint(final int fieldOffset, final long value) {
        putInt(fieldOffset, (int) value);
    }

    final long longAt(final int fieldOffset) {
        final long bits = UnsafeApi.getLong(base, address + fieldOffset);
        return SWAP ? Long.reverseBytes(bits) : bits;
    }

    final void putLong(final int fieldOffset, final long value) {
        UnsafeApi.putLong(base, address + fieldOffset, SWAP ? Long.reverseBytes(value) : value);
    }

    /** Holds because the constructor is not visible outside this package, where every T is its own subclass. */
    @SuppressWarnings("unchecked")
    private T self() {
        return (T) this;
    }
}
