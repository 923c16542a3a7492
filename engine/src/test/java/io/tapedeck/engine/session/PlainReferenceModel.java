package io.tapedeck.engine.session;

import io.tapedeck.engine.model.QueueReactiveCurves;
import io.tapedeck.engine.model.SimpleImbalanceParameters;
import java.util.ArrayList;
import java.util.List;

/**
 * The reference model a second time, written down rule by rule with plain arrays, divisions and the JDK's logarithm: no
 * tables, no rings, no shortcuts. It shares nothing with the product but its parameters, the curves' tables and nothing
 * else, so that the two agree only if both are right or both misread a rule.
 */
final class PlainReferenceModel {
    private final SessionParameters parameters;
    private final int n;
    private final int refill;
    private final int[][] price;
    private final int[][] depth;
    private final long[] words = new long[312];
    private int position;
    private int level;
    private double[] weights;
    private long moves;

    PlainReferenceModel(final SessionParameters parameters) {
        this.parameters = parameters;
        n = Math.max(1, Math.min(64, parameters.levelsPerSide()));
        refill = parameters.initialDepth() == 0 ? 50 : parameters.initialDepth();
        price = new int[2][n];
        depth = new int[2][n];
    }

    /** Events of a session up to a limit. */
    List<StreamEvent> run(final long seed, final int limit) {
        seed(seed);
        final int spread = parameters.initialSpreadTicks() == 0 ? 2 : parameters.initialSpreadTicks();
        for (int k = 0; k < n; k++) {
            price[0][k] = parameters.p0Ticks() - spread / 2 - k;
            price[1][k] = parameters.p0Ticks() + (spread - spread / 2) + k;
            depth[0][k] = refill;
            depth[1][k] = refill;
        }
        final List<StreamEvent> events = new ArrayList<>();
        double t = 0.0;
        while (t < parameters.sessionSeconds() && events.size() < limit) {
            final double[] rates = rates();
            final double total = ((((rates[0] + rates[1]) + rates[2]) + rates[3]) + rates[4]) + rates[5];
            t += waitingTime(total);
            if (t >= parameters.sessionSeconds()) {
                break;
            }
            final int type = chooseType(rates, total);
            final int side = type < 4 ? type % 2 : 5 - type;
            final int at = choosePrice(type, side);
            final int bidBefore = price[0][0];
            final int askBefore = price[1][0];
            apply(type, side, at);
            int flags = (price[1][0] > askBefore ? 1 : 0) + (price[0][0] < bidBefore ? 2 : 0);
            if (price[0][0] != bidBefore || price[1][0] != askBefore) {
                moves++;
                if (parameters.thetaReinit() > 0 && uniform() < parameters.thetaReinit()) {
                    for (int k = 0; k < n; k++) {
                        depth[0][k] = poisson();
                        depth[1][k] = poisson();
                    }
                    flags += 4;
                }
            }
            final long ns = parameters.marketOpenSeconds() * 1_000_000_000L + (long) (t * 1e9);
            events.add(new StreamEvent(ns, type, side, at, 1, events.size() + 1, flags));
        }
        return events;
    }

    int close() {
        return (int) (((long) price[0][0] + price[1][0]) / 2);
    }

    long moves() {
        return moves;
    }

