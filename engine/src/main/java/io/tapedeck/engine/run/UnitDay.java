package io.tapedeck.engine.run;

import io.tapedeck.journal.manifest.Instrument;
import java.time.LocalDate;
import java.util.List;

/**
 * One unit's trading day: what a consumer of its records has to know before the first one comes.
 *
 * @param unit        number of the unit, from 0.
 * @param unitCount   units of the run.
 * @param date        of the session.
 * @param sessionName of the MoldUDP64 session, ten characters.
 * @param instruments of the unit, ascending by id.
 */
public record UnitDay(int unit, int unitCount, LocalDate date, String sessionName, List<Instrument> instruments) {
    /** Takes a copy of the list. */
    public UnitDay {
        instruments = List.copyOf(instruments);
    }

    /**
     * The name of a unit's session: the date as yymmdd, and the unit.
     *
     * @param date of the session.
     * @param unit 0 to 999.
     * @return ten characters, {@code 2601020000} for the first unit on 2026-01-02.
     */
    static String sessionName(final LocalDate date, final int unit) {
        return String.format(
                "%02d%02d%02d%04d", date.getYear() % 100, date.getMonthValue(), date.getDayOfMonth(), unit);
    }
}
