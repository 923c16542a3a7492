package io.tapedeck.engine.facts;

/**
 * One measured number.
 *
 * @param name  for scripts; lower case with dashes.
 * @param title for people.
 * @param value NaN where the tape has too little to say.
 * @param unit  of the value; empty for pure numbers.
 * @param band  what others found.
 */
public record Fact(String name, String title, double value, String unit, ReferenceBand band) {}
