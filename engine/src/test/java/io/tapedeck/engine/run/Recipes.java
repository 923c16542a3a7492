package io.tapedeck.engine.run;

import io.tapedeck.engine.session.SessionParameters;
import io.tapedeck.journal.manifest.Recipe;

/** The recipe that a run would write on its tapes, for tests that need no tape. */
public final class Recipes {
    private Recipes() {}

    public static Recipe of(final SessionParameters parameters, final long seed) {
        return RunRecipe.of(parameters, seed);
    }
}
