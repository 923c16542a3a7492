package io.tapedeck.journal.format2;

import static io.tapedeck.journal.format2.ColumnDescriptor.MAX_FORMS;
import static io.tapedeck.journal.format2.ColumnDescriptor.MAX_QUANTITY_WIDTH;

import java.util.Arrays;

/**
 * Chooses the forms of a chunk: first one for each key, then, as long as there are numbers left, one more for the
 * quantity that a key has most often, and one for its small quantities, where that saves most bits.
 */
final class ChunkForms {
    /** Answer where there are as many keys as there can be. */
    static final int NONE = -1;

    /** Places for frequent quantities of a key: one is lost only to others that are as frequent. */
    private static final int PLACES = 16;

    private static final int FIRST_IS_TO_COME = -1;
    private static final int NO_QUANTITY = Integer.MAX_VALUE;

    /** Forms of a key: for most quantities, for small ones, and twice for the usual one, which may be small. */
    private static final int CHOICES = 4;

    private static final int PLACE_MULTIPLIER = 0x9E37_79B1;
    private static final int PLACE_SHIFT = 28;

    private final short[] indexOfKey = new short[FormKey.LIMIT];
    private final int[] keys = new int[MAX_FORMS];
    private final int[][] placeValues = new int[MAX_FORMS][PLACES];
    private final int[][] placeCounts = new int[MAX_FORMS][PLACES];
    private final int[][] widthCounts = new int[MAX_FORMS][MAX_QUANTITY_WIDTH + 1];
    /** Of the quantities of each key the first one, what differs from it, and all together. */
    private final int[] firsts = new int[MAX_FORMS];

    private final int[] differences = new int[MAX_FORMS];
    private final int[] unions = new int[MAX_FORMS];
    private final int[] usual = new int[MAX_FORMS];
    private final int[] usualForms = new int[MAX_FORMS];
    private final int[] shortLimits = new int[MAX_FORMS];
    private final int[] shortForms = new int[MAX_FORMS];
    private final int[] longForms = new int[MAX_FORMS];
    private final int[] usualQuantities = new int[MAX_FORMS];
    private final byte[] choices = new byte[MAX_FORMS * CHOICES];
    private final int[] formKeys = new int[MAX_FORMS];
    private final int[] formWidths = new int[MAX_FORMS];
    private final int[] formBases = new int[MAX_FORMS];
    private int keyCount;
    private int formCount;

    ChunkForms() {
        Arrays.fill(indexOfKey, (short) NONE);
    }

    void clear() {
        for (int i = 0; i < keyCount; i++) {
            indexOfKey[keys[i]] = NONE;
            Arrays.fill(placeCounts[i], 0);
            Arrays.fill(widthCounts[i], 0);
        }
        keyCount = 0;
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
        keys[keyCount] = key;
        firsts[keyCount] = FIRST_IS_TO_COME;
        differences[keyCount] = 0;
        unions[keyCount] = 0;
        return keyCount++;
    }

    /** Takes note of a quantity of a record that a key has. */
    void cover(final int index, final int quantity) {
        final int first = firsts[index] < 0 ? quantity : firsts[index];
        firsts[index] = first;
        differences[index] |= quantity ^ first;
        unions[index] |= quantity;
    }

    /** Counts a quantity that was noted. Not all have to be counted: the counts say what is usual. */
    void count(final int index, final int quantity) {
        final int place = quantity * PLACE_MULTIPLIER >>> PLACE_SHIFT;
        final int[] counts = placeCounts[index];
        final int[] values = placeValues[index];
        if (values[place] == quantity) {
            counts[place]++;
        } else if (counts[place] == 0) {
            values[place] = quantity;
            counts[place] = 1;
        } else {
            counts[place]--;
        }
        widthCounts[index][width(quantity)]++;
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
        tabulate();
    }

    private void chooseFirst(final int index) {
        usual[index] = placeValues[index][usualPlace(index)];
        usualForms[index] = NONE;
        shortLimits[index] = 0;
        longForms[index] =
                differences[index] == 0 ? addForm(index, 0, firsts[index]) : addForm(index, width(unions[index]), 0);
    }

    private int usualPlace(final int index) {
        int best = 0;
        for (int place = 1; place < PLACES; place++) {
            best = placeCounts[index][place] > placeCounts[index][best] ? place : best;
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
                final long saved = (long) placeCounts[index][usualPlace(index)] * widest;
                if (saved > best) {
                    best = saved;
                    bestIndex = index;
                    bestWidth = 0;
                }
            } else if (shortLimits[index] == 0) {
                int records = widthCounts[index][0];
                for (int width = 1; width < widest; width++) {
                    records += widthCounts[index][width];
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
        return placeCounts[index][usualPlace(index)];
    }

    /** The form of a record that was covered, without a branch: whether its quantity is usual is a toss of a coin. */
    int formOf(final int index, final int quantity) {
        final int isUsual = (quantity ^ usualQuantities[index]) - 1 >>> Integer.SIZE - 1;
        final int isShort = quantity - shortLimits[index] >>> Integer.SIZE - 1;
        return choices[index * CHOICES + 2 * isUsual + isShort];
    }

    private void tabulate() {
        for (int index = 0; index < keyCount; index++) {
            final int at = index * CHOICES;
            usualQuantities[index] = usualForms[index] == NONE ? NO_QUANTITY : usual[index];
            choices[at] = (byte) longForms[index];
            choices[at + 1] = (byte) shortForms[index];
            choices[at + 2] = (byte) usualForms[index];
            choices[at + 3] = (byte) usualForms[index];
        }
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
