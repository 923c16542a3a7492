package io.tapedeck.codecs.record;

import io.tapedeck.codecs.sbe.EventEncoder;
import io.tapedeck.codecs.sbe.MessageHeaderEncoder;
import org.agrona.DirectBuffer;

/**
 * Layout of a slot that holds an {@code Event}, and of what all slots share. Little-endian; offsets count from the
 * start of the slot, lengths are in bytes.
 *
 * <pre>
 *    0               2               4               6               8
 *   +---------------+---------------+---------------+---------------+
 *  0| block length  | template id   | schema id     | version       |
 *   +---------------+---------------+---------------+---------------+
 *  8| sequence                                                      |
 *   +---------------------------------------------------------------+
 * 16| event time, ns since midnight of the session date             |
 *   +---------------------------------------------------------------+
 * 24| order id                                                      |
 *   +---------------------------------------------------------------+
 * 32| aux id                                                        |
 *   +-------------------------------+-------------------------------+
 * 40| instrument id                 | price, signed, in ticks       |
 *   +-------------------------------+-------------------------------+
 * 48| quantity                      | mpid                          |
 *   +---------------+---------------+-------+-------+---------------+
 * 56| flags         | tracking      | type  | side  | reserved, 0   |
 *   +---------------+---------------+-------+-------+---------------+
 * </pre>
 *
 * <p>Which field means what. A dash is a field that is zero; (r) is the resting order's own value where the writer
 * knows it and zero where it does not: a book never needs it, and ITCH does not carry it.
 *
 * <pre>
 * type              ITCH  order id      aux id    price      quantity     mpid         side  flags
 * ----------------  ----  ------------  --------  ---------  -----------  -----------  ----  ---------------
 * ADD               A F   the new one   -         limit      open         of F         yes   opening, refill,
 *                                                                                            attributed (F)
 * REDUCE            X     existing      -         (r)        taken off    -            (r)   refill
 * DELETE            D     existing      -         (r)        (r) left     -            (r)   refill
 * EXECUTE           E     existing      match     (r)        traded       -            (r)   -
 * EXECUTE_AT_PRICE  C     existing      match     of trade   traded       -            (r)   printable (Y)
 * REPLACE           U     the old one   new id    limit      open         -            (r)   -
 * TRADE             P     as it came    match     of trade   traded       -            yes   -
 * CROSS             Q     shares, 64b   match     of cross   -            cross type   -     -
 * BROKEN            B     -             match     -          -            -            -     -
 * </pre>
 *
 * <p>Instrument id, tracking, event time and sequence have one meaning throughout. Quantities are not negative. An
 * mpid holds four ASCII bytes, the first one highest; a cross type is the ASCII byte alone. Two records are equal
 * exactly when their 64 bytes are equal, so a writer sets every field, the reserved one to zero.
 */
public final class EventSlotDescriptor {
    /** Length of a slot, of whichever template: one cache line. */
    public static final int SLOT_LENGTH = 64;

    /** A slot's address is a multiple of this, so that no slot spans two cache lines. */
    public static final int SLOT_ALIGNMENT = 64;

    /** Length of the SBE header that starts each slot. */
    public static final int HEADER_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH;

    /** Position in the unit's day, 64 bits, from 1; in every template. */
    public static final int SEQUENCE_OFFSET = 8;

    /** Nanoseconds since midnight of the session date, 64 bits; in every template. */
    public static final int EVENT_TIME_OFFSET = 16;

    /** Order acted upon, 64 bits unsigned. */
    public static final int ORDER_ID_OFFSET = 24;

    /** Match number or new order id, 64 bits unsigned. */
    public static final int AUX_ID_OFFSET = 32;

    /** Instrument, 32 bits, from 1. */
    public static final int INSTRUMENT_ID_OFFSET = 40;

    /** Price in ticks of the instrument, 32 bits signed. */
    public static final int PRICE_OFFSET = 44;

    /** Quantity in shares, 32 bits, not negative. */
    public static final int QUANTITY_OFFSET = 48;

    /** Participant, four ASCII bytes as a number. */
    public static final int MPID_OFFSET = 52;

    /** Bits of {@link EventFlags}, 16 bits. */
    public static final int FLAGS_OFFSET = 56;

    /** The exchange's tracking number, 16 bits unsigned. */
    public static final int TRACKING_OFFSET = 58;

    /** One of {@link EventTypeCode}, 8 bits. */
    public static final int EVENT_TYPE_OFFSET = 60;

    /** One of {@link SideCode}, 8 bits. */
    public static final int SIDE_OFFSET = 61;

    /** Always zero, 16 bits. */
    public static final int RESERVED_OFFSET = 62;

    /** The eight header bytes of an {@code Event}, as one little-endian number: one store instead of four. */
    public static final long EVENT_HEADER = header(
            EventEncoder.BLOCK_LENGTH, EventEncoder.TEMPLATE_ID, EventEncoder.SCHEMA_ID, EventEncoder.SCHEMA_VERSION);

    private EventSlotDescriptor() {}

    /**
     * The eight bytes of an SBE header as one little-endian number.
     *
     * @param blockLength in bytes, unsigned 16 bits.
     * @param templateId  unsigned 16 bits.
     * @param schemaId    unsigned 16 bits.
     * @param version     unsigned 16 bits.
     * @return what lies at offset 0 of a slot.
     */
    public static long header(final int blockLength, final int templateId, final int schemaId, final int version) {
        return blockLength | (long) templateId << 16 | (long) schemaId << 32 | (long) version << 48;
    }

    /**
     * Whether a slot holds an {@code Event} of this very schema.
     *
     * @param buffer     that holds the slot.
     * @param slotOffset of the slot in the buffer, in bytes.
     * @return false for any other template, schema or version.
     */
    public static boolean isEvent(final DirectBuffer buffer, final int slotOffset) {
        return EVENT_HEADER == buffer.getLong(slotOffset, EventEncoder.BYTE_ORDER);
    }
}
