package io.tapedeck.codecs.record;

import static io.tapedeck.codecs.record.EventSlotDescriptor.header;

import io.tapedeck.codecs.sbe.ItchMessageEncoder;
import org.agrona.DirectBuffer;

/**
 * Layout of a slot that carries, as an {@code ItchMessage}, an ITCH message that is no order event. Little-endian;
 * offsets count from the start of the slot, lengths are in bytes.
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
 * 24| body: the message's bytes from offset 11 on, zero-padded      |
 *   .                                                               .
 *   |                                                               |
 *   +-------------------------------+---------------+-------+-------+
 * 56| instrument id                 | tracking      | type  | size  |
 *   +-------------------------------+---------------+-------+-------+
 * </pre>
 *
 * <p>The first eleven bytes of an ITCH message are in the record's own fields. Of the messages carried here only NOII
 * ({@code I}) and the DLCR price discovery ({@code O}) have more body than fits; their stock field is left out, and
 * the instrument directory gives it back.
 */
public final class ItchSlotDescriptor {
    /** Start of the carried bytes. */
    public static final int BODY_OFFSET = 24;

    /** The most bytes that a body can have. */
    public static final int BODY_CAPACITY = 32;

    /** Instrument, 32 bits; 0 where the message is not about one. */
    public static final int INSTRUMENT_ID_OFFSET = 56;

    /** The exchange's tracking number, 16 bits unsigned. */
    public static final int TRACKING_OFFSET = 60;

    /** Type byte of the message, 8 bits. */
    public static final int ITCH_TYPE_OFFSET = 62;

    /** How many bytes of the body are in use, 8 bits, 0 to {@link #BODY_CAPACITY}. */
    public static final int BODY_SIZE_OFFSET = 63;

    /** The eight header bytes of an {@code ItchMessage}, as one little-endian number. */
    public static final long ITCH_MESSAGE_HEADER = header(
            ItchMessageEncoder.BLOCK_LENGTH,
            ItchMessageEncoder.TEMPLATE_ID,
            ItchMessageEncoder.SCHEMA_ID,
            ItchMessageEncoder.SCHEMA_VERSION);

    private ItchSlotDescriptor() {}

    /**
     * Whether a slot holds an {@code ItchMessage} of this very schema.
     *
     * @param buffer     that holds the slot.
     * @param slotOffset of the slot in the buffer, in bytes.
     * @return false for any other template, schema or version.
     */
    public static boolean isItchMessage(final DirectBuffer buffer, final int slotOffset) {
        return ITCH_MESSAGE_HEADER == buffer.getLong(slotOffset, ItchMessageEncoder.BYTE_ORDER);
    }
}
