package io.tapedeck.engine.validation;

import io.tapedeck.journal.manifest.Instrument;

/** A model as the oracles know it, made from a recipe. */
interface OracleModel {
    /** The kinds of event. */
    FlowCells cells();

    /** The law; it keeps no state. */
    FlowRates rates();

    /**
     * A window for one instrument.
     *
     * @param instrument whose it is.
     * @param sides      the orders at each price, bids first; kept up to date by the caller.
     */
    ModelWindow newWindow(Instrument instrument, PriceLevels[] sides);

    /** What else moves the rates of one instrument. */
    HiddenState newHiddenState(Instrument instrument);

    /** The law of single queues, where queues live by themselves; null where they do not. */
    default QueueLaws queueLaws() {
        return null;
    }
}
