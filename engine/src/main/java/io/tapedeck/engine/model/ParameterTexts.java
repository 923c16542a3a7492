package io.tapedeck.engine.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parameters as a recipe keeps them, taken out one by one and turned back into numbers. What nobody took is a name that this
 * program does not know, and {@link #requireAllTaken} refuses it: a parameter that is passed over would make other records
 * without a word.
 *
 * <p><b>Note:</b> belongs to one thread.
 */
public final class ParameterTexts {
    private static final String[] EMPTY_TABLE = {};

    private final String prefix;
    private final Map<String, String> texts;

    /**
     * All texts of a recipe.
     *
     * @param texts by name; copied.
     */
    public ParameterTexts(final Map<String, String> texts) {
        this("", texts);
    }

    private ParameterTexts(final String prefix, final Map<String, String> texts) {
        this.prefix = prefix;
        this.texts = new LinkedHashMap<>(texts);
    }

    /**
     * Takes the texts of a group out.
     *
     * @param groupPrefix that the group's names begin with, for example {@code model.}.
     * @return the group, its names without the prefix; messages have the whole name.
     */
    public ParameterTexts group(final String groupPrefix) {
        final Map<String, String> group = new LinkedHashMap<>();
        texts.forEach((name, text) -> {
            if (name.startsWith(groupPrefix)) {
                group.put(name.substring(groupPrefix.length()), text);
            }
        });
        texts.keySet().removeIf(name -> name.startsWith(groupPrefix));
        return new ParameterTexts(prefix + groupPrefix, group);
    }

    /**
     * Whether there is nothing left to take.
     *
     * @return true also for a group that is not there.
     */
    public boolean isEmpty() {
        return texts.isEmpty();
    }

    /**
     * Whether a parameter is there and not yet taken.
     *
     * @param name of the parameter.
     * @return false for one that a recipe may leave out, and has.
     */
    public boolean has(final String name) {
        return texts.containsKey(name);
    }

    /**
     * Takes a whole number.
     *
     * @param name of the parameter.
     * @return its value.
     * @throws IllegalArgumentException if it is not there or no whole number of 32 bits.
     */
    public int integer(final String name) {
        final String text = take(name);
        try {
            return Integer.parseInt(text);
        } catch (final NumberFormatException ex) {
            throw wrong(name, text, "a whole number", ex);
        }
    }

    /**
     * Takes a number.
     *
     * @param name of the parameter.
     * @return its value, to the bit.
     * @throws IllegalArgumentException if it is not there or no number.
     */
    public double number(final String name) {
        return number(name, take(name));
    }

    /**
     * Takes numbers with commas between them.
     *
     * @param name of the parameter.
     * @return their values, to the bit; none for an empty text.
     * @throws IllegalArgumentException if it is not there or one is no number.
     */
    public double[] numbers(final String name) {
        final String text = take(name);
        final String[] parts = text.isEmpty() ? EMPTY_TABLE : text.split(",", -1);
        final double[] numbers = new double[parts.length];
        for (int i = 0; i < parts.length; i++) {
            numbers[i] = number(name, parts[i]);
        }
        return numbers;
    }

    /**
     * Takes a word.
     *
     * @param name of the parameter.
     * @return its text.
     * @throws IllegalArgumentException if it is not there.
     */
    public String word(final String name) {
        return take(name);
    }

    /**
     * Requires that every parameter was taken.
     *
     * @throws IllegalArgumentException naming those that were not.
     */
    public void requireAllTaken() {
        if (!texts.isEmpty()) {
            final List<String> names = new ArrayList<>(texts.keySet());
            throw new IllegalArgumentException("this program does not know the parameter " + prefix + names.get(0)
                    + (names.size() > 1 ? " and " + (names.size() - 1) + " more" : "")
                    + "; a newer one made the recipe, or it was edited");
        }
    }

    private double number(final String name, final String text) {
        try {
            return Double.parseDouble(text);
        } catch (final NumberFormatException ex) {
            throw wrong(name, text, "a number", ex);
        }
    }

    private String take(final String name) {
        final String text = texts.remove(name);
        if (text == null) {
            throw new IllegalArgumentException("the parameter " + prefix + name + " is missing");
        }
        return text;
    }

    private IllegalArgumentException wrong(
            final String name, final String text, final String kind, final Throwable cause) {
        return new IllegalArgumentException(
                "the parameter " + prefix + name + " is '" + text + "', must be " + kind, cause);
    }
}
