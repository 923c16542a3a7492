package io.tapedeck.engine.validation;

import io.tapedeck.engine.model.MarketFactor;
import io.tapedeck.journal.manifest.Instrument;
import io.tapedeck.journal.manifest.Recipe;

/** A model as the oracles know it, made from a recipe. */
abstract class OracleModel {
    /** Name of the seed from which all streams of a run come. */
    static final String RUN_SEED = "run";

    private final RecipeNumbers numbers;
    private final long runSeed;
    private final MarketFactor factor;

    OracleModel(final Recipe recipe) {
        numbers = new RecipeNumbers(recipe);
        final Long seed = recipe.seeds().get(RUN_SEED);
        if (seed == null) {
            throw new IllegalArgumentException("the recipe of model " + recipe.model() + " lacks the seed of the run");
        }
        runSeed = seed;
        factor = Modulation.factor(numbers, runSeed);
    }

    final RecipeNumbers numbers() {
        return numbers;
    }

    final long runSeed() {
        return runSeed;
    }

    /** The kinds of event. */
    abstract FlowCells cells();

    /** The law; it keeps no state. */
    abstract FlowRates rates();

    /**
     * A window for one instrument.
     *
     * @param instrument whose it is.
     * @param sides      the orders at each price, bids first; kept up to date by the caller.
     */
    abstract ModelWindow newWindow(Instrument instrument, PriceLevels[] sides);

    /** The law of single queues, where queues live by themselves; null where they do not. */
    QueueLaws queueLaws() {
        return null;
    }

    /** Why there is no law of single queues. */
    String whyNoQueueLaws() {
        return "queues move with the best price, and rates depend on more than the own queue";
    }

    /** What else moves the rates of one instrument. */
    final HiddenState newHiddenState(final Instrument instrument) {
        return Modulation.isIn(numbers) ? new Modulation(numbers, runSeed, instrument, factor) : HiddenState.NONE;
    }

    /** Whether events excite each other. */
    final boolean hasExcitation() {
        return Modulation.hasExcitation(numbers);
    }

    /** Whether there may be events that change nothing, and so leave no record. */
    boolean hasSilentEvents() {
        return false;
    }

    /** Whether the clock goes faster at some times than at others. */
    final boolean isPaced() {
        return hasExcitation() || Modulation.hasActivity(numbers);
    }

    /** Whether a market factor moves the rates. */
    final boolean hasFactor() {
        return Modulation.hasFactor(numbers);
    }
}
