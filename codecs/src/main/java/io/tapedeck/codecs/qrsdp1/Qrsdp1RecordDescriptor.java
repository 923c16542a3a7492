package io.tapedeck.codecs.qrsdp1;

import java.nio.ByteOrder;

/**
 * Layout of the queue model's record, little-endian and without padding, so that the fields behind the side byte are
 * not aligned.
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +---------------------------------------------------------------+
 *  0|                          timestamp ns                         |
 *   |                                                               |
 *   +---------------+---------------+-------------------------------+
 *  8|     type      |     side      |       price ticks (low)       |
 *   +---------------+---------------+-------------------------------+
 * 12|       price ticks (high)      |        quantity (low)         |
 *   +-------------------------------+-------------------------------+
 * 16|        quantity (high)        |        order id (0..1)        |
 *   +-------------------------------+-------------------------------+
 * 20|                       order id (2..5)                         |
 *   +-------------------------------+-------------------------------+
 * 24|        order id (6..7)        |
 *   +-------------------------------+
 * </pre>
 */
public final class Qrsdp1RecordDescriptor {
    /** Order of the bytes of every field. */
    public static final ByteOrder BYTE_ORDER = ByteOrder.LITTLE_ENDIAN;

    /** 64 bits: nanoseconds since midnight, 0 to {@link Long#MAX_VALUE}. */
    public static final int TIMESTAMP_NS_OFFSET = 0;

    /** 8 bits: a {@link QueueEventType}. */
    public static final int TYPE_OFFSET = 8;

    /** 8 bits: a {@link QueueSide}. */
    public static final int SIDE_OFFSET = 9;

    /** 32 bits, signed: price in ticks of the instrument. */
    public static final int PRICE_TICKS_OFFSET = 10;

    /** 32 bits, unsigned: shares. */
    public static final int QUANTITY_OFFSET = 14;

    /** 64 bits: the order's number, or the event's where the stream has no orders. */
    public static final int ORDER_ID_OFFSET = 18;

    /** Bytes of one record. */
    public static final int LENGTH = 26;

    private Qrsdp1RecordDescriptor() {}
}
