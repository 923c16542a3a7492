package io.tapedeck.engine.model;

import java.util.Map;

/** What a {@link LadderModel} is made from: immutable, shared by all sessions of a run. */
public interface LadderModelParameters {
    /**
     * The name by which the command line and manifests know the model.
     *
     * @return lower case, for example {@code simple}.
     */
    String modelName();

    /**
     * Every number of the model, so that a record of a run can say what made it.
     *
     * @return by name, in a fixed order; decimals as {@link Double#toString(double)} has them, so that they come back
     *     exactly.
     */
    Map<String, String> texts();

    /**
     * Makes a model. Its tables are its own, so every thread has one.
     *
     * @param levels per side of the books that it will see, 1 to {@link LadderBook#MAX_LEVELS}.
     * @return a new model.
     */
    LadderModel newModel(int levels);
}
