package io.tapedeck.engine.session;

/**
 * One security of a run.
 *
 * @param symbol  its name, a folder of its own in the run directory; null for the one nameless security whose files lie
 *                in the run directory itself.
 * @param p0Ticks opening price of its first day, in ticks.
 */
public record RunSecurity(String symbol, int p0Ticks) {}
