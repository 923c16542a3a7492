package io.tapedeck.engine.model;

/** What a {@link LadderModel} is made from: immutable, shared by all sessions of a run. */
public interface LadderModelParameters {
    /**
     * The name by which the command line and manifests know the model.
     *
     * @return lower case, for example {@code simple}.
     */
    String modelName();

    /**
     * Makes a model. Its tables are its own, so every thread has one.
     *
     * @param levels per side of the books that it will see, 1 to {@link LadderBook#MAX_LEVELS}.
     * @return a new model.
     */
    LadderModel newModel(int levels);
}
