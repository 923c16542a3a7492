package io.tapedeck.engine.model;

import io.tapedeck.engine.random.StreamSet;

/**
 * What moves one market from outside.
 *
 * @param streams its random streams; a process asks for those it needs when it is made, and never seeds them.
 * @param shift   how far the whole market leans at a time.
 */
public record MarketInputs(StreamSet streams, ImbalanceShift shift) {
    /**
     * Inputs of a market that no other one moves.
     *
     * @param streams its random streams.
     */
    public MarketInputs(final StreamSet streams) {
        this(streams, new ImbalanceShift(0));
    }
}
