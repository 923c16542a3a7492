package io.tapedeck.codecs.mold;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/** How sessions are named: one for each unit and day, ten characters, the date as yyMMdd and four digits of the unit. */
public final class SessionName {
    /** The largest number of a unit. */
    public static final int MAX_UNIT = 9_999;

    private static final int DATE_LENGTH = 6;

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyMMdd");

    private SessionName() {}

    /**
     * The session of a unit's day.
     *
     * @param date of the session.
     * @param unit 0 to {@link #MAX_UNIT}.
     * @return for example {@code 2601020000} for the first unit on 2026-01-02.
     * @throws IllegalArgumentException when the unit is out of range.
     */
    public static MoldSession of(final LocalDate date, final int unit) {
        if (unit < 0 || unit > MAX_UNIT) {
            throw new IllegalArgumentException("a unit is numbered from 0 to " + MAX_UNIT + ": unit=" + unit);
        }
        return MoldSession.of(DATE.format(date) + String.format("%04d", unit));
    }

    /**
     * The date in a session's name.
     *
     * @param session of any publisher.
     * @return null when the name is not of that form.
     */
    public static LocalDate date(final MoldSession session) {
        final String name = session.toString();
        if (!name.matches("[0-9]{10}")) {
            return null;
        }
        try {
            return LocalDate.parse(name.substring(0, DATE_LENGTH), DATE);
        } catch (final DateTimeParseException ex) {
            return null;
        }
    }
}
