package io.tapedeck.journal.manifest;

import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;

/** The text of a manifest, and what its strings may be made of: the layout knows no escapes, so none must be needed. */
final class ManifestText {
    /** Visible ASCII without quote, slash and backslash. */
    private static final Pattern NAME = Pattern.compile("[!#-.0-\\[\\]-~]{1,255}");

    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    private ManifestText() {}

    static void requireName(final String key, final String value) {
        if (!isName(value)) {
            throw new IllegalArgumentException(key + " is \"" + value
                    + "\", must be 1 to 255 visible ASCII characters without quotes and slashes, and not . or ..");
        }
    }

    static void requireDate(final String key, final String value) {
        if (!DATE.matcher(value).matches()) {
            throw new IllegalArgumentException(key + " is \"" + value + "\", must be YYYY-MM-DD");
        }
    }

    static void requireYear(final String key, final LocalDate value) {
        if (value.getYear() < 1 || value.getYear() > 9999) {
            throw new IllegalArgumentException(key + " is " + value + ", its year must be 1 to 9999");
        }
    }

    static void requireUnit(final String key, final int value) {
        if (value < 0 || value > 99) {
            throw new IllegalArgumentException(key + " is " + value + ", must be 0 to 99");
        }
    }

    static void requireRelativePath(final String key, final String value) {
        for (final String segment : value.split("/", -1)) {
            if (!isName(segment)) {
                throw new IllegalArgumentException(key + " is \"" + value
                        + "\", must be a path below the run directory, of names divided by single forward slashes");
            }
        }
    }

    private static boolean isName(final String value) {
        return NAME.matcher(value).matches() && !value.equals(".") && !value.equals("..");
    }

    static String of(final ReferenceManifest manifest) {
        final StringBuilder text = new StringBuilder(1024);
        text.append("{\n");
        string(text, "  ", "format_version", manifest.formatVersion());
        string(text, "  ", "run_id", manifest.runId());
        string(text, "  ", "producer", manifest.producer());
        number(text, "  ", "base_seed", Long.toUnsignedString(manifest.baseSeed()));
        string(text, "  ", "seed_strategy", ReferenceManifest.SEED_STRATEGY);
        number(text, "  ", "session_seconds", Integer.toString(manifest.sessionSeconds()));
        final ReferenceManifest.Security first = manifest.securities().get(0);
        if (first.symbol() == null) {
            number(text, "  ", "tick_size", Integer.toString(first.tickSize()));
            number(text, "  ", "p0_ticks", Integer.toString(first.openingPriceTicks()));
            bookAndSessions(text, "  ", first);
        } else {
            securities(text, manifest.securities());
        }
        return text.append("}\n").toString();
    }

    private static void securities(final StringBuilder text, final List<ReferenceManifest.Security> securities) {
        text.append("  \"securities\": [\n");
        for (int i = 0; i < securities.size(); i++) {
            final ReferenceManifest.Security security = securities.get(i);
            text.append("    {\n");
            string(text, "      ", "symbol", security.symbol());
            number(text, "      ", "p0_ticks", Integer.toString(security.openingPriceTicks()));
            number(text, "      ", "tick_size", Integer.toString(security.tickSize()));
            bookAndSessions(text, "      ", security);
            text.append(i + 1 < securities.size() ? "    },\n" : "    }\n");
        }
        text.append("  ]\n");
    }

    private static void bookAndSessions(
            final StringBuilder text, final String indent, final ReferenceManifest.Security security) {
        number(text, indent, "levels_per_side", Integer.toString(security.levelsPerSide()));
        number(text, indent, "initial_spread_ticks", Integer.toString(security.initialSpreadTicks()));
        number(text, indent, "initial_depth", Integer.toString(security.initialDepth()));
        text.append(indent).append("\"sessions\": [\n");
        final List<ReferenceManifest.Session> sessions = security.sessions();
        for (int i = 0; i < sessions.size(); i++) {
            final ReferenceManifest.Session session = sessions.get(i);
            text.append(indent)
                    .append("  { \"date\": \"")
                    .append(session.date())
                    .append("\", \"seed\": ")
                    .append(Long.toUnsignedString(session.seed()))
                    .append(", \"file\": \"")
                    .append(session.file())
                    .append(i + 1 < sessions.size() ? "\" },\n" : "\" }\n");
        }
        text.append(indent).append("]\n");
    }

    private static void string(final StringBuilder text, final String indent, final String key, final String value) {
        number(text, indent, key, "\"" + value + "\"");
    }

    private static void number(final StringBuilder text, final String indent, final String key, final String value) {
        text.append(indent).append('"').append(key).append("\": ").append(value).append(",\n");
    }
}
