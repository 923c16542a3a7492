package io.tapedeck.engine.validation;

import io.tapedeck.journal.manifest.Recipe;

/** Which model a recipe means. */
final class OracleModels {
    private static final String GENERATOR = "tapedeck";

    private OracleModels() {}

    static boolean isKnown(final Recipe recipe) {
        return recipe.generator().equals(GENERATOR)
                && (recipe.model().equals("simple") || recipe.model().equals("queue-reactive"));
    }

    static OracleModel of(final Recipe recipe, final RecipeNumbers numbers) {
        switch (recipe.model()) {
            case "simple":
                return new LadderOracleModel(numbers, SimpleRates::new);
            case "queue-reactive":
                return new LadderOracleModel(numbers, QueueReactiveRates::new);
            default:
                throw new IllegalArgumentException("there are no oracles for the model " + recipe.model());
        }
    }
}
