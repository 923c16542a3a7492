package io.tapedeck.engine.model;

/**
 * The law of a model with all its tables worked out: immutable, so that any number of markets on any number of threads share
 * one.
 */
@FunctionalInterface
public interface MarketLaw {
    /**
     * Makes a market that moves by this law. It has a state of its own and belongs to one thread.
     *
     * @param inputs what moves it from outside; the streams that it asks for are its alone.
     * @return a new process, not open yet.
     */
    MarketProcess newProcess(MarketInputs inputs);
}
