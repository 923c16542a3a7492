package io.tapedeck.engine.validation;

import java.util.Arrays;

/**
 * What a side of one instrument's book has at each price: how many orders, and how much cancellation hazard an order that
 * stands there all the time has met. Grows with the range of prices.
 */
final class PriceLevels {
    private static final int MARGIN_TICKS = 256;

    private int lowest;
    private int[] orders = {};
    private double[] hazards = {};

    void clear() {
        Arrays.fill(orders, 0);
        Arrays.fill(hazards, 0);
    }

    int orders(final int priceTicks) {
        final int at = priceTicks - lowest;
        return at >= 0 && at < orders.length ? orders[at] : 0;
    }

    void add(final int priceTicks, final int count) {
        final int at = reserve(priceTicks);
        orders[at] += count;
    }

    /** Integral over time of the rate at which one order of this price is cancelled. */
    double hazard(final int priceTicks) {
        final int at = reserve(priceTicks);
        return hazards[at];
    }

    void addHazard(final int priceTicks, final double hazard) {
        final int at = reserve(priceTicks);
        hazards[at] += hazard;
    }

    private int reserve(final int priceTicks) {
        if (orders.length == 0) {
            lowest = priceTicks - MARGIN_TICKS;
            orders = new int[2 * MARGIN_TICKS];
            hazards = new double[2 * MARGIN_TICKS];
        }
        final int at = priceTicks - lowest;
        if (at < 0) {
            final int more = Math.max(-at + MARGIN_TICKS, orders.length);
            final int[] newOrders = new int[orders.length + more];
            final double[] newHazards = new double[orders.length + more];
            System.arraycopy(orders, 0, newOrders, more, orders.length);
            System.arraycopy(hazards, 0, newHazards, more, hazards.length);
            orders = newOrders;
            hazards = newHazards;
            lowest -= more;
        } else if (at >= orders.length) {
            final int length = Math.max(at + MARGIN_TICKS, 2 * orders.length);
            orders = Arrays.copyOf(orders, length);
            hazards = Arrays.copyOf(hazards, length);
        }
        return priceTicks - lowest;
    }
}
