package io.tapedeck.journal.format2;

/**
 * Layout of a chunk's payload, little-endian and without padding: the records as columns.
 *
 * <pre>
 *   +---------------+ 0
 *   |  head         | 84 bytes
 *   |  forms        | 8 bytes each
 *   |  directory    |
 *   |  controls     | one byte per record
 *   |  bits         |
 *   |  order ids    |
 *   |  aux ids      |
 *   |  extras       |
 *   +---------------+ payload length
 *
 * head                                            form
 *    0  instrument count        u32                  0  key             u16
 *    4  carried order count     u32                  2  quantity width  u8
 *    8  new order count         u32                  3  0               u8
 *   12  explicit order ids      u32                  4  quantity base   u32
 *   16  explicit aux ids        u32
 *   20  form count              u8                control byte
 *   21  instrument width        u8                   bits 0-3  form, 15: raw record
 *   22  id flags                u8                   bits 4-5  time class
 *   23  0                       u8                   bits 6-7  argument class
 *   24  time class widths       u8 x 4
 *   28  price class widths      u8 x 4            bits, of each record that is not raw
 *   32  age class widths        u8 x 4               instrument: instrument width
 *   36  length and stored length, u32 each, of:      time:       width of its time class
 *         directory, controls, bits,                 argument:   width of its argument class
 *         order ids, aux ids, extras                 quantity:   quantity width of its form
 * </pre>
 *
 * A section whose stored length is below its length is one LZ4 block, and stored as it is otherwise. Bits are filled
 * from the lowest one up. What each part means is told in {@code docs/journal-format.md}, which is the definition.
 */
final class ColumnDescriptor {
    static final int HEAD_LENGTH = 84;

    static final int INSTRUMENT_COUNT_OFFSET = 0;
    static final int CARRIED_COUNT_OFFSET = 4;
    static final int NEW_ORDER_COUNT_OFFSET = 8;
    static final int ORDER_ID_COUNT_OFFSET = 12;
    static final int AUX_ID_COUNT_OFFSET = 16;
    static final int FORM_COUNT_OFFSET = 20;
    static final int INSTRUMENT_WIDTH_OFFSET = 21;
    static final int ID_FLAGS_OFFSET = 22;
    static final int RESERVED_OFFSET = 23;
    static final int TIME_WIDTHS_OFFSET = 24;
    static final int PRICE_WIDTHS_OFFSET = 28;
    static final int AGE_WIDTHS_OFFSET = 32;
    static final int SECTIONS_OFFSET = 36;

    /** Order ids are listed; else those of an instrument count up from its first one. */
    static final int FLAG_EXPLICIT_ORDER_IDS = 1;

    /** Aux ids are listed; else those of an instrument count up from its first one. */
    static final int FLAG_EXPLICIT_AUX_IDS = 2;

    /** Sections in the order in which they stand in the payload and their lengths in the head. */
    static final int DIRECTORY = 0;

    static final int CONTROLS = 1;
    static final int BITS = 2;
    static final int ORDER_IDS = 3;
    static final int AUX_IDS = 4;
    static final int EXTRAS = 5;
    static final int SECTION_COUNT = 6;
    static final int SECTION_ENTRY_LENGTH = 8;

    static final int FORM_LENGTH = 8;
    static final int FORM_QUANTITY_WIDTH_OFFSET = 2;
    static final int FORM_RESERVED_OFFSET = 3;
    static final int FORM_QUANTITY_BASE_OFFSET = 4;

    /** The form of a record that stands in the extras as it is; the others are numbered from 0. */
    static final int RAW_FORM = 15;

    /** The most forms of a chunk. */
    static final int MAX_FORMS = RAW_FORM;

    static final int FORM_MASK = 0xF;
    static final int TIME_CLASS_SHIFT = 4;
    static final int ARGUMENT_CLASS_SHIFT = 6;
    static final int CLASSES = 4;

    /** What a time delta must be below; others make a record raw. */
    static final int MAX_TIME_WIDTH = 40;

    /** What an argument must be below: a zigzag price delta, or an age less one. */
    static final int MAX_ARGUMENT_WIDTH = 26;

    /** What a quantity must be below. */
    static final int MAX_QUANTITY_WIDTH = 24;

    /** The most bits of an instrument's number in the directory. */
    static final int MAX_INSTRUMENT_WIDTH = 16;

    /** The most bytes that a record takes of the bits. */
    static final int MAX_RECORD_BITS_LENGTH =
            (MAX_INSTRUMENT_WIDTH + MAX_TIME_WIDTH + MAX_ARGUMENT_WIDTH + MAX_QUANTITY_WIDTH + 7) / 8;

    /** A raw record: bytes 16 to 63 of its slot. */
    static final int RAW_LENGTH = 48;

    /** Participant, flags and tracking number of a form that leaves them to the extras: bytes 52 to 59 of the slot. */
    static final int ATTRIBUTES_LENGTH = 8;

    static final int MAX_VARINT32_LENGTH = 5;
    static final int MAX_VARINT64_LENGTH = 10;

    /** Instrument id, two counts, base price, price unit; first order id, first aux id. */
    static final int MAX_DIRECTORY_ENTRY_LENGTH = 5 * MAX_VARINT32_LENGTH + 2 * MAX_VARINT64_LENGTH;

    /** Id and price. */
    static final int MAX_CARRIED_LENGTH = MAX_VARINT64_LENGTH + MAX_VARINT32_LENGTH;

    /** The most that one listed id takes: its code and 64 bits. Codes are whole bytes together, and so are the bits. */
    static final int MAX_NUMBER_LENGTH = 9;

    private ColumnDescriptor() {}

    /** The most bytes that a section of a chunk with so many records can have before LZ4. */
    static int maxLength(final int section, final int records) {
        switch (section) {
            case DIRECTORY:
                return records * (MAX_DIRECTORY_ENTRY_LENGTH + MAX_CARRIED_LENGTH);
            case CONTROLS:
                return records;
            case BITS:
                return records * MAX_RECORD_BITS_LENGTH;
            case EXTRAS:
                return records * RAW_LENGTH;
            default:
                return records * MAX_NUMBER_LENGTH;
        }
    }

    /** The most bytes of a payload. */
    static int maxPayloadLength(final int records) {
        int length = HEAD_LENGTH + MAX_FORMS * FORM_LENGTH;
        for (int section = 0; section < SECTION_COUNT; section++) {
            length += maxLength(section, records);
        }
        return length;
    }
}
