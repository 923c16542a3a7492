package io.tapedeck.engine.session;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.regex.Pattern;

/**
 * Dates of consecutive sessions: the start date as it was given, then the next weekday and the next. There are no
 * holidays.
 *
 * <p>Only the shape of the start date is asked for, not that its month and day exist; the step to the next date reads
 * such a date the way calendars overflow, the 31st of June as the 1st of July.
 *
 * <p><b>Note:</b> belongs to one thread.
 */
public final class SessionCalendar {
    private static final Pattern SHAPE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    private static final int LAST_YEAR = 9_999;

    private String date;

    /**
     * A calendar that stands at its first date.
     *
     * @param startDate {@code yyyy-mm-dd}.
     * @throws IllegalArgumentException if it has another shape.
     */
    public SessionCalendar(final String startDate) {
        if (!SHAPE.matcher(startDate).matches()) {
            throw new IllegalArgumentException(
                    "a start date has the form yyyy-mm-dd, 2026-01-02 for example: startDate=" + startDate);
        }
        date = startDate;
    }

    /**
     * The present date.
     *
     * @return {@code yyyy-mm-dd}.
     */
    public String date() {
        return date;
    }

    /**
     * Goes on to the next day that is not a Saturday or a Sunday.
     *
     * @throws IllegalStateException after the year 9999.
     */
    public void advance() {
        LocalDate next = LocalDate.of(Integer.parseInt(date.substring(0, 4)), 1, 1)
                .plusMonths(Integer.parseInt(date.substring(5, 7)) - 1L)
                .plusDays(Integer.parseInt(date.substring(8)));
        while (next.getDayOfWeek() == DayOfWeek.SATURDAY || next.getDayOfWeek() == DayOfWeek.SUNDAY) {
            next = next.plusDays(1);
        }
        if (next.getYear() > LAST_YEAR) {
            throw new IllegalStateException("there is no date of the form yyyy-mm-dd after " + date);
        }
        date = next.toString();
    }
}
