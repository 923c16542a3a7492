package io.tapedeck.codecs.itch;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Layout of the eleven bytes that start every ITCH message, all fields big-endian and unaligned:
 *
 * <pre>
 *   0   1       3       5                       11
 *  +---+-------+-------+-----------------------+- -
 *  | T | locate| track | timestamp             | body
 *  +---+-------+-------+-----------------------+- -
 * </pre>
 *
 * <p>The timestamp has 48 bits: nanoseconds since midnight on the exchange's clock. It is read as 16 and 32 bits,
 * because eight bytes from offset 5 on would reach beyond the end of the shortest message.
 */
public final class ItchHeaderDescriptor {
    /** Type byte, see {@link ItchMessageType}. */
    public static final int TYPE_OFFSET = 0;

    /** Stock locate, 16 bits unsigned. */
    public static final int STOCK_LOCATE_OFFSET = 1;

    /** Tracking number, 16 bits unsigned. */
    public static final int TRACKING_NUMBER_OFFSET = 3;

    /** Nanoseconds since midnight, 48 bits unsigned. */
    public static final int TIMESTAMP_OFFSET = 5;

    /** Where the fields of the type start. */
    public static final int BODY_OFFSET = 11;

    /** The latest timestamp that 48 bits hold, in nanoseconds since midnight: some 78 hours. */
    public static final long MAX_TIMESTAMP_NS = (1L << 48) - 1;

    static final int TIMESTAMP_LOW_OFFSET = TIMESTAMP_OFFSET + Short.BYTES;

    private ItchHeaderDescriptor() {}

    /**
     * Type of a message.
     *
     * @param buffer with the message.
     * @param offset of the message, in bytes.
     * @return type byte.
     */
    public static byte type(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + TYPE_OFFSET);
    }

    /**
     * Stock that a message is about.
     *
     * @param buffer with the message.
     * @param offset of the message, in bytes.
     * @return 1 to 65,535, dense, valid for one day; 0 when the message is not about one stock.
     */
    public static int stockLocate(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset + STOCK_LOCATE_OFFSET, BIG_ENDIAN) & 0xFFFF;
    }

    /**
     * The exchange's own mark on a message.
     *
     * @param buffer with the message.
     * @param offset of the message, in bytes.
     * @return 0 to 65,535, without a meaning outside the exchange.
     */
    public static int trackingNumber(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset + TRACKING_NUMBER_OFFSET, BIG_ENDIAN) & 0xFFFF;
    }

    /**
     * Time of a message.
     *
     * @param buffer with the message.
     * @param offset of the message, in bytes.
     * @return nanoseconds since midnight, 0 to {@link #MAX_TIMESTAMP_NS}.
     */
    public static long timestampNs(final DirectBuffer buffer, final int offset) {
        final long high = buffer.getShort(offset + TIMESTAMP_OFFSET, BIG_ENDIAN) & 0xFFFFL;
        return high << 32 | buffer.getInt(offset + TIMESTAMP_LOW_OFFSET, BIG_ENDIAN) & 0xFFFF_FFFFL;
    }

    /**
     * Writes a whole header, in two stores that overlap by one byte of the timestamp.
     *
     * @param buffer         to write to.
     * @param offset         of the message, in bytes.
     * @param type           type byte.
     * @param stockLocate    0 to 65,535.
     * @param trackingNumber 0 to 65,535.
     * @param timestampNs    nanoseconds since midnight, 0 to {@link #MAX_TIMESTAMP_NS}; only 48 bits are written.
     */
    public static void putHeader(
            final MutableDirectBuffer buffer,
            final int offset,
            final byte type,
            final int stockLocate,
            final int trackingNumber,
            final long timestampNs) {
        final long head = (type & 0xFFL) << 56
                | (stockLocate & 0xFFFFL) << 40
                | (trackingNumber & 0xFFFFL) << 24
                | timestampNs >>> 24 & 0xFF_FFFFL;
        buffer.putLong(offset, head, BIG_ENDIAN);
        buffer.putInt(offset + TIMESTAMP_LOW_OFFSET, (int) timestampNs, BIG_ENDIAN);
    }
}