    private double[] rates() {
        if (parameters.model() instanceof QueueReactiveCurves) {
            return queueReactiveRates((QueueReactiveCurves) parameters.model());
        }
        final SimpleImbalanceParameters p = (SimpleImbalanceParameters) parameters.model();
        final double si = p.imbalanceSensitivity() <= 0 ? 1 : p.imbalanceSensitivity();
        final double sc = p.cancelSensitivity() <= 0 ? 1 : p.cancelSensitivity();
        final double eps = p.executionFloor() <= 0 ? 0.05 : p.executionFloor();
        final double qb = depth[0][0];
        final double qa = depth[1][0];
        final double i = (qb - qa) / ((qb + qa) + 1e-9);
        final double add = multiplier(p.spreadSensitivity(), 1);
        final double execute = multiplier(p.spreadSensitivity(), -1);
        final double[] rates = {
            (p.limitRate() * (1 - si * i)) * add,
            (p.limitRate() * (1 + si * i)) * add,
            (p.cancelRate() * sc) * sum(depth[0], n),
            (p.cancelRate() * sc) * sum(depth[1], n),
            (p.marketRate() * (eps + Math.max(-si * i, 0))) * execute,
            (p.marketRate() * (eps + Math.max(si * i, 0))) * execute
        };
        for (int k = 0; k < 6; k++) {
            rates[k] = Double.isFinite(rates[k]) && rates[k] >= 0 ? Math.max(rates[k], 1e-9) : 1e-9;
        }
        return rates;
    }

    private double[] queueReactiveRates(final QueueReactiveCurves curves) {
        final int k = curves.levels();
        weights = new double[4 * k + 2];
        final double[] rates = new double[6];
        if (n >= k) {
            final double add = multiplier(curves.spreadSensitivity(), 1);
            final double execute = multiplier(curves.spreadSensitivity(), -1);
            for (int i = 0; i < k; i++) {
                weights[i] = at(curves.limitBid(i), depth[0][i]) * add;
                weights[k + i] = at(curves.limitAsk(i), depth[1][i]) * add;
                weights[2 * k + i] = at(curves.cancelBid(i), depth[0][i]);
                weights[3 * k + i] = at(curves.cancelAsk(i), depth[1][i]);
                for (int type = 0; type < 4; type++) {
                    rates[type] += weights[type * k + i];
                }
            }
            final double tb = sum(depth[0], k);
            final double ta = sum(depth[1], k);
            double eb = 1;
            double es = 1;
            if (curves.imbalanceSensitivity() > 0 && tb + ta > 0) {
                final double j = (tb - ta) / (tb + ta);
                eb = 1 + curves.imbalanceSensitivity() * Math.max(-j, 0);
                es = 1 + curves.imbalanceSensitivity() * Math.max(j, 0);
            }
            rates[4] = (at(curves.marketBuy(), depth[1][0]) * execute) * eb;
            rates[5] = (at(curves.marketSell(), depth[0][0]) * execute) * es;
            weights[4 * k] = rates[4];
            weights[4 * k + 1] = rates[5];
        }
        for (int type = 0; type < 6; type++) {
            rates[type] = Math.max(rates[type], 1e-12);
        }
        return rates;
    }

    private double multiplier(final double sensitivity, final int sign) {
        return sensitivity <= 0 ? 1 : Math.exp((sign * sensitivity) * ((price[1][0] - price[0][0]) - 2.0));
    }

    private static double at(final double[] curve, final int q) {
        return curve.length == 0 ? 0 : curve[q < curve.length ? q : curve.length - 1];
    }

    private static double sum(final int[] depths, final int count) {
        double sum = 0;
        for (int k = 0; k < count; k++) {
            sum += depths[k];
        }
        return sum;
    }

    private double waitingTime(final double total) {
        if (!(total > 0) || Double.isInfinite(total)) {
            return 1e9;
        }
        double u = uniform();
        if (u < 1e-10 || u >= 1) {
            u = 1e-10;
        }
        return -Math.log(u) / total;
    }

    private int chooseType(final double[] rates, final double total) {
        if (parameters.model() instanceof SimpleImbalanceParameters) {
            level = -1;
            return choose(rates, total, uniform(), 5);
        }
        double whole = 0;
        for (final double weight : weights) {
            if (weight > 0 && Double.isFinite(weight)) {
                whole += weight;
            }
        }
        int index = 0;
        if (whole > 0) {
            final double u = uniform();
            index = u <= 0 || u >= 1 ? 0 : choose(weights, whole, u, weights.length - 1);
        }
        final int k = weights.length / 4;
        level = index < 4 * k ? index % k : 0;
        return index < 4 * k ? index / k : 4 + (index - 4 * k);
    }

