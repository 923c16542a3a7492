package io.tapedeck.engine.replay.feature;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * When a row is written, for each instrument by itself.
 *
 * <ul>
 *   <li>{@link Kind#EVENT}: after every n-th event.
 *   <li>{@link Kind#TOUCH}: after an event that changed a best price or what rests there.
 *   <li>{@link Kind#BUCKET}: at the end of every interval, on a grid from midnight, in which the instrument had an event. The
 *       row shows the book after the last event before that time, and has that event's sequence and the end of the interval as
 *       its time.
 * </ul>
 *
 * @param kind  which of them.
 * @param value n, or the interval in nanoseconds; of no meaning for the touch.
 */
public record Trigger(Kind kind, long value) {
    /** What a trigger looks at. */
    public enum Kind {
        /** How many events there were. */
        EVENT,
        /** Whether the touch is another. */
        TOUCH,
        /** What time it is. */
        BUCKET
    }

    /**
     * Checks the value.
     *
     * @throws IllegalArgumentException if it is not positive.
     */
    public Trigger {
        if (value < 1) {
            throw new IllegalArgumentException("a trigger's count or interval must be positive: " + value);
        }
    }

    /**
     * Reads a trigger as the command line has it.
     *
     * @param text {@code event}, {@code every:N}, {@code touch}, {@code bucket:1s}, {@code bucket:500ms}, {@code bucket:10us}.
     * @return the trigger.
     * @throws IllegalArgumentException for any other text.
     */
    public static Trigger parse(final String text) {
        if (text.equals("event")) {
            return new Trigger(Kind.EVENT, 1);
        }
        if (text.equals("touch")) {
            return new Trigger(Kind.TOUCH, 1);
        }
        if (text.matches("every:[0-9]{1,9}")) {
            return new Trigger(Kind.EVENT, Long.parseLong(text.substring("every:".length())));
        }
        if (text.matches("bucket:[0-9]{1,9}(us|ms|s|m)")) {
            final String number = text.substring("bucket:".length()).replaceAll("[a-z]", "");
            final String unit = text.substring("bucket:".length() + number.length());
            return new Trigger(Kind.BUCKET, unit(unit).toNanos(Long.parseLong(number)));
        }
        throw new IllegalArgumentException(
                "not a trigger: '" + text + "'; write event, every:100, touch, bucket:1s, bucket:500ms or bucket:10us");
    }

    private static TimeUnit unit(final String name) {
        switch (name) {
            case "us":
                return TimeUnit.MICROSECONDS;
            case "ms":
                return TimeUnit.MILLISECONDS;
            case "s":
                return TimeUnit.SECONDS;
            default:
                return TimeUnit.MINUTES;
        }
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + ":" + value;
    }
}
