package io.tapedeck.engine.run;

import java.time.LocalDate;

/** Hears how far a run has come. <b>Note:</b> called on the producers' threads, for several units at once. */
@FunctionalInterface
public interface TapeRunListener {
    /**
     * A unit's day goes on; heard every 65,536 records or so.
     *
     * @param unit     number of the unit.
     * @param date     of the session.
     * @param records  since the day's start.
     * @param fraction of the session's time that has gone by, 0 to 1.
     */
    void onProgress(int unit, LocalDate date, long records, double fraction);
}
