package io.tapedeck.engine.validation;

import io.tapedeck.codecs.qrsdp1.QueueSide;
import io.tapedeck.engine.statistics.BirthDeathChain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Queues around a reference price: every queue of n orders has its own rates of additions L(n), cancellations C(n) and market
 * orders M(n). Market orders of a queue that is not its side's first are cancellations there.
 */
final class ReferencePriceRates implements FlowRates {
    /** Beyond this size no queue comes. */
    private static final int MAX_SIZE = 4_096;

    private final FlowCells cells;
    private final double[][][] limit = new double[2][][];
    private final double[][][] cancel = new double[2][][];
    private final double[][][] market = new double[2][][];

    ReferencePriceRates(final RecipeNumbers recipe, final FlowCells cells) {
        this.cells = cells;
        final int levels = cells.levels();
        for (int side = QueueSide.BID; side <= QueueSide.ASK; side++) {
            final String name = side == QueueSide.BID ? "bid." : "ask.";
            limit[side] = new double[levels][];
            cancel[side] = new double[levels][];
            market[side] = new double[levels][];
            for (int level = 0; level < levels; level++) {
                limit[side][level] = recipe.table("model.limit_" + name + level);
                cancel[side][level] = recipe.table("model.cancel_" + name + level);
                market[side][level] = recipe.table("model.market_" + name + level);
            }
        }
    }

    @Override
    public void compute(final ModelWindow window, final double imbalanceShift, final double[] rates) {
        Arrays.fill(rates, 0);
        for (int side = QueueSide.BID; side <= QueueSide.ASK; side++) {
            final int best = window.bestLevel(side);
            for (int level = 0; level < cells.levels(); level++) {
                final int depth = window.depth(side, level);
                rates[cells.add(side, level)] = at(limit[side][level], depth);
                if (depth > 0) {
                    final double trading = at(market[side][level], depth);
                    rates[cells.cancel(side, level)] = at(cancel[side][level], depth) + (level == best ? 0 : trading);
                    rates[cells.execute(side, level)] = level == best ? trading : 0;
                }
            }
        }
    }

    /** The queues as walks of their own: the bid's levels, then the ask's. */
    List<BirthDeathChain> chains() {
        final List<BirthDeathChain> chains = new ArrayList<>();
        for (int side = QueueSide.BID; side <= QueueSide.ASK; side++) {
            for (int level = 0; level < cells.levels(); level++) {
                final double[] births = new double[MAX_SIZE];
                final double[] deaths = new double[MAX_SIZE];
                for (int n = 0; n < MAX_SIZE; n++) {
                    births[n] = at(limit[side][level], n);
                    deaths[n] = at(cancel[side][level], n) + at(market[side][level], n);
                }
                chains.add(new BirthDeathChain(births, deaths));
            }
        }
        return chains;
    }

    private static double at(final double[] curve, final int depth) {
        return curve.length == 0 ? 0 : curve[Math.min(depth, curve.length - 1)];
    }
}
