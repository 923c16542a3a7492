package io.tapedeck.engine.order;

import io.tapedeck.engine.random.NormalDraw;
import io.tapedeck.engine.random.PortableMath;
import io.tapedeck.engine.random.RandomSource;

/**
 * Sizes of orders, one after the other, by an {@link OrderSizeLaw}.
 *
 * <p><b>Note:</b> belongs to one thread. No allocation.
 */
public final class OrderSizes {
    private final double medianShares;
    private final double sigma;
    private final int fixedShares;
    private final RandomSource random;

    OrderSizes(final OrderSizeLaw law, final RandomSource random) {
        medianShares = law.medianShares();
        sigma = law.sigma();
        fixedShares = (int) law.medianShares();
        this.random = random;
    }

    /**
     * The size of the next order.
     *
     * @return shares, 1 to {@link OrderSizeLaw#MAX_SHARES}.
     */
    public int next() {
        if (sigma == 0) {
            return fixedShares;
        }
        final double ln = sigma * NormalDraw.draw(random);
        final double shares = ln > 0 ? medianShares / PortableMath.decay(-ln) : medianShares * PortableMath.decay(ln);
        return (int) Math.rint(Math.max(1, Math.min(shares, OrderSizeLaw.MAX_SHARES)));
    }
}
