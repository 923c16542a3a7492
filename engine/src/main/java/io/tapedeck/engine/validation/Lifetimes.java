package io.tapedeck.engine.validation;

import java.util.Arrays;
import java.util.Locale;

/**
 * How long orders live. While an order stands in a queue of n orders it is cancelled at an n-th of the queue's rate; that
 * hazard, integrated over the order's life, is exponential with mean 1, whatever else happens to it. Executions and the end
 * of the day cut lives short, so the test counts cancellations by integrated hazard against the hazard that all orders
 * together have gone through there: censored lives count for as far as they came.
 */
final class Lifetimes {
    private static final double[] EDGES = {0, 0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1, 1.5, 2, 3, 4, Double.POSITIVE_INFINITY
    };

    private final long[] cancellations = new long[EDGES.length - 1];
    private final double[] exposure = new double[EDGES.length - 1];

    /**
     * Takes an order that is gone, or has outlived the session.
     *
     * @param hazard      integrated over its life.
     * @param isCancelled false if something else ended it.
     */
    void ended(final double hazard, final boolean isCancelled) {
        for (int i = 0; i < exposure.length && hazard > EDGES[i]; i++) {
            exposure[i] += Math.min(hazard, EDGES[i + 1]) - EDGES[i];
        }
        if (isCancelled) {
            int bucket = 0;
            while (hazard > EDGES[bucket + 1]) {
                bucket++;
            }
            cancellations[bucket]++;
        }
    }

    /** Where the survival is known. */
    static double[] hazards() {
        return Arrays.copyOf(EDGES, EDGES.length - 1);
    }

    /** Share of the orders that come to each edge among those that are not ended otherwise: the product-limit estimate. */
    double[] survival() {
        final double[] survival = new double[EDGES.length - 1];
        double left = 1;
        for (int i = 0; i < survival.length; i++) {
            survival[i] = left;
            final double width = EDGES[i + 1] - EDGES[i];
            left *= exposure[i] > 0 ? Math.exp(-cancellations[i] / exposure[i] * width) : 1;
        }
        return survival;
    }

    OracleResult result() {
        final CountTest test = new CountTest();
        for (int i = 0; i < exposure.length; i++) {
            test.add(
                    String.format(Locale.ROOT, "integrated hazard %.2f to %.2f", EDGES[i], EDGES[i + 1]),
                    cancellations[i],
                    exposure[i]);
        }
        return test.result("lifetimes", "Orders live as long as their cancellation hazard says");
    }
}
