package io.tapedeck.tools.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times since midnight of a session's date, as people write them. */
public final class TimeOfDay {
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final Pattern CLOCK = Pattern.compile("(\\d{1,3}):(\\d{2})(?::(\\d{2})(?:\\.(\\d{1,9}))?)?");

    private TimeOfDay() {}

    /**
     * The text of a time.
     *
     * @param timestampNs nanoseconds since midnight; may be past the next one.
     * @return for example {@code 09:30:00.003510394}.
     */
    public static String format(final long timestampNs) {
        final long seconds = Math.floorDiv(timestampNs, NS_PER_SECOND);
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d.%09d",
                seconds / 3_600,
                seconds / 60 % 60,
                seconds % 60,
                Math.floorMod(timestampNs, NS_PER_SECOND));
    }

    /**
     * Reads a time.
     *
     * @param text {@code 09:30}, {@code 09:30:00}, {@code 09:30:00.003510394}.
     * @return nanoseconds since midnight.
     * @throws IllegalArgumentException if it is no such text.
     */
    public static long parse(final String text) {
        final Matcher clock = CLOCK.matcher(text);
        if (!clock.matches() || Integer.parseInt(clock.group(2)) > 59) {
            throw wrong(text);
        }
        final int seconds = clock.group(3) == null ? 0 : Integer.parseInt(clock.group(3));
        if (seconds > 59) {
            throw wrong(text);
        }
        final String fraction = clock.group(4) == null ? "0" : clock.group(4);
        final long ns = Long.parseLong((fraction + "000000000").substring(0, 9));
        return (Integer.parseInt(clock.group(1)) * 3_600L + Integer.parseInt(clock.group(2)) * 60L + seconds)
                        * NS_PER_SECOND
                + ns;
    }

    private static IllegalArgumentException wrong(final String text) {
        return new IllegalArgumentException(
                "not a time of day: '" + text + "'; write 09:30, 09:30:00 or 09:30:00.123456789");
    }
}
