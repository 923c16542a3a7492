package io.tapedeck.engine.run;

import io.tapedeck.engine.pipeline.PipelineReport;
import io.tapedeck.journal.manifest.DataSetManifest;
import java.nio.file.Path;
import java.util.List;

/**
 * What became of one unit's day.
 *
 * @param day         which one.
 * @param file        that holds its records.
 * @param entry       what the manifest says about the file.
 * @param symbols     what became of each instrument, in the unit's order.
 * @param pipeline    how the ring and its consumers ended.
 * @param isComplete  false if the day was stopped before the close.
 * @param elapsedNs   from the first record to the end of the last consumer, nanoseconds.
 */
public record UnitDayResult(
        UnitDay day,
        Path file,
        DataSetManifest.DayFile entry,
        List<SymbolResult> symbols,
        PipelineReport pipeline,
        boolean isComplete,
        long elapsedNs) {
    /**
     * One instrument's day.
     *
     * @param symbol            its name.
     * @param openingPriceTicks in ticks.
     * @param closePriceTicks   in ticks; the next day opens with it.
     * @param modelEventCount   events of the queue model.
     * @param moveCount         how many of them moved a best price.
     */
    public record SymbolResult(
            String symbol, int openingPriceTicks, int closePriceTicks, long modelEventCount, long moveCount) {}

    /** Takes a copy of the list. */
    public UnitDayResult {
        symbols = List.copyOf(symbols);
    }
}
