package io.tapedeck.journal.manifest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** Makes a manifest of JSON values, and refuses every key and value that the layout does not have. */
final class ManifestParser {
    private static final Set<String> BOOK_KEYS =
            Set.of("p0_ticks", "tick_size", "levels_per_side", "initial_spread_ticks", "initial_depth", "sessions");
    private static final Set<String> RUN_KEYS =
            Set.of("format_version", "run_id", "producer", "base_seed", "seed_strategy", "session_seconds");
    private static final Set<String> KEYS_1_0 = union(RUN_KEYS, BOOK_KEYS);
    private static final Set<String> KEYS_1_1 = union(RUN_KEYS, Set.of("securities"));
    private static final Set<String> SECURITY_KEYS = union(BOOK_KEYS, Set.of("symbol"));
    private static final Set<String> SESSION_KEYS = Set.of("date", "seed", "file");

    private ManifestParser() {}

    static ReferenceManifest parse(final JsonValue top) {
        final JsonValue version = top.get("format_version");
        final List<ReferenceManifest.Security> securities = new ArrayList<>();
        switch (version.text()) {
            case "1.0" -> {
                top.requireKeys(KEYS_1_0);
                securities.add(security(top, null));
            }
            case "1.1" -> {
                top.requireKeys(KEYS_1_1);
                securities(top.get("securities"), securities);
            }
            default -> throw version.corrupt("must be \"1.0\" or \"1.1\"");
        }
        if (!top.get("seed_strategy").text().equals(ReferenceManifest.SEED_STRATEGY)) {
            throw top.get("seed_strategy").corrupt("must be \"" + ReferenceManifest.SEED_STRATEGY + "\"");
        }
        return new ReferenceManifest(
                checked(top.get("run_id"), ManifestText::requireName),
                checked(top.get("producer"), ManifestText::requireName),
                top.get("base_seed").unsignedLong(),
                top.get("session_seconds").integer(0),
                securities);
    }

    private static void securities(final JsonValue array, final List<ReferenceManifest.Security> securities) {
        final Set<String> symbols = new HashSet<>();
        for (final Object element : array.array()) {
            final JsonValue value = (JsonValue) element;
            value.requireKeys(SECURITY_KEYS);
            final String symbol = checked(value.get("symbol"), ManifestText::requireName);
            if (!symbols.add(symbol)) {
                throw value.get("symbol").corrupt("is there twice");
            }
            securities.add(security(value, symbol));
        }
        if (securities.isEmpty()) {
            throw array.corrupt("must have at least one element");
        }
    }

    private static ReferenceManifest.Security security(final JsonValue value, final String symbol) {
        final List<ReferenceManifest.Session> sessions = new ArrayList<>();
        for (final Object element : value.get("sessions").array()) {
            sessions.add(session((JsonValue) element));
        }
        return new ReferenceManifest.Security(
                symbol,
                value.get("p0_ticks").integer(Integer.MIN_VALUE),
                value.get("tick_size").integer(1),
                value.get("levels_per_side").integer(0),
                value.get("initial_spread_ticks").integer(0),
                value.get("initial_depth").integer(0),
                sessions);
    }

    private static ReferenceManifest.Session session(final JsonValue value) {
        value.requireKeys(SESSION_KEYS);
        return new ReferenceManifest.Session(
                checked(value.get("date"), ManifestText::requireDate),
                value.get("seed").unsignedLong(),
                checked(value.get("file"), ManifestText::requireRelativePath));
    }

    /** The manifest's own rule for a string, told with the place in the file. */
    private static String checked(final JsonValue value, final BiConsumer<String, String> rule) {
        final String text = value.text();
        try {
            rule.accept(value.key(), text);
        } catch (final IllegalArgumentException ex) {
            throw value.corrupt("is refused: " + ex.getMessage());
        }
        return text;
    }

    private static Set<String> union(final Set<String> some, final Set<String> more) {
        final Set<String> all = new HashSet<>(some);
        all.addAll(more);
        return Set.copyOf(all);
    }
}
