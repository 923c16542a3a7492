package io.tapedeck.engine.facts;

/**
 * A curve to plot.
 *
 * @param name for scripts; lower case with dashes.
 * @param x    values of the abscissa.
 * @param y    as many values.
 */
public record Series(String name, double[] x, double[] y) {}
