package io.tapedeck.journal.format2;

import static io.tapedeck.journal.format2.ColumnDescriptor.*;
import static io.tapedeck.journal.format2.Format2Descriptor.BYTE_ORDER;

import java.nio.ByteBuffer;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a chunk's control bytes mean, one line of memory for each, so that the loop looks up where it would otherwise
 * branch: masks, widths and constants of form and classes together.
 */
final class ColumnTable {
    /** Bytes per control byte, as a power of two: a cache line. */
    static final int ENTRY_SHIFT = 6;

    static final int TIME_MASK = 0;
    static final int TIME_OFFSET = 8;
    /** Flags, tracking number, type and side, as they stand in a slot. */
    static final int TAIL = 16;
    /** All bits if there is an order id, none if it is 0. */
    static final int ORDER_ID_MASK = 24;

    static final int ARGUMENT_MASK = 32;
    /** Of an age one more, so that it counts back from the order that is made next. */
    static final int ARGUMENT_OFFSET = 36;

    static final int QUANTITY_MASK = 40;
    static final int QUANTITY_BASE = 44;
    /** All bits if there is a price, none if it is 0. */
    static final int PRICE_MASK = 48;
    /** All bits if the argument is a price delta, none if it is an age. */
    static final int PRICED = 52;

    static final int TIME_WIDTH = 56;
    static final int ARGUMENT_WIDTH = 57;
    /** All bits of the record, the instrument's included. */
    static final int WIDTH = 58;
    /** What the loop leaves to a method of its own: these bits. */
    static final int RARE = 59;
    /** By how much the place of the next order moves on: the length of an order, or 0. */
    static final int NEW_ORDER = 60;
    /** 4 times 1 for asks, times 0 for all others. */
    static final int SIDE_OFFSET = 61;
    /** -1 if there is an aux id, 0 if it is 0. */
    static final int AUX_ID_MASK = 62;

    /** A record that stands in the extras as it is; no other bit comes with it. */
    static final int RARE_RAW = 1;

    static final int RARE_ATTRIBUTES = 2;
    static final int RARE_PRICE = 4;
    static final int RARE_REPLACE = 8;
    /** No form has this number. */
    static final int RARE_INVALID = 16;
    /** More bits than can be read at once. */
    static final int RARE_WIDE = 32;
    /** An aux id that is listed. */
    static final int RARE_LISTED = 64;

    /** What eight bytes have of a record at any bit. */
    private static final int MAX_WIDTH_AT_ONCE = Long.SIZE - Byte.SIZE + 1;

    private static final int ENTRIES = 256;
    private static final int FLAGS_TO_TYPE_SHIFT = 32;
    private static final int FLAGS_TO_SIDE_SHIFT = 40;
    private static final int SELL = 2;

    private static final int ENTRY_LENGTH = 1 << ENTRY_SHIFT;

    private final UnsafeBuffer memory = new UnsafeBuffer(ByteBuffer.allocateDirect((ENTRIES + 1) * ENTRY_LENGTH));
    private final long address = BitUtil.align(memory.addressOffset(), ENTRY_LENGTH);
    private int instrumentWidth;
    private boolean areAuxIdsListed;
    private final int[] timeWidths = new int[CLASSES];
    private final int[] priceWidths = new int[CLASSES];
    private final int[] ageWidths = new int[CLASSES];
    private final long[] timeOffsets = new long[CLASSES];
    private final long[] priceOffsets = new long[CLASSES];
    private final long[] ageOffsets = new long[CLASSES];

    /** Where the first entry lies, for as long as this is not closed. */
    long address() {
        return address;
    }

    /** Where the entry of a control byte lies. */
    long entryOf(final byte control) {
        return address + ((control & 0xFFL) << ENTRY_SHIFT);
    }

    /**
     * Reads head and forms of a payload that has so many bytes at least.
     *
     * @return what is wrong with them, as a clause, or null.
     */
    String read(final UnsafeBuffer payload) {
        final boolean areWidthsRight = readWidths(payload, TIME_WIDTHS_OFFSET, MAX_TIME_WIDTH, timeWidths, timeOffsets)
                && readWidths(payload, PRICE_WIDTHS_OFFSET, MAX_ARGUMENT_WIDTH, priceWidths, priceOffsets)
                && readWidths(payload, AGE_WIDTHS_OFFSET, MAX_ARGUMENT_WIDTH, ageWidths, ageOffsets);
        if (!areWidthsRight) {
            return "the chunk has a class width that is greater than " + MAX_TIME_WIDTH + " of a time, or "
                    + MAX_ARGUMENT_WIDTH + " of a price or an age";
        }
        final int forms = payload.getByte(FORM_COUNT_OFFSET);
        instrumentWidth = payload.getByte(INSTRUMENT_WIDTH_OFFSET);
        areAuxIdsListed = (payload.getByte(ID_FLAGS_OFFSET) & FLAG_EXPLICIT_AUX_IDS) != 0;
        memory.setMemory(0, memory.capacity(), (byte) 0);
        for (int form = 0; form <= RAW_FORM; form++) {
            if (form < forms) {
                final int at = HEAD_LENGTH + form * FORM_LENGTH;
                final int key = payload.getShort(at, BYTE_ORDER) & 0xFFFF;
                final int width = payload.getByte(at + FORM_QUANTITY_WIDTH_OFFSET);
                if (!FormKey.isValid(key)
                        || width < 0
                        || width > MAX_QUANTITY_WIDTH
                        || payload.getByte(at + FORM_RESERVED_OFFSET) != 0) {
                    return "the chunk's form " + form + " has key 0x" + Integer.toHexString(key)
                            + " and quantity width " + width + ", which no form can have";
                }
                putForm(form, key, width, payload.getInt(at + FORM_QUANTITY_BASE_OFFSET, BYTE_ORDER));
            } else {
                putRare(form, form == RAW_FORM ? RARE_RAW : RARE_INVALID);
            }
        }
        return null;
    }

