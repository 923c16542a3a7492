package io.tapedeck.codecs.translation;

import java.util.Arrays;

/**
 * The directory of a session in which the stock locate is the instrument id, as in everything that Tapedeck simulates
 * or imports. It grows with the largest locate defined, to at most 768 KiB. An instrument that was not defined has no
 * symbol and a tick of 1/10,000, the tick of imported ones.
 *
 * <p><b>Note:</b> used by one thread, or defined by one thread before others are given it.
 */
public final class LocateDirectory implements InstrumentDirectory {
    /** The largest stock locate, and so the largest instrument id. */
    public static final int MAX_STOCK_LOCATE = 0xFFFF;

    private static final int INITIAL_CAPACITY = 64;
    private static final int DEFAULT_TICK_SIZE = 1;

    private long[] symbols = new long[INITIAL_CAPACITY];
    private int[] tickSizes = new int[INITIAL_CAPACITY];

    /** Defines nothing yet. */
    public LocateDirectory() {
        Arrays.fill(tickSizes, DEFAULT_TICK_SIZE);
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
        tickSizes[stockLocate] = tickSize;
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
        return instrumentId < tickSizes.length ? tickSizes[instrumentId] : DEFAULT_TICK_SIZE;
    }

    private void grow(final int stockLocate) {
        final int oldCapacity = symbols.length;
        final int capacity = Math.min(MAX_STOCK_LOCATE + 1, 2 * Integer.highestOneBit(stockLocate));
        symbols = Arrays.copyOf(symbols, capacity);
        tickSizes = Arrays.copyOf(tickSizes, capacity);
        Arrays.fill(tickSizes, oldCapacity, capacity, DEFAULT_TICK_SIZE);
    }
}
