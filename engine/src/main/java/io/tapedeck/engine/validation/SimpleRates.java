package io.tapedeck.engine.validation;

import io.tapedeck.codecs.qrsdp1.QueueSide;

/**
 * The simple model. With the imbalance I of the best queues, the spread S in ticks, and u = exp(s' (S - 2)):
 *
 * <pre>
 *   add      bid, ask    L (1 -+ s I) u       spread over levels k as exp(-alpha k)
 *   cancel   level       C n
 *   execute  buy, sell   M (e + max(-+ s I, 0)) / u
 * </pre>
 *
 * An addition takes a new price inside a spread of more than a tick with chance min(1, c (S - 1)).
 */
final class SimpleRates implements FlowRates {
    private final FlowCells cells;
    private final double limitRate;
    private final double cancelRate;
    private final double marketRate;
    private final double imbalanceSensitivity;
    private final double executionFloor;
    private final double spreadSensitivity;
    private final double improvement;
    private final double[] levelShares;

    SimpleRates(final RecipeNumbers recipe, final FlowCells cells) {
        this.cells = cells;
        limitRate = recipe.number("model.limit_rate");
        marketRate = recipe.number("model.market_rate");
        cancelRate = recipe.number("model.cancel_rate") * positiveOr(recipe.number("model.cancel_sensitivity"), 1);
        imbalanceSensitivity = positiveOr(recipe.number("model.imbalance_sensitivity"), 1);
        executionFloor = positiveOr(recipe.number("model.execution_floor"), 0.05);
        spreadSensitivity = Math.max(0, recipe.number("model.spread_sensitivity"));
        improvement = Math.max(0, recipe.number("spread_improve_coefficient"));
        final double decay = recipe.number("model.level_decay");
        levelShares = new double[cells.levels()];
        double total = 0;
        for (int level = 0; level < levelShares.length; level++) {
            levelShares[level] = Math.exp(-decay * level);
            total += levelShares[level];
        }
        for (int level = 0; level < levelShares.length; level++) {
            levelShares[level] /= total;
        }
    }

    @Override
    public void compute(final ModelWindow window, final double imbalanceShift, final double[] rates) {
        final double bid = window.depth(QueueSide.BID, 0);
        final double ask = window.depth(QueueSide.ASK, 0);
        final double touch = bid + ask;
        final double imbalance = Math.max(-1, Math.min(1, (touch == 0 ? 0 : (bid - ask) / touch) + imbalanceShift));
        final double lean = imbalanceSensitivity * imbalance;
        final int spread = window.spreadTicks();
        final double invitation = Math.exp(spreadSensitivity * (spread - 2.0));
        final double improving = Math.min(1, improvement * (spread - 1));
        additions(QueueSide.BID, Math.max(0, limitRate * (1 - lean)) * invitation, improving, rates);
        additions(QueueSide.ASK, Math.max(0, limitRate * (1 + lean)) * invitation, improving, rates);
        for (int level = 0; level < window.levels(); level++) {
            rates[cells.cancel(QueueSide.BID, level)] = cancelRate * window.depth(QueueSide.BID, level);
            rates[cells.cancel(QueueSide.ASK, level)] = cancelRate * window.depth(QueueSide.ASK, level);
            rates[cells.execute(QueueSide.BID, level)] = 0;
            rates[cells.execute(QueueSide.ASK, level)] = 0;
        }
        // An execution against an empty level leaves no record.
        rates[cells.execute(QueueSide.ASK, 0)] =
                ask == 0 ? 0 : marketRate * (executionFloor + Math.max(-lean, 0)) / invitation;
        rates[cells.execute(QueueSide.BID, 0)] =
                bid == 0 ? 0 : marketRate * (executionFloor + Math.max(lean, 0)) / invitation;
    }

    private void additions(final int side, final double rate, final double improving, final double[] rates) {
        rates[cells.add(side, -1)] = rate * improving;
        for (int level = 0; level < levelShares.length; level++) {
            rates[cells.add(side, level)] = rate * (1 - improving) * levelShares[level];
        }
    }

    private static double positiveOr(final double value, final double substitute) {
        return value > 0 ? value : substitute;
    }
}
