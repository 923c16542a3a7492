package io.tapedeck.engine.validation;

import io.tapedeck.journal.manifest.Recipe;

/** The parameters of a recipe as numbers. */
final class RecipeNumbers {
    private final Recipe recipe;

    RecipeNumbers(final Recipe recipe) {
        this.recipe = recipe;
    }

    boolean has(final String name) {
        return recipe.parameters().containsKey(name);
    }

    String text(final String name) {
        final String text = recipe.parameters().get(name);
        if (text == null) {
            throw new IllegalArgumentException("the recipe of model " + recipe.model() + " lacks " + name
                    + "; without it there is nothing to hold the tape against");
        }
        return text;
    }

    double number(final String name) {
        return parse(name, text(name));
    }

    double numberOr(final String name, final double substitute) {
        return has(name) ? number(name) : substitute;
    }

    int integer(final String name) {
        final double value = number(name);
        if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("the recipe has " + name + "=" + text(name) + ", must be an integer");
        }
        return (int) value;
    }

    /** Numbers separated by commas; an empty text is an empty table. */
    double[] table(final String name) {
        final String text = text(name);
        if (text.isEmpty()) {
            return new double[0];
        }
        final String[] parts = text.split(",", -1);
        final double[] table = new double[parts.length];
        for (int i = 0; i < parts.length; i++) {
            table[i] = parse(name, parts[i]);
        }
        return table;
    }

    private static double parse(final String name, final String text) {
        try {
            return Double.parseDouble(text);
        } catch (final NumberFormatException ex) {
            throw new IllegalArgumentException("the recipe has " + name + "=" + text + ", must be a number", ex);
        }
    }
}
