package io.tapedeck.journal.format2;

import static io.tapedeck.journal.format2.ColumnDescriptor.CLASSES;
import static io.tapedeck.journal.format2.ColumnDescriptor.MAX_FORMS;

import java.nio.ByteBuffer;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;

/**
 * What the records of a key are packed with, a row for each key, so that no record takes a branch: which class an
 * argument has and which form a quantity has is a toss of a coin.
 *
 * <pre>
 *   row
 *    0  where the argument classes 1, 2 and 3 begin, less one        i32 x 3
 *   12  the usual quantity                                           i32
 *   16  the quantity below which one is small                        i32
 *   32  argument classes: where it begins i32, width i32             x 4
 *   64  forms of a quantity that is neither usual nor small, small,
 *       usual, both: base i32, width u8, number u8, 0 u16            x 4
 *
 *   and behind the rows the time classes: where it begins 48 bits, width u16, x 4
 * </pre>
 *
 * <p>Not thread safe. Rows are outside the heap, and are freed by {@link #close()}.
 */
final class PackTable implements AutoCloseable {
    private static final int USUAL_OFFSET = 12;
    private static final int SHORT_OFFSET = 16;
    private static final int CLASSES_OFFSET = 32;
    private static final int FORMS_OFFSET = 64;
    private static final int ENTRY_SHIFT = 3;
    private static final int ROW_LENGTH = 128;
    private static final int FORM_NUMBER_SHIFT = 40;
    private static final int TIME_WIDTH_SHIFT = 48;

    private final ByteBuffer memory =
            ByteBuffer.allocateDirect((MAX_FORMS + 1) * ROW_LENGTH + BitUtil.CACHE_LINE_LENGTH);
    private final long rows = BitUtil.align(BufferUtil.address(memory), BitUtil.CACHE_LINE_LENGTH);

    private final long times = rows + MAX_FORMS * ROW_LENGTH;

    /** Fills the entries of the time classes. */
    void putTimes(final ColumnClasses classes) {
        for (int i = 0; i < CLASSES; i++) {
            UnsafeApi.putLong(
                    times + ((long) i << ENTRY_SHIFT), classes.offset(i) | (long) classes.width(i) << TIME_WIDTH_SHIFT);
        }
    }

    /** What there is of a time class. */
    long timeClass(final long number) {
        return UnsafeApi.getLong(times + (number << ENTRY_SHIFT));
    }

    static long timeOffset(final long entry) {
        return entry & (1L << TIME_WIDTH_SHIFT) - 1;
    }

    static int timeWidth(final long entry) {
        return (int) (entry >>> TIME_WIDTH_SHIFT);
    }

    /** Address of the row of a key. */
    long row(final int keyIndex) {
        return rows + (long) keyIndex * ROW_LENGTH;
    }

    /** Fills the row of a key. */
    void put(final int keyIndex, final ChunkForms forms, final ColumnClasses arguments) {
        final long row = row(keyIndex);
        for (int i = 0; i < CLASSES; i++) {
            if (i > 0) {
                UnsafeApi.putInt(row + (i - 1) * Integer.BYTES, (int) arguments.offset(i) - 1);
            }
            UnsafeApi.putLong(
                    row + CLASSES_OFFSET + ((long) i << ENTRY_SHIFT),
                    arguments.offset(i) | (long) arguments.width(i) << Integer.SIZE);
            final int form = forms.formOf(keyIndex, (i & 2) != 0, (i & 1) != 0);
            if (form != ChunkForms.NONE) {
                UnsafeApi.putLong(
                        row + FORMS_OFFSET + ((long) i << ENTRY_SHIFT),
                        forms.quantityBase(form)
                                | (long) forms.quantityWidth(form) << Integer.SIZE
                                | (long) form << FORM_NUMBER_SHIFT);
            }
        }
        UnsafeApi.putInt(row + USUAL_OFFSET, forms.usualQuantity(keyIndex));
        UnsafeApi.putInt(row + SHORT_OFFSET, forms.shortLimit(keyIndex));
    }

    /** The class of an argument. */
    static int classOf(final long row, final int argument) {
        return (UnsafeApi.getInt(row) - argument >>> Integer.SIZE - 1)
                + (UnsafeApi.getInt(row + Integer.BYTES) - argument >>> Integer.SIZE - 1)
                + (UnsafeApi.getInt(row + 2 * Integer.BYTES) - argument >>> Integer.SIZE - 1);
    }

    /** What there is of an argument class. */
    static long argumentClass(final long row, final int number) {
        return UnsafeApi.getLong(row + CLASSES_OFFSET + ((long) number << ENTRY_SHIFT));
    }

    static int argumentOffset(final long entry) {
        return (int) entry;
    }

    static int argumentWidth(final long entry) {
        return (int) (entry >>> Integer.SIZE);
    }

    /** What there is of the form of a record with a quantity. */
    static long formOf(final long row, final int quantity) {
        final int isUsual = (quantity ^ UnsafeApi.getInt(row + USUAL_OFFSET)) - 1 >>> Integer.SIZE - 1;
        final int isShort = quantity - UnsafeApi.getInt(row + SHORT_OFFSET) >>> Integer.SIZE - 1;
        return UnsafeApi.getLong(row + FORMS_OFFSET + ((long) (2 * isUsual + isShort) << ENTRY_SHIFT));
    }

    static int formNumber(final long form) {
        return (int) (form >>> FORM_NUMBER_SHIFT);
    }

    static int quantityWidth(final long form) {
        return (int) (form >>> Integer.SIZE) & 0xFF;
    }

    static int quantityBase(final long form) {
        return (int) form;
    }

    @Override
    public void close() {
        BufferUtil.free(memory);
    }
}
