package io.tapedeck.journal.format2;

import static io.tapedeck.journal.format2.ColumnDescriptor.ARGUMENT_CLASS_SHIFT;
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
 *   32  for each argument class an entry for a quantity that is
 *       neither usual nor small, small, usual, both                  x 4 x 4
 *
 *   entry                                                            time class, behind the rows
 *    0  where the class begins              i32                       0  where it begins             i64
 *    4  quantity base                       i32                       8  width of it and of what
 *    8  control byte but for the time class bits 0-7                     stands below it             i64
 *       width of the argument               bits 8-13
 *       width of argument and quantity      bits 16-
 * </pre>
 *
 * <p>Not thread safe. Rows are outside the heap, and are freed by {@link #close()}.
 */
final class PackTable implements AutoCloseable {
    private static final int USUAL_OFFSET = 12;
    private static final int SHORT_OFFSET = 16;
    private static final int ENTRIES_OFFSET = 32;
    private static final int ENTRY_SHIFT = 4;
    private static final int ROW_SHIFT = 9;
    private static final int ARGUMENT_WIDTH_SHIFT = 8;
    private static final int WIDTH_SHIFT = 16;

    private final ByteBuffer memory =
            ByteBuffer.allocateDirect((MAX_FORMS + 1 << ROW_SHIFT) + BitUtil.CACHE_LINE_LENGTH);
    private final long rows = BitUtil.align(BufferUtil.address(memory), BitUtil.CACHE_LINE_LENGTH);

    private final long times = row(MAX_FORMS);

    /** Fills the time classes, below which there are so many bits. */
    void putTimes(final ColumnClasses classes, final int widthBelow) {
        for (int i = 0; i < CLASSES; i++) {
            UnsafeApi.putLong(timeClass(i), classes.offset(i));
            UnsafeApi.putLong(timeClass(i) + Long.BYTES, classes.width(i) + widthBelow);
        }
    }

    /** Address of a time class. */
    long timeClass(final long number) {
        return times + (number << ENTRY_SHIFT);
    }

    static long timeOffset(final long timeClass) {
        return UnsafeApi.getLong(timeClass);
    }

    /** The width of a time and of what stands below it. */
    static int timeWidth(final long timeClass) {
        return UnsafeApi.getInt(timeClass + Long.BYTES);
    }

    /** Address of the row of a key. */
    long row(final int keyIndex) {
        return rows + ((long) keyIndex << ROW_SHIFT);
    }

    /** Fills the row of a key. */
    void put(final int keyIndex, final ChunkForms forms, final ColumnClasses arguments) {
        final long row = row(keyIndex);
        for (int i = 0; i < CLASSES; i++) {
            if (i > 0) {
                UnsafeApi.putInt(row + (i - 1) * Integer.BYTES, (int) arguments.offset(i) - 1);
            }
            for (int quantities = 0; quantities < 4; quantities++) {
                final int form = forms.formOf(keyIndex, (quantities & 2) != 0, (quantities & 1) != 0);
                if (form != ChunkForms.NONE) {
                    final long entry = entry(row, i, quantities);
                    final int width = arguments.width(i);
                    UnsafeApi.putLong(entry, arguments.offset(i) | (long) forms.quantityBase(form) << Integer.SIZE);
                    UnsafeApi.putLong(
                            entry + Long.BYTES,
                            form
                                    | i << ARGUMENT_CLASS_SHIFT
                                    | width << ARGUMENT_WIDTH_SHIFT
                                    | width + forms.quantityWidth(form) << WIDTH_SHIFT);
                }
            }
        }
        UnsafeApi.putInt(row + USUAL_OFFSET, forms.usualQuantity(keyIndex));
        UnsafeApi.putInt(row + SHORT_OFFSET, forms.shortLimit(keyIndex));
    }

    private static long entry(final long row, final int argumentClass, final int quantities) {
        return row + ENTRIES_OFFSET + ((long) (argumentClass << 2 | quantities) << ENTRY_SHIFT);
    }

    /** Address of the entry for an argument and a quantity. */
    static long entryOf(final long row, final int argument, final int quantity) {
        final int argumentClass = (UnsafeApi.getInt(row) - argument >>> Integer.SIZE - 1)
                + (UnsafeApi.getInt(row + Integer.BYTES) - argument >>> Integer.SIZE - 1)
                + (UnsafeApi.getInt(row + 2 * Integer.BYTES) - argument >>> Integer.SIZE - 1);
        final int isUsual = (quantity ^ UnsafeApi.getInt(row + USUAL_OFFSET)) - 1 >>> Integer.SIZE - 1;
        final int isShort = quantity - UnsafeApi.getInt(row + SHORT_OFFSET) >>> Integer.SIZE - 1;
        return entry(row, argumentClass, isUsual << 1 | isShort);
    }

    /** Where the argument's class begins, and the quantity base above it. */
    static long bases(final long entry) {
        return UnsafeApi.getLong(entry);
    }

    /** The other half of an entry: control byte and widths. */
    static long packing(final long entry) {
        return UnsafeApi.getLong(entry + Long.BYTES);
    }

    /** The width of an argument, in the lowest six bits: shifts look at no others. */
    static int argumentWidth(final long packing) {
        return (int) packing >>> ARGUMENT_WIDTH_SHIFT;
    }

    /** The width of argument and quantity. */
    static int width(final long packing) {
        return (int) packing >>> WIDTH_SHIFT;
    }

    @Override
    public void close() {
        BufferUtil.free(memory);
    }
}
