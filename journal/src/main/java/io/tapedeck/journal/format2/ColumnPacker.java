package io.tapedeck.journal.format2;

import static io.tapedeck.journal.format2.ColumnDescriptor.*;
import static io.tapedeck.journal.format2.Format2Descriptor.BYTE_ORDER;
import static io.tapedeck.journal.format2.StagedColumns.ARGUMENT_OFFSET;
import static io.tapedeck.journal.format2.StagedColumns.KEY_INDEX_SHIFT;
import static io.tapedeck.journal.format2.StagedColumns.NUMBER_SHIFT;
import static io.tapedeck.journal.format2.StagedColumns.RAW;
import static io.tapedeck.journal.format2.StagedColumns.ROW_LENGTH;
import static io.tapedeck.journal.format2.StagedColumns.SAMPLE;
import static io.tapedeck.journal.format2.StagedColumns.TIME_MASK;

import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes the sections of a chunk of what was found out about its records: chooses the widths and forms that are best for
 * them, then writes the bits. Allocates nothing once it has met the largest chunk.
 *
 * <p>Sections are written at addresses: they have room for the worst that such records can be.
 */
final class ColumnPacker implements AutoCloseable {
    /** The most bits of a value that is packed at once. */
    private static final int MAX_VALUE_WIDTH = 56;

    private final StagedColumns staged;
    private final ColumnClasses priceClasses = new ColumnClasses(MAX_ARGUMENT_WIDTH);
    private final UnsafeBuffer sections = new UnsafeBuffer(ByteBuffer.allocateDirect(0));
    private final int[] sectionOffsets = new int[SECTION_COUNT];
    private final int[] sectionLengths = new int[SECTION_COUNT];
    private final ByteCursor directory = new ByteCursor();

    private final PackTable table = new PackTable();
    private final int[] sorted;
    private int[] ends = new int[0];

    ColumnPacker(final StagedColumns staged) {
        this.staged = staged;
        sorted = new int[staged.capacity];
    }

    /** Makes columns of the records, of which there is at least one. */
    void pack() {
        placeSections();
        collectContents();
        choose();
        sectionLengths[CONTROLS] = staged.count;
        sectionLengths[BITS] = packBits(staged.row(0), encode());
        sectionLengths[ORDER_IDS] = staged.areOrderIdsExplicit
                ? IdList.encode(staged.newOrderIds, staged.newOrderCount, address(ORDER_IDS))
                : 0;
        sectionLengths[AUX_IDS] =
                staged.areAuxIdsExplicit ? IdList.encode(staged.auxIds, staged.auxIdCount, address(AUX_IDS)) : 0;
        sectionLengths[DIRECTORY] = writeDirectory();
        sectionLengths[EXTRAS] = staged.extras.position();
    }

    private void collectContents() {
        for (int i = 0; i < staged.forms.keyCount(); i++) {
            staged.contents.addEventType(FormKey.type(staged.forms.keyOf(i)));
        }
        for (int i = 0; i < staged.instruments.count(); i++) {
            staged.contents.addInstrument(staged.instruments.id(i));
        }
    }

    /** Gives each section but the extras room for the worst that so many records, instruments and ids can be. */
    private void placeSections() {
        int length = 0;
        for (int section = 0; section < EXTRAS; section++) {
            sectionOffsets[section] = length;
            length += mostLength(section) + IdList.PADDING;
        }
        if (length > sections.capacity()) {
            final ByteBuffer more = ByteBuffer.allocateDirect(length + length / 4);
            BufferUtil.free(sections);
            sections.wrap(more);
        }
    }

    private int mostLength(final int section) {
        switch (section) {
            case DIRECTORY:
                return staged.instruments.count() * MAX_DIRECTORY_ENTRY_LENGTH
                        + staged.carriedCount * MAX_CARRIED_LENGTH;
            case ORDER_IDS:
                return staged.areOrderIdsExplicit ? maxLength(section, staged.newOrderCount) : 0;
            case AUX_IDS:
                return staged.areAuxIdsExplicit ? maxLength(section, staged.auxIdCount) : 0;
            default:
                return maxLength(section, staged.count);
        }
    }

    private long address(final int section) {
        return sections.addressOffset() + sectionOffsets[section];
    }

    private void choose() {
        examinePrices();
        staged.timeClasses.choose();
        priceClasses.choose();
        staged.ageClasses.choose();
        staged.forms.choose();
        table.putTimes(staged.timeClasses, instrumentWidth());
        for (int index = 0; index < staged.forms.keyCount(); index++) {
            final boolean isPriced = FormKey.price(staged.forms.keyOf(index)) == FormKey.PRICE_DELTA;
            table.put(index, staged.forms, isPriced ? priceClasses : staged.ageClasses);
        }
    }