    private static int choose(final double[] weights, final double whole, final double u, final int otherwise) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                sum += weights[i];
                if (u < sum / whole) {
                    return i;
                }
            }
        }
        return otherwise;
    }

    private int choosePrice(final int type, final int side) {
        if (type >= 4) {
            return price[side][0];
        }
        final int spread = price[1][0] - price[0][0];
        final double g = parameters.spreadImproveCoefficient();
        if (type < 2 && spread > 1 && g > 0 && uniform() < Math.min(1.0, (spread - 1) * g)) {
            return side == 0 ? price[0][0] + 1 : price[1][0] - 1;
        }
        if (level >= 0) {
            return price[side][Math.min(level, n - 1)];
        }
        final double[] shares = new double[n];
        double whole = 0;
        for (int k = 0; k < n; k++) {
            final double alpha = ((SimpleImbalanceParameters) parameters.model()).levelDecay();
            shares[k] = type < 2 ? Math.exp(-alpha * k) : depth[side][k];
            whole += shares[k];
        }
        if (type < 2 && n == 1 || whole <= 0) {
            return price[side][0];
        }
        return price[side][choose(shares, whole, uniform(), n - 1)];
    }

    private void apply(final int type, final int side, final int at) {
        final int outward = side == 0 ? -1 : 1;
        final int slot = (at - price[side][0]) * outward;
        if (type < 2 && slot < 0) {
            for (int k = n - 1; k > 0; k--) {
                price[side][k] = price[side][k - 1];
                depth[side][k] = depth[side][k - 1];
            }
            price[side][0] = at;
            depth[side][0] = 1;
        } else if (type < 2) {
            depth[side][slot]++;
        } else if (depth[side][slot] > 0) {
            depth[side][slot]--;
            for (int i = 0; slot == 0 && i < 64 && depth[side][0] == 0; i++) {
                shift(side, outward);
            }
        }
    }

    private void shift(final int side, final int outward) {
        for (int k = 0; k < n - 1; k++) {
            price[side][k] = price[side][k + 1];
            depth[side][k] = depth[side][k + 1];
        }
        price[side][n - 1] = n == 1 ? price[side][0] + outward : price[side][n - 2] + outward;
        depth[side][n - 1] = refill;
    }

    private int poisson() {
        final double mean = parameters.reinitDepthMean() <= 0 ? 10 : parameters.reinitDepthMean();
        double u = uniform();
        if (u <= 0 || u >= 1) {
            u = 0.5;
        }
        double p = Math.exp(-mean);
        double s = p;
        int k = 0;
        while (u > s) {
            k++;
            p = p * (mean / k);
            s += p;
        }
        return k;
    }

    private void seed(final long seed) {
        words[0] = seed;
        for (int k = 1; k < 312; k++) {
            words[k] = 6364136223846793005L * (words[k - 1] ^ (words[k - 1] >>> 62)) + k;
        }
        position = 312;
    }

    private double uniform() {
        if (position == 312) {
            for (int k = 0; k < 312; k++) {
                final long y = (words[k] & 0xFFFFFFFF80000000L) | (words[(k + 1) % 312] & 0x7FFFFFFFL);
                words[k] = words[(k + 156) % 312] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : 0xB5026F5AA96619E9L);
            }
            position = 0;
        }
        long z = words[position++];
        z ^= (z >>> 29) & 0x5555555555555555L;
        z ^= (z << 17) & 0x71D67FFFEDA60000L;
        z ^= (z << 37) & 0xFFF7EEE000000000L;
        z ^= z >>> 43;
        final double u = (z >= 0 ? (double) z : (double) ((z >>> 1) | (z & 1)) * 2.0) * 0x1.0p-64;
        return u >= 1 ? 1 - 0x1.0p-53 : u;
    }
}
