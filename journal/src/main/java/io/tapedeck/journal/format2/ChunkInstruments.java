package io.tapedeck.journal.format2;

import java.util.Arrays;

/** What an encoder knows of the instruments of a chunk, numbered from 0 as they come. Grows to the most ever met. */
final class ChunkInstruments {
    private static final int INITIAL_CAPACITY = 64;
    private static final int MULTIPLIER = 0x9E37_79B1;

    int[] ids = new int[INITIAL_CAPACITY];
    int[] newOrders = new int[INITIAL_CAPACITY];
    int[] carriedOrders = new int[INITIAL_CAPACITY];
    int[] basePrices = new int[INITIAL_CAPACITY];
    /** The greatest common divisor of all price deltas. */
    int[] priceUnits = new int[INITIAL_CAPACITY];
    /** Of both sides, one behind the other. */
    int[] lastPrices = new int[2 * INITIAL_CAPACITY];

    boolean[] hasPrice = new boolean[INITIAL_CAPACITY];
    long[] firstOrderIds = new long[INITIAL_CAPACITY];
    long[] firstAuxIds = new long[INITIAL_CAPACITY];
    int[] auxIds = new int[INITIAL_CAPACITY];
    private int[] places = new int[4 * INITIAL_CAPACITY];
    private int count;
    private int lastId;
    private int lastNumber;

    int count() {
        return count;
    }

    void clear() {
        Arrays.fill(places, 0);
        count = 0;
    }

    /** The number of an instrument, a new one if it comes for the first time. */
    int numberOf(final int instrumentId) {
        if (count > 0 && lastId == instrumentId) {
            return lastNumber;
        }
        int place = place(instrumentId);
        // A place holds the number plus one; 0 is free.
        while (places[place] != 0 && ids[places[place] - 1] != instrumentId) {
            place = place + 1 & places.length - 1;
        }
        lastNumber = places[place] == 0 ? add(instrumentId, place) : places[place] - 1;
        lastId = instrumentId;
        return lastNumber;
    }

    private int place(final int instrumentId) {
        return instrumentId * MULTIPLIER >>> Integer.numberOfLeadingZeros(places.length - 1);
    }

    private int add(final int instrumentId, final int place) {
        if (count == ids.length) {
            grow();
            count++;
            ids[count - 1] = instrumentId;
            reset(count - 1);
            rehash();
            return count - 1;
        }
        ids[count] = instrumentId;
        reset(count);
        places[place] = ++count;
        return count - 1;
    }

    private void reset(final int number) {
        newOrders[number] = 0;
        carriedOrders[number] = 0;
        basePrices[number] = 0;
        priceUnits[number] = 0;
        lastPrices[2 * number] = 0;
        lastPrices[2 * number + 1] = 0;
        hasPrice[number] = false;
        firstOrderIds[number] = 0;
        firstAuxIds[number] = 0;
        auxIds[number] = 0;
    }

    private void grow() {
        final int capacity = 2 * count;
        ids = Arrays.copyOf(ids, capacity);
        newOrders = Arrays.copyOf(newOrders, capacity);
        carriedOrders = Arrays.copyOf(carriedOrders, capacity);
        basePrices = Arrays.copyOf(basePrices, capacity);
        priceUnits = Arrays.copyOf(priceUnits, capacity);
        lastPrices = Arrays.copyOf(lastPrices, 2 * capacity);
        hasPrice = Arrays.copyOf(hasPrice, capacity);
        firstOrderIds = Arrays.copyOf(firstOrderIds, capacity);
        firstAuxIds = Arrays.copyOf(firstAuxIds, capacity);
        auxIds = Arrays.copyOf(auxIds, capacity);
        places = new int[4 * capacity];
    }

    private void rehash() {
        for (int number = 0; number < count; number++) {
            int place = place(ids[number]);
            while (places[place] != 0) {
                place = place + 1 & places.length - 1;
            }
            places[place] = number + 1;
        }
    }

    /** Makes a price the one that others are told from, if the instrument has none yet. */
    void offerBasePrice(final int number, final int price) {
        if (!hasPrice[number]) {
            hasPrice[number] = true;
            basePrices[number] = price;
            lastPrices[2 * number] = price;
            lastPrices[2 * number + 1] = price;
        }
    }

    /** Makes sure that the price unit divides a delta. */
    void divide(final int number, final int delta) {
        int unit = priceUnits[number];
        if (unit != 1 && delta != 0 && (unit == 0 || delta % unit != 0)) {
            int rest = Math.abs(delta);
            while (rest != 0) {
                final int next = unit % rest;
                unit = rest;
                rest = next;
            }
            priceUnits[number] = unit;
        }
    }
}
