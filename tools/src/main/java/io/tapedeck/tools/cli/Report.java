package io.tapedeck.tools.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The result of a command: named values, printed as an aligned table for people or as one JSON object for scripts.
 * Both show the same values in the same order. Not thread safe.
 */
public final class Report {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Object> values = new LinkedHashMap<>();
    private final List<String[]> lines = new ArrayList<>();

    /**
     * A heading between groups of values; it does not appear in JSON.
     *
     * @param heading text of the line.
     * @return this.
     */
    public Report heading(final String heading) {
        lines.add(new String[] {heading});
        return this;
    }

    /**
     * A value whose text for people is the value itself; integers get thousands separators.
     *
     * @param key   JSON name.
     * @param label for people.
     * @param value a number, a string, a boolean, or a list or map of these.
     * @return this.
     */
    public Report add(final String key, final String label, final Object value) {
        return add(key, label, value, text(value));
    }

    /**
     * A value with a text of its own for people.
     *
     * @param key   JSON name.
     * @param label for people.
     * @param value for JSON.
     * @param text  for people.
     * @return this.
     */
    public Report add(final String key, final String label, final Object value, final String text) {
        values.put(key, value);
        lines.add(new String[] {label, text});
        return this;
    }

    /**
     * A value for scripts only.
     *
     * @param key   JSON name.
     * @param value for JSON.
     * @return this.
     */
    public Report addHidden(final String key, final Object value) {
        values.put(key, value);
        return this;
    }

    /**
     * A line for people only.
     *
     * @param text printed as it is.
     * @return this.
     */
    public Report line(final String text) {
        return heading(text);
    }

    /**
     * The values by JSON name, for a report that becomes a part of another one.
     *
     * @return the live map, in order of addition.
     */
    public Map<String, Object> values() {
        return values;
    }

    /**
     * Prints everything that was added.
     *
     * @param out  receives the text and is flushed.
     * @param json true: one JSON object on one line; false: the table.
     */
    public void print(final PrintWriter out, final boolean json) {
        if (json) {
            try {
                out.println(JSON.writeValueAsString(values));
            } catch (final JsonProcessingException ex) {
                throw new IllegalStateException(ex);
            }
        } else {
            int width = 0;
            for (final String[] line : lines) {
                width = line.length == 2 ? Math.max(width, line[0].length()) : width;
            }
            for (final String[] line : lines) {
                out.println(line.length == 1 ? line[0] : String.format("  %-" + width + "s  %s", line[0], line[1]));
            }
        }
        out.flush();
    }

    private static String text(final Object value) {
        if (value instanceof Long || value instanceof Integer) {
            return String.format(Locale.ROOT, "%,d", ((Number) value).longValue());
        }
        if (value instanceof Double) {
            return String.format(Locale.ROOT, "%,.3f", (Double) value);
        }
        return String.valueOf(value);
    }
}
