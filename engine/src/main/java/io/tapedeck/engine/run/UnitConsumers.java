package io.tapedeck.engine.run;

import io.tapedeck.engine.pipeline.PipelineContext;
import java.io.IOException;

/** Adds consumers of the records to a unit's day, beside the journal that is always there. */
@FunctionalInterface
public interface UnitConsumers {
    /** Adds nobody. */
    UnitConsumers NONE = (pipeline, day) -> {};

    /**
     * Adds consumers; called for every unit and day, on the thread that will produce the records.
     *
     * @param pipeline to add to, with {@link PipelineContext#gating} or {@link PipelineContext#following}.
     * @param day      whose records will come.
     * @throws IOException if a consumer cannot be set up; the run ends.
     */
    void addTo(PipelineContext pipeline, UnitDay day) throws IOException;
}
