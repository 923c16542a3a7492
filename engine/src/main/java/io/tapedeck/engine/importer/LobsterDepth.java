package io.tapedeck.engine.importer;

import io.tapedeck.engine.book.Side;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads a LOBSTER order book file, row by row: the book after each message, as many levels as the file has.
 *
 * <pre>
 *   ask price x 10,000, ask size, bid price x 10,000, bid size, and so on from the best level outwards
 * </pre>
 *
 * A level without orders has the size 0 and stands behind all others.
 *
 * <p><b>Note:</b> belongs to one thread. No allocation per row.
 */
final class LobsterDepth implements AutoCloseable {
    private static final int FIELDS_PER_LEVEL = 4;
    private static final long NO_PRICE = 9_999_999_999L;

    private final NumberRows rows;
    private final int[][] prices = new int[2][NumberRows.MAX_FIELDS / FIELDS_PER_LEVEL];
    private final int[][] sizes = new int[2][NumberRows.MAX_FIELDS / FIELDS_PER_LEVEL];
    private final int[] counts = new int[2];
    private int levels;

    private LobsterDepth(final NumberRows rows) {
        this.rows = rows;
    }

    static LobsterDepth open(final Path path) throws IOException {
        return new LobsterDepth(NumberRows.open(path));
    }

    /**
     * Goes to the next row.
     *
     * @return false at the end of the file.
     * @throws io.tapedeck.codecs.CorruptDataException if the row is none of an order book file.
     * @throws IOException                             if the file cannot be read.
     */
    boolean next() throws IOException {
        if (!rows.next()) {
            return false;
        }
        final int found = rows.fieldCount() / FIELDS_PER_LEVEL;
        if (rows.fieldCount() % FIELDS_PER_LEVEL != 0 || levels != 0 && found != levels) {
            throw rows.wrong("has " + rows.fieldCount() + " fields, must have "
                    + (levels == 0 ? "four for each level" : levels * FIELDS_PER_LEVEL + ", as the rows before"));
        }
        levels = found;
        readSide(Side.ASK, 0);
        readSide(Side.BID, 2);
        return true;
    }

    private void readSide(final int side, final int firstField) {
        int count = 0;
        for (int level = 0; level < levels; level++) {
            final int field = level * FIELDS_PER_LEVEL + firstField;
            final int size = (int) rows.whole(field + 1, "size of level " + level, 0, Integer.MAX_VALUE);
            final long price = rows.whole(field, "price of level " + level, -NO_PRICE, NO_PRICE);
            if (size == 0) {
                continue;
            }
            if (price < 1 || price > Integer.MAX_VALUE) {
                throw rows.wrong("the price of level " + level + " is " + price + ", must be from 1 to "
                        + Integer.MAX_VALUE + " where the size is not 0");
            }
            if (count > 0 && !isBetter(side, prices[side][count - 1], (int) price)) {
                throw rows.wrong("the price of level " + level + " is " + price + ", must lie outside of "
                        + prices[side][count - 1] + ", that of the level before");
            }
            prices[side][count] = (int) price;
            sizes[side][count] = size;
            count++;
        }
        counts[side] = count;
    }

    /** Whether a price comes before another one on a side. */
    static boolean isBetter(final int side, final int price, final int other) {
        return side == Side.BID ? price > other : price < other;
    }

    /** How many levels of a side the row has. */
    int count(final int side) {
        return counts[side];
    }

    /** Whether there may be levels behind the last one of the row. */
    boolean isCutOff(final int side) {
        return counts[side] == levels;
    }

    int price(final int side, final int level) {
        return prices[side][level];
    }

    int size(final int side, final int level) {
        return sizes[side][level];
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
