package io.tapedeck.codecs.translation;

import java.util.Arrays;

/**
 * The directory of a session in which the stock locate is the instrument id, as in everything that Tapedeck simulates
 * or imports. It grows with the largest locate defined, to at most 1 MiB. An instrument that was not defined has no
 * symbol and a tick of 1/10,000, the tick of imported ones.
 *
 * <p><b>Note:</b> used by one thread, or defined by one thread before others are given it.
 */
public final class LocateDirectory implements InstrumentDirectory {
    /** The largest stock locate, and so the largest instrument id. */
    public static final int MAX_STOCK_LOCATE = 0xFFFF;

    private static final int INITIAL_CAPACITY = 64;
    private static final int DEFAULT_TICK_SIZE = 1;

    /** Of an instrument without a symbol: no price is that small. */
    private static final long NO_PRICE = -1L << Integer.SIZE;

    private long[] symbols = new long[INITIAL_CAPACITY];

    /** The tick size and, in the upper half, the largest price in ticks that ITCH has room for. */
    private long[] priceTerms = new long[INITIAL_CAPACITY];

    /** Defines nothing yet. */
    public LocateDirectory() {
        Arrays.fill(priceTerms, NO_PRICE | DEFAULT_TICK_SIZE);
    }

    /**
     * Defines an instrument, or defines it anew.
     *
     * @param stockLocate 1 to {@link #MAX_STOCK_LOCATE}.
     * @param symbol      eight ASCII bytes, space-padded, the first one highest.
     * @param tickSize    in 1/10,000, at least 1.
     * @throws IllegalArgumentException for a locate or a tick size out of range.
     */
    public void define(final int stockLocate, final long symbol, final int tickSize) {
        if (stockLocate < 1 || stockLocate > MAX_STOCK_LOCATE) {
            throw new IllegalArgumentException(
                    "stockLocate must be from 1 to " + MAX_STOCK_LOCATE + ": stockLocate=" + stockLocate);
        }
        if (tickSize < 1) {
            throw new IllegalArgumentException("tickSize must be at least 1: tickSize=" + tickSize);
        }
        if (stockLocate >= symbols.length) {
            grow(stockLocate);
        }
        symbols[stockLocate] = symbol;
        priceTerms[stockLocate] =
                tickSize | (symbol == NO_SYMBOL ? NO_PRICE : (long) (Integer.MAX_VALUE / tickSize) << Integer.SIZE);
    }

    @Override
    public int instrumentId(final int stockLocate) {
        return stockLocate;
    }

    @Override
    public int stockLocate(final int instrumentId) {
        return 0 == (instrumentId & ~MAX_STOCK_LOCATE) ? instrumentId : UNKNOWN;
    }

    @Override
    public long symbol(final int instrumentId) {
        return instrumentId < symbols.length ? symbols[instrumentId] : NO_SYMBOL;
    }

    @Override
    public int tickSize(final int instrumentId) {
        return instrumentId < priceTerms.length ? (int) priceTerms[instrumentId] : DEFAULT_TICK_SIZE;
    }

    /** Whether {@link #priceTerms} may be asked: it is for each instrument that was defined, and for some others. */
    boolean isDefined(final int instrumentId) {
        return instrumentId >= 0 && instrumentId < priceTerms.length;
    }

    /**
     * What prices are checked and made by: the low half is the tick size, the upper half {@link #maxPriceTicks}. For an
     * instrument that {@link #isDefined}.
     */
    long priceTerms(final int instrumentId) {
        return priceTerms[instrumentId];
    }

    /** The largest price in ticks that ITCH has room for, or -1 for an instrument without a symbol. */
    static int maxPriceTicks(final long priceTerms) {
        return (int) (priceTerms >> Integer.SIZE);
    }

    private void grow(final int stockLocate) {
        final int oldCapacity = symbols.length;
        final int capacity = Math.min(MAX_STOCK_LOCATE + 1, 2 * Integer.highestOneBit(stockLocate));
        symbols = Arrays.copyOf(symbols, capacity);
        priceTerms = Arrays.copyOf(priceTerms, capacity);
        Arrays.fill(priceTerms, oldCapacity, capacity, NO_PRICE | DEFAULT_TICK_SIZE);
    }
}
