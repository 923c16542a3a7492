package io.tapedeck.engine.model;

import io.tapedeck.engine.random.PortableMath;
import io.tapedeck.engine.random.RandomSource;

/**
 * The clock of a market whose events excite each other, whose activity changes, or whose law changes with time:
 *
 * <pre>
 *   intensity(t) = a(t) B(t) (1 + min(E(t), cap))      a: activity,  B: rate of the process
 *   dE = -beta a(t) E dt                               and E grows by alpha at every event
 * </pre>
 *
 * Activity is a change of time for everything, the memory of excitation included, so it does not move the branching ratio.
 *
 * <p>Every waiting time is exact, by inversion: one unit exponential is drawn, and time goes on until the integral of the
 * intensity has used it up. Between events B, a and so the integrand have a closed form within each cell of the grid; at the
 * end of a cell what is left of the exponential is carried on. So one event takes one draw, whatever is switched on, and
 * the sequence of the exponentials is that of the {@link PoissonClock}: excitation and activity change when events happen
 * and nothing else.
 *
 * <p>In the time s that activity makes, from a state E, with e = min(E, cap) and saturation until
 * t<sub>c</sub> = max(0, ln(E / cap) / beta), the integral over B is
 * s + cap min(s, t<sub>c</sub>) + (e / beta) (1 - exp(-beta (s - t<sub>c</sub>)<sup>+</sup>)); its inverse is linear where
 * saturated, and otherwise found by Newton's method, which converges from anywhere because the integral is concave.
 *
 * <p>The grid has {@value FactorPath#CELLS_PER_SECOND} points a second when the law varies, one a second when only activity
 * does, and none otherwise.
 */
public final class ModulatedClock implements EventClock {
    /** A Newton step below it leaves an error of half its square at most. */
    private static final double LAST_STEP = 1e-7;

    /** After so many times 1 / beta nothing is left of any excitation. */
    private static final double MEMORY = 750;

    private final RandomSource random;
    private final double alpha;
    private final double beta;
    private final double memorySeconds;
    private final double cap;
    private final Activity activity;
    private final double cellsPerSecond;
    private final double sessionSeconds;
    private boolean isOpening;
    private double excitation;

    /**
     * A clock.
     *
     * @param random         one draw per step; the clock does not seed it.
     * @param hawkes         how events excite each other.
     * @param activity       how busy the market is, owned by the clock from now on; null for always the same.
     * @param isLawVarying   whether the process's rate changes at the points of the {@link FactorPath}'s grid.
     * @param sessionSeconds beyond which nothing is looked for.
     */
    ModulatedClock(
            final RandomSource random,
            final HawkesParameters hawkes,
            final Activity activity,
            final boolean isLawVarying,
            final double sessionSeconds) {
        this.random = random;
        alpha = hawkes.alpha();
        beta = hawkes.betaPerSecond();
        memorySeconds = 1 / beta;
        cap = hawkes.cap();
        this.activity = activity;
        cellsPerSecond = isLawVarying ? FactorPath.CELLS_PER_SECOND : activity != null ? 1 : 0;
        this.sessionSeconds = sessionSeconds;
    }

    @Override
    public void open() {
        isOpening = true;
        excitation = 0;
        if (activity != null) {
            activity.open();
        }
    }

    @Override
    public double nextSeconds(final double nowSeconds, final MarketProcess process) {
        if (isOpening) {
            isOpening = false;
        } else {
            excitation += alpha;
        }
        double left = -PortableMath.ln(random.nextDouble());
        double at = nowSeconds;
        while (at < sessionSeconds) {
            final double rate = process.totalRate(at);
            if (!(rate >= 0 && rate < Double.POSITIVE_INFINITY)) {
                break;
            }
            final double speed = activity == null ? 1 : activity.multiplier((int) at);
            final double cellEnd = cellEnd(at);
            final double room = speed * (cellEnd - at);
            final double needed = left / rate;
            // At most 1 + E times as fast as without excitation: most cells without an event are seen at once.
            if (needed <= (1 + Math.min(excitation, cap)) * room) {
                final double before = excitation;
                final double wait = invert(needed);
                if (wait < room) {
                    return at + wait / speed;
                }
                excitation = before;
            }
            left = Math.max(0, left - rate * integral(room));
            excitation *= PortableMath.decay(-beta * room);
            at = cellEnd;
        }
        return nowSeconds + PoissonClock.NEVER_SECONDS;
    }

    /** E now: after {@link #nextSeconds}, just before the event that it found. */
    double excitation() {
        return excitation;
    }

    private double cellEnd(final double at) {
        return cellsPerSecond == 0 ? Double.POSITIVE_INFINITY : (Math.floor(at * cellsPerSecond) + 1) / cellsPerSecond;
    }

    /** The time in which the integral over the base rate comes to {@code needed}; E decays with it. */
    private double invert(final double needed) {
        if (excitation == 0) {
            return needed;
        }
        double saturated = 0;
        double rest = needed;
        if (excitation > cap) {
            if (cap == 0) {
                excitation *= PortableMath.decay(-beta * needed);
                return needed;
            }
            saturated = PortableMath.ln(excitation / cap) * memorySeconds;
            final double used = (1 + cap) * saturated;
            if (rest <= used) {
                final double wait = rest / (1 + cap);
                excitation *= PortableMath.decay(-beta * wait);
                return wait;
            }
            rest -= used;
            excitation = cap;
        }
        // y + e (1 - exp(-y)) = z, at whose root e exp(-y) = y + e - z. The start is the inverse series, which is
        // nearly
        // there where an event is near, but never less than where its first term alone would lead.
        final double e = excitation;
        final double z = beta * rest;
        if (z - e > MEMORY) {
            excitation = 0;
            return saturated + (z - e) * memorySeconds;
        }
        final double inverse = 1 / (1 + e);
        final double w = z * inverse;
        final double a = e * inverse;
        double y = Math.max(w, w + w * w * a * (0.5 + w * (0.5 * a - 1.0 / 6.0)));
        double step;
        do {
            final double decayed = e * PortableMath.decay(-y);
            step = (z - y - e + decayed) / (1 + decayed);
            y += step;
        } while (Math.abs(step) > LAST_STEP);
        excitation = Math.max(0, y + e - z);
        return saturated + y * memorySeconds;
    }

    /** The integral over the base rate, for a time from now on. */
    private double integral(final double time) {
        if (excitation == 0) {
            return time;
        }
        final double saturated =
                excitation <= cap ? 0 : cap == 0 ? time : PortableMath.ln(excitation / cap) * memorySeconds;
        final double decaying = Math.max(0, time - saturated);
        return time
                + cap * Math.min(time, saturated)
                + Math.min(excitation, cap) * memorySeconds * (1 - PortableMath.decay(-beta * decaying));
    }
}
