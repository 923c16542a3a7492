package io.tapedeck.journal.format2;

/**
 * What the records of a form have in common, but for their quantities, in 13 bits.
 *
 * <pre>
 *   bits 0-3   type
 *   bits 4-5   side
 *   bits 6-7   flags
 *   bit  8     mpid, flags and tracking are in the extras; else the flags are the key's and the others 0
 *   bits 9-10  price: 0 it is 0; 1 the argument is its delta; 2 that of the order; 3 in the extras
 *   bit  11    makes a new order
 *   bit  12    has an aux id that counts up, or is listed
 * </pre>
 *
 * With price 1 the record refers to no order that was there before: it makes one, or its order id is 0. With any other
 * price its argument is the age of an order, whose id it has. One that also makes a new order has the price in the
 * extras and the new order's id as aux id.
 */
final class FormKey {
    static final int SIDE_SHIFT = 4;
    static final int FLAGS_SHIFT = 6;
    static final int PRICE_SHIFT = 9;

    static final int TYPE_LIMIT = 16;
    static final int SIDE_LIMIT = 4;
    static final int FLAGS_LIMIT = 4;

    static final int ATTRIBUTES = 1 << 8;
    static final int NEW_ORDER = 1 << 11;
    static final int AUX_ID = 1 << 12;
    static final int LIMIT = 1 << 13;

    static final int PRICE_ZERO = 0;
    static final int PRICE_DELTA = 1;
    static final int PRICE_OF_ORDER = 2;
    static final int PRICE_IN_EXTRAS = 3;

    private FormKey() {}

    static int type(final int key) {
        return key & TYPE_LIMIT - 1;
    }

    static int side(final int key) {
        return key >>> SIDE_SHIFT & SIDE_LIMIT - 1;
    }

    static int flags(final int key) {
        return key >>> FLAGS_SHIFT & FLAGS_LIMIT - 1;
    }

    static int price(final int key) {
        return key >>> PRICE_SHIFT & 3;
    }

    static boolean has(final int key, final int bit) {
        return (key & bit) != 0;
    }

    /** Whether records can be as the key says. */
    static boolean isValid(final int key) {
        final boolean isReplacement = has(key, NEW_ORDER) && price(key) != PRICE_DELTA;
        return key < LIMIT && (!isReplacement || price(key) == PRICE_IN_EXTRAS && !has(key, AUX_ID));
    }
}
