package io.tapedeck.engine.model;

import java.util.function.DoubleUnaryOperator;

/** A process that only has a rate: what a clock sees of a market. */
final class ConstantProcess implements MarketProcess {
    private final DoubleUnaryOperator rateAt;

    ConstantProcess(final double rate) {
        this(nowSeconds -> rate);
    }

    ConstantProcess(final DoubleUnaryOperator rateAt) {
        this.rateAt = rateAt;
    }

    @Override
    public void open(final int openingPriceTicks) {
        // Nothing to open.
    }

    @Override
    public double totalRate(final double nowSeconds) {
        return rateAt.applyAsDouble(nowSeconds);
    }

    @Override
    public void step() {
        // Nothing happens.
    }

    @Override
    public int type() {
        return 0;
    }

    @Override
    public int side() {
        return 0;
    }

    @Override
    public int priceTicks() {
        return 0;
    }

    @Override
    public int quantity() {
        return 1;
    }

    @Override
    public int flags() {
        return 0;
    }

    @Override
    public long moveCount() {
        return 0;
    }

    @Override
    public int midTicks() {
        return 0;
    }

    @Override
    public QueueBook book() {
        throw new UnsupportedOperationException("a rate has no book");
    }
}
