package io.tapedeck.codecs.translation;

/**
 * What translation must know of instruments. The stock locate of ITCH names an instrument for one day and one session;
 * the instrument id names it in records.
 *
 * <p><b>Note:</b> asked once or more per message on the hot path: an implementation looks up arrays and allocates
 * nothing.
 */
public interface InstrumentDirectory {
    /** Answer for a locate or an id that the directory cannot map. */
    int UNKNOWN = -1;

    /** Answer for an instrument without a symbol. */
    long NO_SYMBOL = 0;

    /**
     * Instrument that a stock locate stands for.
     *
     * @param stockLocate 0 to 65,535; 0 is a message about no stock.
     * @return instrument id, 0 for locate 0, or {@link #UNKNOWN}.
     */
    int instrumentId(int stockLocate);

    /**
     * Stock locate that stands for an instrument.
     *
     * @param instrumentId any value.
     * @return 0 to 65,535, 0 for instrument 0, or {@link #UNKNOWN}.
     */
    int stockLocate(int instrumentId);

    /**
     * Symbol of an instrument.
     *
     * @param instrumentId one that {@link #stockLocate(int)} maps.
     * @return eight ASCII bytes, space-padded, the first one highest, or {@link #NO_SYMBOL}.
     */
    long symbol(int instrumentId);

    /**
     * Tick of an instrument.
     *
     * @param instrumentId one that {@link #stockLocate(int)} maps.
     * @return tick size in 1/10,000, at least 1.
     */
    int tickSize(int instrumentId);
}
