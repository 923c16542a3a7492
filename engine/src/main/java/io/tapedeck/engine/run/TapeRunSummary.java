package io.tapedeck.engine.run;

import java.util.List;

/**
 * What became of a run.
 *
 * @param days      of all units, dates ascending, units ascending within a date.
 * @param isStopped whether it was stopped before its end.
 * @param elapsedNs from start to end, nanoseconds.
 */
public record TapeRunSummary(List<UnitDayResult> days, boolean isStopped, long elapsedNs) {
    /** Takes a copy of the list. */
    public TapeRunSummary {
        days = List.copyOf(days);
    }

    /**
     * Records of all tapes.
     *
     * @return their number.
     */
    public long recordCount() {
        return days.stream().mapToLong(day -> day.entry().recordCount()).sum();
    }

    /**
     * Length of all tapes.
     *
     * @return bytes.
     */
    public long lengthBytes() {
        return days.stream().mapToLong(day -> day.entry().lengthBytes()).sum();
    }

    /**
     * Whether every consumer of every ring got everything.
     *
     * @return false if one failed, was cut off or is stuck.
     */
    public boolean isClean() {
        return days.stream().allMatch(day -> day.pipeline().isClean());
    }
}
