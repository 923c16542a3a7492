package io.tapedeck.engine.validation;

import io.tapedeck.codecs.qrsdp1.QueueSide;
import java.util.Arrays;

/**
 * The queue-reactive model around the best prices. Every level has curves for additions and cancellations by the size of
 * its queue, the best ones also for executions. With the spread S, u = exp(s' (S - 2)) multiplies additions and divides
 * executions; with the imbalance J of the sides' total depths, buys are multiplied by 1 + s max(-J, 0), sells by
 * 1 + s max(J, 0). An addition takes a new price inside the spread with chance min(1, c (S - 1)).
 */
final class QueueReactiveRates implements FlowRates {
    private final FlowCells cells;
    private final double spreadSensitivity;
    private final double imbalanceSensitivity;
    private final double improvement;
    private final double[][][] limit = new double[2][][];
    private final double[][][] cancel = new double[2][][];
    private final double[] buy;
    private final double[] sell;

    QueueReactiveRates(final RecipeNumbers recipe, final FlowCells cells) {
        this.cells = cells;
        final int levels = recipe.integer("model.levels");
        if (levels > cells.levels()) {
            throw new IllegalArgumentException("the recipe has curves for " + levels + " levels and a window of "
                    + cells.levels() + ": such a model has no events to judge");
        }
        spreadSensitivity = Math.max(0, recipe.number("model.spread_sensitivity"));
        imbalanceSensitivity = Math.max(0, recipe.number("model.imbalance_sensitivity"));
        improvement = Math.max(0, recipe.number("spread_improve_coefficient"));
        for (int side = QueueSide.BID; side <= QueueSide.ASK; side++) {
            final String name = side == QueueSide.BID ? "bid." : "ask.";
            limit[side] = new double[levels][];
            cancel[side] = new double[levels][];
            for (int level = 0; level < levels; level++) {
                limit[side][level] = recipe.table("model.limit_" + name + level);
                cancel[side][level] = recipe.table("model.cancel_" + name + level);
            }
        }
        buy = recipe.table("model.market_buy");
        sell = recipe.table("model.market_sell");
    }

    @Override
    public void compute(final ModelWindow window, final double imbalanceShift, final double[] rates) {
        Arrays.fill(rates, 0);
        final int spread = window.spreadTicks();
        final double invitation = Math.exp(spreadSensitivity * (spread - 2.0));
        final double improving = Math.min(1, improvement * (spread - 1));
        double bidDepth = 0;
        double askDepth = 0;
        for (int side = QueueSide.BID; side <= QueueSide.ASK; side++) {
            for (int level = 0; level < limit[side].length; level++) {
                final int depth = window.depth(side, level);
                bidDepth += side == QueueSide.BID ? depth : 0;
                askDepth += side == QueueSide.ASK ? depth : 0;
                final double adding = at(limit[side][level], depth) * invitation;
                rates[cells.add(side, -1)] += adding * improving;
                rates[cells.add(side, level)] = adding * (1 - improving);
                // A cancellation at an empty level leaves no record.
                rates[cells.cancel(side, level)] = depth == 0 ? 0 : at(cancel[side][level], depth);
            }
        }
        final double total = bidDepth + askDepth;
        final double raw = total == 0 ? 0 : (bidDepth - askDepth) / total;
        final double lean = imbalanceSensitivity * Math.max(-1, Math.min(1, raw + imbalanceShift));
        final int bestAsk = window.depth(QueueSide.ASK, 0);
        final int bestBid = window.depth(QueueSide.BID, 0);
        rates[cells.execute(QueueSide.ASK, 0)] =
                bestAsk == 0 ? 0 : at(buy, bestAsk) / invitation * (1 + Math.max(-lean, 0));
        rates[cells.execute(QueueSide.BID, 0)] =
                bestBid == 0 ? 0 : at(sell, bestBid) / invitation * (1 + Math.max(lean, 0));
    }

    @Override
    public boolean hasCancellationsAtNoOrder() {
        return Arrays.stream(cancel).flatMap(Arrays::stream).anyMatch(curve -> curve.length > 0 && curve[0] > 0);
    }

    /** Beyond its end a curve goes on with its last value. */
    private static double at(final double[] curve, final int depth) {
        return curve.length == 0 ? 0 : curve[Math.min(depth, curve.length - 1)];
    }
}
