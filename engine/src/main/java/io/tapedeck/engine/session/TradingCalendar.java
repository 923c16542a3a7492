package io.tapedeck.engine.session;

import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SATURDAY;
import static java.time.DayOfWeek.SUNDAY;
import static java.time.DayOfWeek.THURSDAY;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.TemporalAdjusters;
import java.util.Set;

/**
 * The days on which the New York Stock Exchange trades, {@value #FIRST_YEAR} to {@value #LAST_YEAR}: weekdays that are
 * neither a holiday nor one of the days on which it stayed closed for an occasion. Days that close early are trading
 * days.
 *
 * <p>A holiday that falls on a Sunday is kept on the Monday, one on a Saturday on the Friday before; New Year on a
 * Saturday is not kept at all, because the Friday ends the year's books. Source: rule 7.2 of the exchange, and its
 * yearly announcements.
 */
public final class TradingCalendar {
    /** The first year that these rules cover: the first with Martin Luther King's birthday. */
    public static final int FIRST_YEAR = 1998;

    /** The last year that can be asked for. */
    public static final int LAST_YEAR = 2099;

    private static final int FIRST_JUNETEENTH = 2022;

    /** Attacks on New York, funerals of presidents, a hurricane. */
    private static final Set<LocalDate> CLOSED_FOR_AN_OCCASION = Set.of(
            LocalDate.of(2001, 9, 11),
            LocalDate.of(2001, 9, 12),
            LocalDate.of(2001, 9, 13),
            LocalDate.of(2001, 9, 14),
            LocalDate.of(2004, 6, 11),
            LocalDate.of(2007, 1, 2),
            LocalDate.of(2012, 10, 29),
            LocalDate.of(2012, 10, 30),
            LocalDate.of(2018, 12, 5),
            LocalDate.of(2025, 1, 9));

    private TradingCalendar() {}

    /**
     * Whether the exchange trades on a day.
     *
     * @param date in {@value #FIRST_YEAR} to {@value #LAST_YEAR}.
     * @return false for weekends, holidays and occasions.
     * @throws IllegalArgumentException for a date outside of these years.
     */
    public static boolean isTradingDay(final LocalDate date) {
        if (date.getYear() < FIRST_YEAR || date.getYear() > LAST_YEAR) {
            throw new IllegalArgumentException(
                    "the trading calendar covers " + FIRST_YEAR + " to " + LAST_YEAR + ": date=" + date);
        }
        return !isWeekend(date) && !isHoliday(date) && !CLOSED_FOR_AN_OCCASION.contains(date);
    }

    /**
     * The first trading day from a date on.
     *
     * @param date in {@value #FIRST_YEAR} to {@value #LAST_YEAR}.
     * @return the date itself if it is one.
     * @throws IllegalArgumentException when there is none in these years.
     */
    public static LocalDate onOrAfter(final LocalDate date) {
        LocalDate day = date;
        while (!isTradingDay(day)) {
            day = day.plusDays(1);
        }
        return day;
    }

    private static boolean isWeekend(final LocalDate date) {
        return date.getDayOfWeek() == SATURDAY || date.getDayOfWeek() == SUNDAY;
    }

    /** Of a weekday. */
    private static boolean isHoliday(final LocalDate date) {
        final int year = date.getYear();
        return date.equals(LocalDate.of(year, Month.JANUARY, 1))
                || date.getDayOfWeek() == MONDAY && date.equals(LocalDate.of(year, Month.JANUARY, 2))
                || date.equals(nth(3, MONDAY, year, Month.JANUARY))
                || date.equals(nth(3, MONDAY, year, Month.FEBRUARY))
                || date.equals(easterSunday(year).minusDays(2))
                || date.equals(LocalDate.of(year, Month.MAY, 1).with(TemporalAdjusters.lastInMonth(MONDAY)))
                || year >= FIRST_JUNETEENTH && date.equals(observed(LocalDate.of(year, Month.JUNE, 19)))
                || date.equals(observed(LocalDate.of(year, Month.JULY, 4)))
                || date.equals(nth(1, MONDAY, year, Month.SEPTEMBER))
                || date.equals(nth(4, THURSDAY, year, Month.NOVEMBER))
                || date.equals(observed(LocalDate.of(year, Month.DECEMBER, 25)));
    }

    private static LocalDate observed(final LocalDate holiday) {
        if (holiday.getDayOfWeek() == SATURDAY) {
            return holiday.minusDays(1);
        }
        return holiday.getDayOfWeek() == SUNDAY ? holiday.plusDays(1) : holiday;
    }

    private static LocalDate nth(final int n, final DayOfWeek day, final int year, final Month month) {
        return LocalDate.of(year, month, 1).with(TemporalAdjusters.dayOfWeekInMonth(n, day));
    }

    /**
     * The Sunday after the first full moon of the church's tables on or after 21 March.
     *
     * <p>The epact is the age of that table's moon at the start of the year, which falls back by 11 days a year and is
     * set right every century for leap days left out (three in four) and for the drift of the 19-year cycle (eight days
     * in 25 centuries). Source: C. Clavius, <i>Romani calendarii explicatio</i> (1603).
     */
    private static LocalDate easterSunday(final int year) {
        final int century = year / 100;
        final int goldenNumber = year % 19;
        final int leapDaysLeftOut = century - century / 4;
        final int moonDrift = (8 * century + 13) / 25;
        // Days from 21 March to the full moon.
        final int epactDays = (19 * goldenNumber + leapDaysLeftOut - moonDrift + 15) % 30;
        // The tables allow no full moon later than 18 April, nor two in one cycle on the same day.
        final boolean isTooLate = epactDays == 29 || epactDays == 28 && goldenNumber > 10;
        final LocalDate fullMoon = LocalDate.of(year, Month.MARCH, 21).plusDays(isTooLate ? epactDays - 1 : epactDays);
        return fullMoon.with(TemporalAdjusters.next(SUNDAY));
    }
}
