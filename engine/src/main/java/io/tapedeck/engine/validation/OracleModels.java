package io.tapedeck.engine.validation;

import io.tapedeck.journal.manifest.Recipe;
import java.util.Set;

/** Which model a recipe means. */
final class OracleModels {
    private static final String GENERATOR = "tapedeck";
    private static final String SIMPLE = "simple";
    private static final String QUEUE_REACTIVE = "queue-reactive";
    private static final String REFERENCE_PRICE = "reference-price";
    private static final Set<String> KNOWN = Set.of(SIMPLE, QUEUE_REACTIVE, REFERENCE_PRICE);

    private OracleModels() {}

    static boolean isKnown(final Recipe recipe) {
        return recipe.generator().equals(GENERATOR)
                && recipe.seeds().containsKey(OracleModel.RUN_SEED)
                && KNOWN.contains(recipe.model());
    }

    static OracleModel of(final Recipe recipe) {
        switch (recipe.model()) {
            case SIMPLE:
                return new LadderOracleModel(recipe, SimpleRates::new);
            case QUEUE_REACTIVE:
                return new LadderOracleModel(recipe, QueueReactiveRates::new);
            case REFERENCE_PRICE:
                return new ReferencePriceOracleModel(recipe);
            default:
                throw new IllegalArgumentException("there are no oracles for the model " + recipe.model());
        }
    }
}