    /** Puts price units in the place of ticks. */
    private void examinePrices() {
        final ChunkInstruments instruments = staged.instruments;
        priceClasses.clear();
        for (int i = 0; i < staged.pricedCount; i++) {
            final long row = staged.row(staged.priced[i]);
            final int delta = UnsafeApi.getInt(row + ARGUMENT_OFFSET);
            final int unit = instruments.priceUnit((int) (UnsafeApi.getLong(row) >>> NUMBER_SHIFT));
            final int units = unit > 1 ? delta / unit : delta;
            final int zigzag = units << 1 ^ units >> 31;
            UnsafeApi.putInt(row + ARGUMENT_OFFSET, zigzag);
            priceClasses.cover(zigzag);
            if ((i & SAMPLE) == 0) {
                priceClasses.count(zigzag);
            }
        }
    }

    private int instrumentWidth() {
        return Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(0, staged.instruments.count() - 1));
    }

    /**
     * The control bytes, and in the place of the rows what goes into the bits: a list of values, each with its width above
     * it, one of a record or two where one does not hold it all. No record waits for the one before it.
     *
     * @return address behind the list.
     */
    private long encode() {
        final PackTable table = this.table;
        final long time1 = staged.timeClasses.offset(1);
        final long time2 = staged.timeClasses.offset(2);
        final long time3 = staged.timeClasses.offset(3);
        final int instrumentWidth = instrumentWidth();
        final long end = staged.row(staged.count);
        long control = address(CONTROLS);
        long at = staged.row(0);
        for (long row = at; row < end; row += ROW_LENGTH, control++) {
            final long head = UnsafeApi.getLong(row);
            final int keyIndex = (byte) (head >>> KEY_INDEX_SHIFT);
            if (keyIndex == RAW) {
                UnsafeApi.putByte(control, (byte) RAW_FORM);
                continue;
            }
            final long rest = UnsafeApi.getLong(row + ARGUMENT_OFFSET);
            final long entry = PackTable.entryOf(table.row(keyIndex), (int) rest, (int) (rest >>> Integer.SIZE));
            final long packing = PackTable.packing(entry);
            // Argument and quantity at once: neither is below its base.
            final long above = rest - PackTable.bases(entry);
            final long second = above & 0xFFFF_FFFFL | above >>> Integer.SIZE << PackTable.argumentWidth(packing);
            final int secondWidth = PackTable.width(packing);

            final long deltaNs = head & TIME_MASK;
            final long timeClass = CLASSES
                    - 1
                    + (deltaNs - time1 >> Long.SIZE - 1)
                    + (deltaNs - time2 >> Long.SIZE - 1)
                    + (deltaNs - time3 >> Long.SIZE - 1);
            final long time = table.timeClass(timeClass);
            final long first = head >>> NUMBER_SHIFT | deltaNs - PackTable.timeOffset(time) << instrumentWidth;
            final int firstWidth = PackTable.timeWidth(time);
            UnsafeApi.putByte(control, (byte) ((int) packing | (int) timeClass << TIME_CLASS_SHIFT));

            final int width = firstWidth + secondWidth;
            if (width > MAX_VALUE_WIDTH) {
                UnsafeApi.putLong(at, first | (long) firstWidth << MAX_VALUE_WIDTH);
                UnsafeApi.putLong(at + Long.BYTES, second | (long) secondWidth << MAX_VALUE_WIDTH);
                at += 2 * Long.BYTES;
            } else {
                UnsafeApi.putLong(at, first | second << firstWidth | (long) width << MAX_VALUE_WIDTH);
                at += Long.BYTES;
            }
        }
        return at;
    }

    /** Writes the values of a list one behind the other; gives the length of the bits. */
    private int packBits(final long list, final long end) {
        final long bits = address(BITS);
        long at = bits;
        // Bits that do not make a byte yet, at most seven, and those that come to them: all fit into 63.
        long pending = 0;
        int width = 0;
        for (long next = list; next < end; next += Long.BYTES) {
            final long value = UnsafeApi.getLong(next);
            pending |= (value & (1L << MAX_VALUE_WIDTH) - 1) << width;
            width += (int) (value >>> MAX_VALUE_WIDTH);
            UnsafeApi.putLong(at, pending);
            at += width >>> 3;
            pending = pending >>> (width & 0x38);
            width &= 7;
        }
        return (int) (at - bits) + (width + 7 >>> 3);
    }

    private int writeDirectory() {
        directory.wrap(address(DIRECTORY), mostLength(DIRECTORY));
        sortCarried();
        int order = 0;
        for (int number = 0; number < staged.instruments.count(); number++) {
            final int basePrice = staged.instruments.basePrice(number);
            directory.putVarint(Integer.toUnsignedLong(staged.instruments.id(number)));
            directory.putVarint(staged.instruments.carriedOrders(number));
            directory.putVarint(staged.instruments.newOrders(number));
            directory.putSigned(basePrice);
            directory.putVarint(Math.max(1, staged.instruments.priceUnit(number)));
            long previousId = 0;
            if (!staged.areOrderIdsExplicit) {
                previousId = staged.instruments.firstOrderId(number);
                directory.putVarint(previousId);
            }
            if (!staged.areAuxIdsExplicit) {
                directory.putVarint(staged.instruments.firstAuxId(number));
            }
            for (int i = 0; i < staged.instruments.carriedOrders(number); i++, order++) {
                final int index = sorted[order];
                directory.putSigned(staged.carriedIds[index] - previousId);
                directory.putSigned((long) staged.orders.price(staged.carried[index]) - basePrice);
                previousId = staged.carriedIds[index];
            }
        }
        return directory.position();
    }

    /** Puts carried orders in the order of instruments, and of each the one that came last first: so do ages count. */
    private void sortCarried() {
        int start = 0;
        if (ends.length < staged.instruments.count()) {
            ends = new int[2 * staged.instruments.count()];
        }
        for (int number = 0; number < staged.instruments.count(); number++) {
            start += staged.instruments.carriedOrders(number);
            ends[number] = start;
        }
        for (int i = 0; i < staged.carriedCount; i++) {
            sorted[--ends[staged.orders.instrument(staged.carried[i])]] = i;
        }
    }

    /** Memory with a section of the chunk packed last. */
    UnsafeBuffer sectionMemory(final int section) {
        return section == EXTRAS ? staged.extrasMemory() : sections;
    }

    /** Where in its memory a section is. */
    int sectionOffset(final int section) {
        return sectionOffsets[section];
    }

    int sectionLength(final int section) {
        return sectionLengths[section];
    }

    /** Writes head and forms of the chunk packed last, all but the stored lengths of the sections. */
    void putHead(final UnsafeBuffer payload, final int offset) {
        payload.putInt(offset + INSTRUMENT_COUNT_OFFSET, staged.instruments.count(), BYTE_ORDER);
        payload.putInt(offset + CARRIED_COUNT_OFFSET, staged.carriedCount, BYTE_ORDER);
        payload.putInt(offset + NEW_ORDER_COUNT_OFFSET, staged.newOrderCount, BYTE_ORDER);
        payload.putInt(
                offset + ORDER_ID_COUNT_OFFSET, staged.areOrderIdsExplicit ? staged.newOrderCount : 0, BYTE_ORDER);
        payload.putInt(offset + AUX_ID_COUNT_OFFSET, staged.areAuxIdsExplicit ? staged.auxIdCount : 0, BYTE_ORDER);
        payload.putByte(offset + FORM_COUNT_OFFSET, (byte) staged.forms.formCount());
        payload.putByte(offset + INSTRUMENT_WIDTH_OFFSET, (byte) instrumentWidth());
        payload.putByte(offset + ID_FLAGS_OFFSET, (byte) ((staged.areOrderIdsExplicit ? FLAG_EXPLICIT_ORDER_IDS : 0)
                | (staged.areAuxIdsExplicit ? FLAG_EXPLICIT_AUX_IDS : 0)));
        payload.putByte(offset + RESERVED_OFFSET, (byte) 0);
        for (int i = 0; i < CLASSES; i++) {
            payload.putByte(offset + TIME_WIDTHS_OFFSET + i, (byte) staged.timeClasses.width(i));
            payload.putByte(offset + PRICE_WIDTHS_OFFSET + i, (byte) priceClasses.width(i));
            payload.putByte(offset + AGE_WIDTHS_OFFSET + i, (byte) staged.ageClasses.width(i));
        }
        for (int form = 0; form < staged.forms.formCount(); form++) {
            final int at = offset + HEAD_LENGTH + form * FORM_LENGTH;
            payload.putShort(at, (short) staged.forms.key(form), BYTE_ORDER);
            payload.putByte(at + FORM_QUANTITY_WIDTH_OFFSET, (byte) staged.forms.quantityWidth(form));
            payload.putByte(at + FORM_RESERVED_OFFSET, (byte) 0);
            payload.putInt(at + FORM_QUANTITY_BASE_OFFSET, staged.forms.quantityBase(form), BYTE_ORDER);
        }
    }

    int formCount() {
        return staged.forms.formCount();
    }

    @Override
    public void close() {
        BufferUtil.free(sections);
        table.close();
    }
}
