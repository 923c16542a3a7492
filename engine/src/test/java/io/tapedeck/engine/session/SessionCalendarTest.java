package io.tapedeck.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionCalendarTest {
    @ParameterizedTest
    @CsvSource({
        "2026-01-02, 2026-01-05",
        "2026-01-05, 2026-01-06",
        "2024-02-28, 2024-02-29",
        "2024-02-29, 2024-03-01",
        "2026-01-03, 2026-01-05",
        "2026-01-04, 2026-01-05",
        "2026-12-31, 2027-01-01",
        "2026-06-31, 2026-07-02",
        "2026-13-01, 2027-01-04",
    })
    void shouldGoToTheNextWeekday(final String date, final String next) {
        final SessionCalendar calendar = new SessionCalendar(date);
        assertThat(calendar.date()).isEqualTo(date);
        calendar.advance();

        assertThat(calendar.date()).isEqualTo(next);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2026-1-2", "20260102", "2026-01-02 ", "../6-01-02", "2026-01-0x"})
    void shouldRefuseADateWhenItHasAnotherShape(final String date) {
        assertThatThrownBy(() -> new SessionCalendar(date))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("startDate=" + date)
                .hasMessageContaining("yyyy-mm-dd");
    }

    @Test
    void shouldStopWhenDatesNeedFiveDigits() {
        assertThatThrownBy(new SessionCalendar("9999-12-31")::advance).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @CsvSource({"42, 0, 0, 42", "42, 1, 0, 1066", "42, 2, 3, 2093", "18446744073709551615, 0, 1, 0"})
    void shouldDeriveSeedsWhenSecuritiesAndDaysGoOn(
            final String base, final int security, final long day, final String seed) {
        final long derived = SessionSeeds.sequential(Long.parseUnsignedLong(base), security, day);

        assertThat(Long.toUnsignedString(derived)).isEqualTo(seed);
    }
}