    private static boolean readWidths(
            final UnsafeBuffer payload,
            final int offset,
            final int maxWidth,
            final int[] widths,
            final long[] offsets) {
        for (int i = 0; i < CLASSES; i++) {
            widths[i] = payload.getByte(offset + i);
            if (widths[i] < 0 || widths[i] > maxWidth) {
                return false;
            }
        }
        ColumnClasses.place(widths, offsets);
        return true;
    }

    private void putRare(final int form, final int rare) {
        for (int classes = 0; classes < CLASSES * CLASSES; classes++) {
            UnsafeApi.putByte(entry(form, classes) + RARE, (byte) rare);
        }
    }

    private long entry(final int form, final int classes) {
        return address + ((long) (form | classes << TIME_CLASS_SHIFT) << ENTRY_SHIFT);
    }

    private void putForm(final int form, final int key, final int quantityWidth, final int quantityBase) {
        final boolean isPriced = FormKey.price(key) == FormKey.PRICE_DELTA;
        final boolean isNew = FormKey.has(key, FormKey.NEW_ORDER);
        final boolean isInExtras = FormKey.price(key) == FormKey.PRICE_IN_EXTRAS;
        final boolean hasAuxId = FormKey.has(key, FormKey.AUX_ID);
        final int rare = (FormKey.has(key, FormKey.ATTRIBUTES) ? RARE_ATTRIBUTES : 0)
                | (isInExtras ? RARE_PRICE : 0)
                | (isInExtras && isNew ? RARE_REPLACE : 0)
                | (hasAuxId && areAuxIdsListed ? RARE_LISTED : 0);
        final long tail = FormKey.flags(key)
                | (long) FormKey.type(key) << FLAGS_TO_TYPE_SHIFT
                | (long) FormKey.side(key) << FLAGS_TO_SIDE_SHIFT;
        final int[] argumentWidths = isPriced ? priceWidths : ageWidths;
        final long[] argumentOffsets = isPriced ? priceOffsets : ageOffsets;
        for (int classes = 0; classes < CLASSES * CLASSES; classes++) {
            final int timeClass = classes % CLASSES;
            final int argumentClass = classes / CLASSES;
            final int argumentWidth = argumentWidths[argumentClass];
            final long entry = entry(form, classes);
            final int width = instrumentWidth + timeWidths[timeClass] + argumentWidth + quantityWidth;
            UnsafeApi.putLong(entry + TIME_MASK, (1L << timeWidths[timeClass]) - 1);
            UnsafeApi.putLong(entry + TIME_OFFSET, timeOffsets[timeClass]);
            UnsafeApi.putLong(entry + TAIL, tail);
            UnsafeApi.putLong(entry + ORDER_ID_MASK, mask(!isPriced || isNew));
            UnsafeApi.putInt(entry + ARGUMENT_MASK, (1 << argumentWidth) - 1);
            UnsafeApi.putInt(entry + ARGUMENT_OFFSET, (int) argumentOffsets[argumentClass] + (isPriced ? 0 : 1));
            UnsafeApi.putInt(entry + QUANTITY_MASK, (1 << quantityWidth) - 1);
            UnsafeApi.putInt(entry + QUANTITY_BASE, quantityBase);
            UnsafeApi.putInt(entry + PRICE_MASK, mask(FormKey.price(key) != FormKey.PRICE_ZERO));
            UnsafeApi.putInt(entry + PRICED, mask(isPriced));
            UnsafeApi.putByte(entry + TIME_WIDTH, (byte) timeWidths[timeClass]);
            UnsafeApi.putByte(entry + ARGUMENT_WIDTH, (byte) argumentWidth);
            UnsafeApi.putByte(entry + WIDTH, (byte) width);
            UnsafeApi.putByte(entry + RARE, (byte) (width > MAX_WIDTH_AT_ONCE ? rare | RARE_WIDE : rare));
            UnsafeApi.putByte(entry + NEW_ORDER, (byte) (isNew ? DecodingState.ORDER_LENGTH : 0));
            UnsafeApi.putByte(entry + SIDE_OFFSET, (byte) (FormKey.side(key) == SELL ? Integer.BYTES : 0));
            UnsafeApi.putByte(entry + AUX_ID_MASK, mask(hasAuxId));
        }
    }

    private static byte mask(final boolean isSet) {
        return (byte) (isSet ? -1 : 0);
    }

    void close() {
        BufferUtil.free(memory);
    }
}
