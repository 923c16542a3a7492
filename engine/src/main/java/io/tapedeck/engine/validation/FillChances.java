package io.tapedeck.engine.validation;

import io.tapedeck.engine.statistics.Distributions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The chance that an order is filled, by the place in the best queue at which it joined. With market orders at rate M and
 * cancellations at rate c per order, both constant, it is h(k) = M / (M + k c) from place k. Rates that change with the state
 * add what h drifts by, and orders whose queue ceases to be the best count with the h that they have then: the sum of all
 * that is a martingale, so what orders gained over what they should have, in units of its predictable variation, is near a
 * standard normal number at every place where no single step weighs much.
 */
final class FillChances {
    /** Places beyond are not followed. */
    static final int MAX_PLACE = 32;

    /** A step is at most 1; where so many of the largest would fit into the variance, the sum is near normal. */
    private static final double LEAST_VARIATION = 25;

    private static final long LEAST_ORDERS = 50;

    private final long[] orders = new long[MAX_PLACE + 1];
    private final long[] fills = new long[MAX_PLACE + 1];
    private final double[] gains = new double[MAX_PLACE + 1];
    private final double[] variations = new double[MAX_PLACE + 1];

    void ended(final int place, final boolean isFilled, final double gain, final double variation) {
        orders[place]++;
        fills[place] += isFilled ? 1 : 0;
        gains[place] += gain;
        variations[place] += variation;
    }

    List<FillShare> shares() {
        final List<FillShare> shares = new ArrayList<>();
        for (int place = 1; place <= MAX_PLACE; place++) {
            if (orders[place] >= LEAST_ORDERS) {
                final double share = (double) fills[place] / orders[place];
                shares.add(new FillShare(
                        place,
                        orders[place],
                        share,
                        share - gains[place] / orders[place],
                        Math.sqrt(variations[place]) / orders[place]));
            }
        }
        return shares;
    }

    OracleResult result() {
        final String name = "fill-chances";
        final String title = "Orders are filled as often as their place in the queue says";
        double chiSquare = 0;
        int places = 0;
        long count = 0;
        double total = 0;
        double variation = 0;
        for (int place = 1; place <= MAX_PLACE; place++) {
            if (variations[place] >= LEAST_VARIATION) {
                chiSquare += gains[place] * gains[place] / variations[place];
                places++;
                count += orders[place];
                total += gains[place];
                variation += variations[place];
            }
        }
        if (places == 0) {
            return OracleResult.tooShort(name, title, count, "needs some hundred orders at a place");
        }
        final double z = total / Math.sqrt(variation);
        final double pValue = Distributions.smallestOf(
                Math.min(Distributions.chiSquareAbove(chiSquare, places), Distributions.normalBeyond(z)), 2);
        return OracleResult.judged(
                name,
                title,
                count,
                pValue,
                String.format(Locale.ROOT, "chi2(%d) = %.1f", places, chiSquare),
                String.format(Locale.ROOT, "z over all places = %+.2f", z));
    }
}
