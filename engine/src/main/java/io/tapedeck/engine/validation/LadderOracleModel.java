package io.tapedeck.engine.validation;

import io.tapedeck.journal.manifest.Instrument;
import io.tapedeck.journal.manifest.Recipe;
import java.util.function.BiFunction;

/** The models whose window begins at the best prices. */
final class LadderOracleModel extends OracleModel {
    private static final int MAX_LEVELS = 64;

    private final FlowCells cells;
    private final FlowRates rates;

    LadderOracleModel(final Recipe recipe, final BiFunction<RecipeNumbers, FlowCells, FlowRates> law) {
        super(recipe);
        cells = new FlowCells(Math.max(1, Math.min(MAX_LEVELS, numbers().integer("levels_per_side"))));
        rates = law.apply(numbers(), cells);
    }

    @Override
    FlowCells cells() {
        return cells;
    }

    @Override
    FlowRates rates() {
        return rates;
    }

    @Override
    ModelWindow newWindow(final Instrument instrument, final PriceLevels[] sides) {
        return new LadderWindow(cells.levels(), sides);
    }

    /** After a redraw the best level may be empty; and curves may have a rate of cancellations at no order. */
    @Override
    boolean hasSilentEvents() {
        return numbers().number("theta_reinit") > 0 || rates.hasCancellationsAtNoOrder();
    }
}
