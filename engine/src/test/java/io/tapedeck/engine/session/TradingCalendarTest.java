package io.tapedeck.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TradingCalendarTest {
    /** Weekdays without trading, as the exchange announced and kept them. */
    @ParameterizedTest
    @CsvSource({
        "1999, 01-01 01-18 02-15 04-02 05-31 07-05 09-06 11-25 12-24",
        "2000, 01-17 02-21 04-21 05-29 07-04 09-04 11-23 12-25",
        "2001, 01-01 01-15 02-19 04-13 05-28 07-04 09-03 09-11 09-12 09-13 09-14 11-22 12-25",
        "2004, 01-01 01-19 02-16 04-09 05-31 06-11 07-05 09-06 11-25 12-24",
        "2005, 01-17 02-21 03-25 05-30 07-04 09-05 11-24 12-26",
        "2007, 01-01 01-02 01-15 02-19 04-06 05-28 07-04 09-03 11-22 12-25",
        "2008, 01-01 01-21 02-18 03-21 05-26 07-04 09-01 11-27 12-25",
        "2011, 01-17 02-21 04-22 05-30 07-04 09-05 11-24 12-26",
        "2012, 01-02 01-16 02-20 04-06 05-28 07-04 09-03 10-29 10-30 11-22 12-25",
        "2018, 01-01 01-15 02-19 03-30 05-28 07-04 09-03 11-22 12-05 12-25",
        "2020, 01-01 01-20 02-17 04-10 05-25 07-03 09-07 11-26 12-25",
        "2021, 01-01 01-18 02-15 04-02 05-31 07-05 09-06 11-25 12-24",
        "2022, 01-17 02-21 04-15 05-30 06-20 07-04 09-05 11-24 12-26",
        "2023, 01-02 01-16 02-20 04-07 05-29 06-19 07-04 09-04 11-23 12-25",
        "2024, 01-01 01-15 02-19 03-29 05-27 06-19 07-04 09-02 11-28 12-25",
        "2025, 01-01 01-09 01-20 02-17 04-18 05-26 06-19 07-04 09-01 11-27 12-25",
        "2026, 01-01 01-19 02-16 04-03 05-25 06-19 07-03 09-07 11-26 12-25",
        "2027, 01-01 01-18 02-15 03-26 05-31 06-18 07-05 09-06 11-25 12-24",
    })
    void shouldKeepTheClosuresOfAYear(final int year, final String closures) {
        final List<String> closed = days(year)
                .filter(date -> date.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0)
                .filter(date -> !TradingCalendar.isTradingDay(date))
                .map(date -> date.toString().substring(5))
                .collect(Collectors.toList());

        assertThat(closed).containsExactly(closures.split(" "));
    }

    /** Numbers of trading days that the exchange had. */
    @ParameterizedTest
    @CsvSource({"2001, 248", "2012, 250", "2018, 251", "2019, 252", "2020, 253", "2023, 250", "2024, 252", "2025, 250"})
    void shouldCountTheTradingDaysOfAYear(final int year, final int count) {
        assertThat(days(year).filter(TradingCalendar::isTradingDay)).hasSize(count);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-01, 2026-01-02",
        "2026-01-02, 2026-01-02",
        "2026-01-03, 2026-01-05",
        "2026-01-17, 2026-01-20",
        "2024-03-29, 2024-04-01",
        "2001-09-11, 2001-09-17",
        "2027-12-31, 2027-12-31",
        "2028-01-01, 2028-01-03",
    })
    void shouldFindTheTradingDayOnOrAfterADate(final LocalDate date, final LocalDate tradingDay) {
        assertThat(TradingCalendar.onOrAfter(date)).isEqualTo(tradingDay);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1997-12-31", "2100-01-01"})
    void shouldRefuseADateWhenItsYearIsNotCovered(final LocalDate date) {
        assertThatThrownBy(() -> TradingCalendar.isTradingDay(date))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("date=" + date)
                .hasMessageContaining("1998 to 2099");
    }

    @Test
    void shouldRefuseToLookForATradingDayWhenTheYearsEnd() {
        // A Thursday, and the last one.
        assertThat(TradingCalendar.onOrAfter(LocalDate.of(2099, 12, 31))).isEqualTo("2099-12-31");
        assertThatThrownBy(() -> TradingCalendar.onOrAfter(LocalDate.of(2100, 1, 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Stream<LocalDate> days(final int year) {
        final LocalDate first = LocalDate.of(year, 1, 1);
        return first.datesUntil(first.plusYears(1));
    }
}
