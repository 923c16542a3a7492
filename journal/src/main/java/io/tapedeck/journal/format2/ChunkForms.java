package io.tapedeck.journal.format2;

import static io.tapedeck.journal.format2.ColumnDescriptor.MAX_FORMS;
import static io.tapedeck.journal.format2.ColumnDescriptor.MAX_QUANTITY_WIDTH;

import io.tapedeck.codecs.record.EventTypeCode;
import java.util.Arrays;

/**
 * Chooses the forms of a chunk: first one for each key, then, as long as there are numbers left, one more for the
 * quantity that a key has most often, and one for its small quantities, where that saves most bits.
 */
final class ChunkForms {
    /** Answer where there are as many keys as there can be. */
    static final int NONE = -1;

    /** A kind: refers to an order and does no more. */
    static final int REFERENCE = -1;

    /** A kind: all others, and adds of a key that was not met before. */
    static final int OTHER = -2;

    private static final int KIND_SIDE_SHIFT = 8;
    private static final int KIND_FLAGS_SHIFT = 10;

    /** Places for frequent quantities of a key: one is lost only to others that are as frequent. */
    private static final int PLACES = 16;

    private static final int WIDTHS = MAX_QUANTITY_WIDTH + 1;

    private static final int NO_QUANTITY = Integer.MAX_VALUE;

    private static final int PLACE_MULTIPLIER = 0x9E37_79B1;
    private static final int PLACE_SHIFT = 28;

    /** What {@link #kindOf} answers: type in bits 0-7, side in bits 8-9, flags in bits 10-11. */
    private final byte[] kinds = new byte[1 << 12];

    private final short[] indexOfKey = new short[FormKey.LIMIT];
    private final int[] keys = new int[MAX_FORMS];

    /** Of each key the values of its places, and below each how often it came. */
    private final long[] places = new long[MAX_FORMS * PLACES];

    /** How many quantities of each key are so many bits wide. */
    private final int[] widthCounts = new int[MAX_FORMS * WIDTHS];

    /** Of the quantities of each key the bits that any has, and above them those that any has not. */
    private final long[] unions = new long[MAX_FORMS];

    private final int[] usual = new int[MAX_FORMS];
    private final int[] usualForms = new int[MAX_FORMS];
    private final int[] shortLimits = new int[MAX_FORMS];
    private final int[] shortForms = new int[MAX_FORMS];
    private final int[] longForms = new int[MAX_FORMS];
    private final int[] formKeys = new int[MAX_FORMS];
    private final int[] formWidths = new int[MAX_FORMS];
    private final int[] formBases = new int[MAX_FORMS];
    private int keyCount;
    private int formCount;

    ChunkForms() {
        Arrays.fill(indexOfKey, (short) NONE);
        Arrays.fill(kinds, (byte) OTHER);
        for (int place = 0; place < kinds.length; place++) {
            final int type = place & (1 << KIND_SIDE_SHIFT) - 1;
            if (type >= EventTypeCode.REDUCE && type <= EventTypeCode.EXECUTE_AT_PRICE) {
                kinds[place] = REFERENCE;
            }
        }
    }

    void clear() {
        for (int i = 0; i < keyCount; i++) {
            indexOfKey[keys[i]] = NONE;
            if (isAdd(keys[i])) {
                kinds[kindPlace(keys[i])] = OTHER;
            }
        }
        Arrays.fill(places, 0);
        Arrays.fill(widthCounts, 0);
        keyCount = 0;
    }

    /**
     * What kind of record an event is.
     *
     * @param tail the last eight bytes of its slot: only the lowest two bits of the flags, three of the type and two of the
     *             side may be set.
     * @return the index of the key of an order that is added, if that key was met before; {@link #REFERENCE} for one that
     *         refers to an order and does no more; else {@link #OTHER}.
     */
    int kindOf(final long tail) {
        return kinds[(int) (tail >>> Integer.SIZE) | (int) tail << KIND_FLAGS_SHIFT];
    }

    private static int kindPlace(final int key) {
        return FormKey.type(key) | FormKey.side(key) << KIND_SIDE_SHIFT | FormKey.flags(key) << KIND_FLAGS_SHIFT;
    }

    private static boolean isAdd(final int key) {
        return FormKey.type(key) == EventTypeCode.ADD && !FormKey.has(key, FormKey.ATTRIBUTES);
    }

    /** The index of a key that was met before, or {@link #NONE}. */
    int find(final int key) {
        return indexOfKey[key];
    }

    /** The index of a key, or {@link #NONE} if it is one too many. */
    int indexOf(final int key) {
        final int index = indexOfKey[key];
        return index == NONE ? add(key) : index;
    }

