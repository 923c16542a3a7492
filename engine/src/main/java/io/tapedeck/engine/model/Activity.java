package io.tapedeck.engine.model;

import io.tapedeck.engine.random.NormalDraw;
import io.tapedeck.engine.random.PortableMath;
import io.tapedeck.engine.random.RandomSource;

/**
 * One market's activity, as {@link ActivityParameters} have it: constant within each second, with the profile of the second's
 * middle. The random part starts from its stationary law and moves from second to second without error.
 *
 * <p><b>Note:</b> belongs to one thread. No allocation after construction.
 */
final class Activity {
    private final ActivityParameters parameters;
    private final RandomSource random;
    private final int sessionSeconds;
    private final double deviation;
    private final double persistence;
    private final double innovation;
    private int second;
    private double y;
    private double multiplier;

    Activity(final ActivityParameters parameters, final RandomSource random, final int sessionSeconds) {
        this.parameters = parameters;
        this.random = random;
        this.sessionSeconds = sessionSeconds;
        deviation = parameters.standardDeviation();
        persistence = PortableMath.exp(-1 / parameters.tauSeconds());
        innovation = Math.sqrt(1 - persistence * persistence);
    }

    /** Starts a session. The source has been seeded. */
    void open() {
        second = 0;
        y = NormalDraw.draw(random);
        place();
    }

    /** The multiplier of a second of the session; seconds never go back. */
    double multiplier(final int atSecond) {
        while (second < atSecond) {
            second++;
            y = persistence * y + innovation * NormalDraw.draw(random);
            place();
        }
        return multiplier;
    }

    private void place() {
        multiplier = parameters.profile((second + 0.5) / sessionSeconds)
                * PortableMath.exp(deviation * y - 0.5 * deviation * deviation);
    }
}
