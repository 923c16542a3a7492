package io.tapedeck.engine.calibration;

import io.tapedeck.engine.book.Side;
import io.tapedeck.engine.random.PortableMath;

/**
 * What the queue-reactive model multiplies its curves with: factors of the spread and of the imbalance, and the share of
 * additions that improve the best price instead of joining a queue. Where such factors were at work, or will be, time
 * must be weighted with them, or they would be in the curves and be applied to them once more.
 *
 * <p>With the spread s in levels and the imbalance J of the window's total sizes:
 *
 * <pre>
 *   additions to a queue   exp(a (s - 2)) (1 - min(1, (s - 1) g))     a = spread sensitivity, g = improvement per tick
 *   cancellations          1
 *   buys, sells            exp(-a (s - 2)) (1 + b max(-J, 0)), (1 + b max(J, 0))     b = imbalance sensitivity
 * </pre>
 *
 * A sensitivity of 0 or less switches its factor off.
 *
 * @param spreadSensitivity    of additions and executions, per level of spread.
 * @param imbalanceSensitivity of executions.
 * @param improveCoefficient   chance, per level of spread above one, that an addition improves the best price.
 */
public record Feedback(double spreadSensitivity, double imbalanceSensitivity, double improveCoefficient) {
    /** No factor at all. */
    public static final Feedback NONE = new Feedback(0, 0, 0);

    /**
     * Checks every value.
     *
     * @throws IllegalArgumentException if one is not a finite number.
     */
    public Feedback {
        if (!Double.isFinite(spreadSensitivity)
                || !Double.isFinite(imbalanceSensitivity)
                || !Double.isFinite(improveCoefficient)) {
            throw new IllegalArgumentException("sensitivities must be finite numbers: " + spreadSensitivity + ", "
                    + imbalanceSensitivity + ", " + improveCoefficient);
        }
    }

    /** What the model's rate of additions to a queue is multiplied with. */
    double limit(final QueueWindow window) {
        final int spread = window.spreadLevels();
        final double joining = improveCoefficient > 0 ? 1 - Math.min(1, (spread - 1) * improveCoefficient) : 1;
        return spreadSensitivity > 0 ? joining * PortableMath.exp(spreadSensitivity * (spread - 2.0)) : joining;
    }

    /** What the model's rate of executions against a side is multiplied with. */
    double market(final QueueWindow window, final int side) {
        final double ofSpread =
                spreadSensitivity > 0 ? PortableMath.exp(-spreadSensitivity * (window.spreadLevels() - 2.0)) : 1;
        if (!(imbalanceSensitivity > 0)) {
            return ofSpread;
        }
        long bids = 0;
        long asks = 0;
        for (int level = 0; level < window.levels(); level++) {
            bids += window.size(Side.BID, level);
            asks += window.size(Side.ASK, level);
        }
        final double imbalance = bids + asks == 0 ? 0 : (bids - asks) / (double) (bids + asks);
        return ofSpread * (1 + imbalanceSensitivity * Math.max(side == Side.BID ? imbalance : -imbalance, 0));
    }
}
