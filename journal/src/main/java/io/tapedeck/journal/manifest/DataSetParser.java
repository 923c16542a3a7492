package io.tapedeck.journal.manifest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Makes metadata and manifests of version 2.0 of JSON values, and refuses every key and value that they do not have. */
final class DataSetParser {
    private static final Set<String> SESSION_KEYS =
            Set.of("session_date", "zone", "unit", "session_name", "recipe", "instruments");
    private static final Set<String> RECIPE_KEYS =
            Set.of("generator", "generator_version", "model", "parameters", "seeds");
    private static final Set<String> INSTRUMENT_KEYS = Set.of("id", "symbol", "tick_size", "parameters");
    private static final Set<String> MANIFEST_KEYS = Set.of("format_version", "zone", "recipe", "units", "days");
    private static final String PLAN = "plan";
    private static final Set<String> PLAN_KEYS =
            Set.of("start_date", "days", "chunk_capacity", "compression", "opening_prices_ticks");
    private static final Set<String> UNIT_KEYS = Set.of("number", "instruments");
    private static final Set<String> DAY_KEYS = Set.of("date", "files");
    private static final Set<String> FILE_KEYS =
            Set.of("unit", "file", "session_name", "records", "bytes", "content_hash");

    private DataSetParser() {}

    static SessionMetadata sessionMetadata(final JsonSource source, final byte[] json) {
        final JsonValue top;
        try {
            top = JsonValue.parse(source, json);
        } catch (final IOException ex) {
            // Bytes in memory cannot fail to be read.
            throw new UncheckedIOException(ex);
        }
        top.requireKeys(SESSION_KEYS);
        return checked(
                top,
                () -> new SessionMetadata(
                        date(top.get("session_date")),
                        zone(top.get("zone")),
                        top.get("unit").integer(0),
                        top.get("session_name").text(),
                        recipe(top.get("recipe")),
                        list(top.get("instruments"), DataSetParser::instrument)));
    }

    static DataSetManifest manifest(final JsonValue top) {
        final JsonValue version = top.get("format_version");
        if (!version.text().equals(DataSetManifest.FORMAT_VERSION)) {
            throw version.corrupt("must be \"" + DataSetManifest.FORMAT_VERSION + "\"");
        }
        top.requireKeys(MANIFEST_KEYS, Set.of(PLAN));
        return checked(
                top,
                () -> new DataSetManifest(
                        recipe(top.get("recipe")),
                        zone(top.get("zone")),
                        list(top.get("units"), DataSetParser::unit),
                        top.has(PLAN) ? plan(top.get(PLAN)) : null,
                        list(top.get("days"), DataSetParser::day)));
    }

    private static RunPlan plan(final JsonValue value) {
        value.requireKeys(PLAN_KEYS);
        return checked(
                value,
                () -> new RunPlan(
                        date(value.get("start_date")),
                        value.get("days").integer(0),
                        value.get("chunk_capacity").integer(1),
                        value.get("compression").text(),
                        list(value.get("opening_prices_ticks"), price -> price.integer(Integer.MIN_VALUE))));
    }

    private static DataSetManifest.Unit unit(final JsonValue value) {
        value.requireKeys(UNIT_KEYS);
        return checked(
                value,
                () -> new DataSetManifest.Unit(
                        value.get("number").integer(0), list(value.get("instruments"), DataSetParser::instrument)));
    }

    private static DataSetManifest.Day day(final JsonValue value) {
        value.requireKeys(DAY_KEYS);
        return checked(
                value,
                () -> new DataSetManifest.Day(
                        date(value.get("date")), list(value.get("files"), DataSetParser::dayFile)));
    }

    private static DataSetManifest.DayFile dayFile(final JsonValue value) {
        value.requireKeys(FILE_KEYS);
        return checked(
                value,
                () -> new DataSetManifest.DayFile(
                        value.get("unit").integer(0),
                        value.get("file").text(),
                        value.get("session_name").text(),
                        value.get("records").unsignedLong(),
                        value.get("bytes").unsignedLong(),
                        value.get("content_hash").text()));
    }

    private static Recipe recipe(final JsonValue value) {
        value.requireKeys(RECIPE_KEYS);
        final Map<String, Long> seeds = new LinkedHashMap<>();
        value.get("seeds").members().forEach((name, seed) -> seeds.put(name, seed.unsignedLong()));
        return checked(
                value,
                () -> new Recipe(
                        value.get("generator").text(),
                        value.get("generator_version").text(),
                        value.get("model").text(),
                        parameters(value.get("parameters")),
                        seeds));
    }

    private static Instrument instrument(final JsonValue value) {
        value.requireKeys(INSTRUMENT_KEYS);
        return checked(
                value,
                () -> new Instrument(
                        value.get("id").integer(1),
                        value.get("symbol").text(),
                        value.get("tick_size").integer(1),
                        parameters(value.get("parameters"))));
    }

    private static Map<String, String> parameters(final JsonValue value) {
        final Map<String, String> parameters = new LinkedHashMap<>();
        value.members().forEach((name, parameter) -> parameters.put(name, parameter.text()));
        return parameters;
    }

    private static LocalDate date(final JsonValue value) {
        final String text = value.text();
        try {
            ManifestText.requireDate("it", text);
            return LocalDate.parse(text);
        } catch (final IllegalArgumentException | DateTimeException ex) {
            throw value.corrupt("must be a day of the calendar as YYYY-MM-DD");
        }
    }

    private static ZoneId zone(final JsonValue value) {
        try {
            return ZoneId.of(value.text());
        } catch (final DateTimeException ex) {
            throw value.corrupt("must be a time zone, for example America/New_York");
        }
    }

    private static <T> List<T> list(final JsonValue value, final Function<JsonValue, T> element) {
        final List<T> elements = new ArrayList<>();
        for (final Object item : value.array()) {
            elements.add(element.apply((JsonValue) item));
        }
        return elements;
    }

    /** The type's own rules, told with the place in the file. */
    private static <T> T checked(final JsonValue value, final Supplier<T> constructor) {
        try {
            return constructor.get();
        } catch (final IllegalArgumentException ex) {
            throw value.corrupt("is refused: " + ex.getMessage());
        }
    }
}
