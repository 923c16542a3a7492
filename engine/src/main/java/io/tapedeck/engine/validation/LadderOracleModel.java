package io.tapedeck.engine.validation;

import io.tapedeck.journal.manifest.Instrument;
import java.util.function.BiFunction;

/** The models whose window begins at the best prices. */
final class LadderOracleModel implements OracleModel {
    private static final int MAX_LEVELS = 64;

    private final FlowCells cells;
    private final FlowRates rates;

    LadderOracleModel(final RecipeNumbers recipe, final BiFunction<RecipeNumbers, FlowCells, FlowRates> law) {
        cells = new FlowCells(Math.max(1, Math.min(MAX_LEVELS, recipe.integer("levels_per_side"))));
        rates = law.apply(recipe, cells);
    }

    @Override
    public FlowCells cells() {
        return cells;
    }

    @Override
    public FlowRates rates() {
        return rates;
    }

    @Override
    public ModelWindow newWindow(final Instrument instrument, final PriceLevels[] sides) {
        return new LadderWindow(cells.levels(), sides);
    }

    @Override
    public HiddenState newHiddenState(final Instrument instrument) {
        return HiddenState.NONE;
    }
}
