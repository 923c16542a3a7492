package io.tapedeck.engine.calibration;

import io.tapedeck.engine.model.HawkesParameters;
import io.tapedeck.engine.random.PortableMath;

/**
 * The time that a market's law goes by while excitation makes it faster: one second of the clock is 1 + min(E, cap)
 * seconds of it, with E decaying at the rate beta and growing by alpha at every event. Rates per second of this time are
 * the law's own; rates per second of the clock are not, and where excitation is strong they are a multiple.
 *
 * <p>Between events the integral has a closed form. With E above the cap for the first u seconds and e = min(E, cap),
 *
 * <pre>
 *   t seconds take   t + cap min(t, u) + e / beta (1 - exp(-beta max(0, t - u)))     u = max(0, ln(E / cap) / beta)
 * </pre>
 *
 * <p>Without excitation it is the clock's time. <b>Note:</b> belongs to one thread.
 */
final class OperationalTime {
    private static final double SECONDS_PER_NS = 1e-9;

    private final HawkesParameters hawkes;
    private double excitation;

    OperationalTime(final HawkesParameters hawkes) {
        this.hawkes = hawkes;
    }

    /** A new session: nothing has happened. */
    void restart() {
        excitation = 0;
    }

    void onEvent() {
        excitation += hawkes.alpha();
    }

    /** Lets time pass, and says how much it takes. */
    double pass(final long ns) {
        final double seconds = ns * SECONDS_PER_NS;
        if (!(excitation > 0) || !(hawkes.cap() > 0)) {
            decay(seconds);
            return seconds;
        }
        final double beta = hawkes.betaPerSecond();
        final double saturated = Math.max(0, StrictMath.log(excitation / hawkes.cap()) / beta);
        final double above = Math.min(seconds, saturated);
        final double below = seconds - above;
        final double counted = Math.min(excitation, hawkes.cap());
        final double taken = seconds + hawkes.cap() * above + counted / beta * (1 - PortableMath.exp(-beta * below));
        decay(seconds);
        return taken;
    }

    private void decay(final double seconds) {
        if (excitation > 0) {
            excitation *= PortableMath.exp(-hawkes.betaPerSecond() * seconds);
        }
    }
}
