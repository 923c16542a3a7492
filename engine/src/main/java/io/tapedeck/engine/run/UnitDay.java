package io.tapedeck.engine.run;

import io.tapedeck.journal.manifest.Instrument;
import java.nio.file.Path;
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
 * @param file        that the records are journalled in; it has its header before the first consumer is added.
 */
public record UnitDay(
        int unit, int unitCount, LocalDate date, String sessionName, List<Instrument> instruments, Path file) {
    /** Takes a copy of the list. */
    public UnitDay {
        instruments = List.copyOf(instruments);
    }
}
