package io.tapedeck.engine.model;

import io.tapedeck.engine.random.RandomSource;

/**
 * The mistake that a clock makes which is asked for a rate after each event only: excitation decays from event to event, but
 * between two of them the intensity stays where the last one left it. Tests of tests must find it.
 */
final class FrozenHawkesClock implements EventClock {
    private final RandomSource random;
    private final HawkesParameters hawkes;
    private double excitation;

    FrozenHawkesClock(final RandomSource random, final HawkesParameters hawkes) {
        this.random = random;
        this.hawkes = hawkes;
    }

    @Override
    public void open() {
        excitation = -hawkes.alpha();
    }

    @Override
    public double nextSeconds(final double nowSeconds, final MarketProcess process) {
        excitation += hawkes.alpha();
        final double intensity = process.totalRate(nowSeconds) * (1 + Math.min(excitation, hawkes.cap()));
        final double wait = -Math.log(random.nextDouble()) / intensity;
        excitation *= Math.exp(-hawkes.betaPerSecond() * wait);
        return nowSeconds + wait;
    }
}
