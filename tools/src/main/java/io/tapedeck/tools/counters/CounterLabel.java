package io.tapedeck.tools.counters;

/**
 * The name of a counter, in its parts.
 *
 * @param unit of the market, or of the process where it has none: {@code u0}, {@code listener}.
 * @param name what is counted: {@code consumed}.
 * @param part of the process that it is counted for: {@code journal}; empty where there is one for all.
 */
public record CounterLabel(String unit, String name, String part) {
    /**
     * Takes a label apart. Whatever is in it, the parts can be shown on a terminal.
     *
     * @param label {@code <unit> <name> <part>}; one that has no unit is all name.
     * @return its parts.
     */
    public static CounterLabel parse(final String label) {
        final String[] words = label.replaceAll("[^\\p{Graph} ]", "?").strip().split(" +", 3);
        return words.length == 1
                ? new CounterLabel("", words[0], "")
                : new CounterLabel(words[0], words[1], words.length == 3 ? words[2] : "");
    }

    /**
     * The label as it is in the file.
     *
     * @return parts with spaces between.
     */
    @Override
    public String toString() {
        return (unit + " " + name + " " + part).strip();
    }
}