    private int add(final int key) {
        if (keyCount == MAX_FORMS) {
            return NONE;
        }
        indexOfKey[key] = (short) keyCount;
        if (isAdd(key)) {
            kinds[kindPlace(key)] = (byte) keyCount;
        }
        keys[keyCount] = key;
        unions[keyCount] = 0;
        return keyCount++;
    }

    /** Takes note of a quantity of a record that a key has. */
    void cover(final int index, final int quantity) {
        unions[index] |= quantity | (long) ~quantity << Integer.SIZE;
    }

    /**
     * Counts a quantity that was noted. Not all have to be counted: the counts say what is usual. There is no branch:
     * whether it is the one that its place has is a toss of a coin.
     */
    void count(final int index, final int quantity) {
        final int place = index * PLACES + (quantity * PLACE_MULTIPLIER >>> PLACE_SHIFT);
        final long counted = places[place];
        final int value = placeCount(counted) == 0 ? quantity : placeValue(counted);
        final int count = placeCount(counted) + (value == quantity ? 1 : -1);
        places[place] = (long) value << Integer.SIZE | count;
        widthCounts[index * WIDTHS + width(quantity)]++;
    }

    private static int placeValue(final long counted) {
        return (int) (counted >>> Integer.SIZE);
    }

    private static int placeCount(final long counted) {
        return (int) counted;
    }

    private static int width(final int quantity) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(quantity);
    }

    /** Chooses the forms. */
    void choose() {
        formCount = 0;
        for (int index = 0; index < keyCount; index++) {
            chooseFirst(index);
        }
        while (formCount < MAX_FORMS && chooseAnother()) {
            // One after the other, the best one first.
        }
    }

    private void chooseFirst(final int index) {
        usual[index] = placeValue(places[usualPlace(index)]);
        usualForms[index] = NONE;
        shortLimits[index] = 0;
        shortForms[index] = NONE;
        final int union = (int) unions[index];
        final boolean areAllTheSame = union == (int) ~(unions[index] >>> Integer.SIZE);
        longForms[index] = areAllTheSame ? addForm(index, 0, union) : addForm(index, width(union), 0);
    }

    private int usualPlace(final int index) {
        int best = index * PLACES;
        for (int place = best + 1; place < (index + 1) * PLACES; place++) {
            best = placeCount(places[place]) > placeCount(places[best]) ? place : best;
        }
        return best;
    }

    private int addForm(final int index, final int quantityWidth, final int quantityBase) {
        formKeys[formCount] = keys[index];
        formWidths[formCount] = quantityWidth;
        formBases[formCount] = quantityBase;
        return formCount++;
    }

    private boolean chooseAnother() {
        long best = 0;
        int bestIndex = 0;
        int bestWidth = 0;
        for (int index = 0; index < keyCount; index++) {
            final int widest = formWidths[longForms[index]];
            if (usualForms[index] == NONE) {
                final long saved = (long) usualCount(index) * widest;
                if (saved > best) {
                    best = saved;
                    bestIndex = index;
                    bestWidth = 0;
                }
            } else if (shortLimits[index] == 0) {
                int records = widthCounts[index * WIDTHS];
                for (int width = 1; width < widest; width++) {
                    records += widthCounts[index * WIDTHS + width];
                    final int others = width >= width(usual[index]) ? records - usualCount(index) : records;
                    final long saved = (long) others * (widest - width);
                    if (saved > best) {
                        best = saved;
                        bestIndex = index;
                        bestWidth = width;
                    }
                }
            }
        }
        if (best == 0) {
            return false;
        }
        if (bestWidth == 0) {
            usualForms[bestIndex] = addForm(bestIndex, 0, usual[bestIndex]);
        } else {
            shortForms[bestIndex] = addForm(bestIndex, bestWidth, 0);
            shortLimits[bestIndex] = 1 << bestWidth;
        }
        return true;
    }

    private int usualCount(final int index) {
        return placeCount(places[usualPlace(index)]);
    }

    /** The usual quantity of a key, for which there is a form; or one that no record has. */
    int usualQuantity(final int index) {
        return usualForms[index] == NONE ? NO_QUANTITY : usual[index];
    }

    /** The quantities of a key below which there is another form. */
    int shortLimit(final int index) {
        return shortLimits[index];
    }

    /** The form of a key for a quantity of which two things are known. */
    int formOf(final int index, final boolean isUsual, final boolean isShort) {
        return isUsual ? usualForms[index] : isShort ? shortForms[index] : longForms[index];
    }

    int formCount() {
        return formCount;
    }

    int keyCount() {
        return keyCount;
    }

    /** The key of an index. */
    int keyOf(final int index) {
        return keys[index];
    }

    int key(final int form) {
        return formKeys[form];
    }

    int quantityWidth(final int form) {
        return formWidths[form];
    }

    int quantityBase(final int form) {
        return formBases[form];
    }
}
