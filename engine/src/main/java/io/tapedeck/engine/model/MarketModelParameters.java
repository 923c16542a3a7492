package io.tapedeck.engine.model;

import java.util.Map;

/** What a market model is made from: immutable, shared by all sessions of a run. */
public interface MarketModelParameters {
    /**
     * The name by which the command line and manifests know the model.
     *
     * @return lower case, for example {@code simple}.
     */
    String modelName();

    /**
     * Every number of the model, so that a record of a run can say what made it. {@link MarketModels#read} is the way
     * back.
     *
     * @return by name, in a fixed order; decimals as {@link Double#toString(double)} has them, so that they come back
     *     exactly.
     */
    Map<String, String> texts();

    /**
     * Works out the law.
     *
     * @param book how the markets' books open and are filled up.
     * @return a new law, for any number of markets.
     * @throws IllegalArgumentException if the model cannot do with such a book; names what does not fit.
     */
    MarketLaw newLaw(BookParameters book);
}
