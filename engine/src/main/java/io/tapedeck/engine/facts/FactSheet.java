package io.tapedeck.engine.facts;

import java.util.List;

/**
 * The stylised facts of one instrument. Immutable.
 *
 * @param symbol   of the instrument.
 * @param sessions how many.
 * @param seconds  for how long its book had two sides, in market hours.
 * @param facts    numbers, in the order in which they are explained.
 * @param series   curves.
 */
public record FactSheet(String symbol, long sessions, double seconds, List<Fact> facts, List<Series> series) {
    /**
     * A curve by name.
     *
     * @param name of {@link Series#name()}.
     * @return the curve.
     * @throws IllegalArgumentException if there is none.
     */
    public Series series(final String name) {
        return series.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no series " + name));
    }

    /**
     * A fact by name.
     *
     * @param name of {@link Fact#name()}.
     * @return the fact.
     * @throws IllegalArgumentException if there is none.
     */
    public Fact fact(final String name) {
        return facts.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no fact " + name));
    }
}
