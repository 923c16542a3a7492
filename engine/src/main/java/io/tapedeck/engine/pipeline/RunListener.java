package io.tapedeck.engine.pipeline;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;

/**
 * The one seam through which the engine tells what happens in a run; whoever keeps a ledger or prints progress plugs in
 * here. Every method does nothing unless it is overridden. <b>Note:</b> {@link #onConsumerFailed} and {@link
 * #onThreadNotPinned} come from the threads concerned, all others from the thread that runs the run; none is called for
 * single events. A listener must not throw.
 */
public interface RunListener {
    /** Listens to nothing. */
    RunListener NONE = new RunListener() {};

    /**
     * A run starts.
     *
     * @param run        its name.
     * @param parameters everything that decides its result, as text.
     */
    default void onRunStart(final String run, final Map<String, String> parameters) {}

    /**
     * A run has ended.
     *
     * @param run       its name.
     * @param completed false when it was stopped early or anything in it failed.
     */
    default void onRunEnd(final String run, final boolean completed) {}

    /**
     * A session date starts.
     *
     * @param date of the session.
     */
    default void onDayStart(final LocalDate date) {}

    /**
     * A session date has ended.
     *
     * @param date   of the session.
     * @param events that it has, over all units.
     */
    default void onDayEnd(final LocalDate date, final long events) {}

    /**
     * A named part of the run starts: warm-up, simulation, draining.
     *
     * @param phase its name.
     */
    default void onPhaseStart(final String phase) {}

    /**
     * A named part of the run has ended.
     *
     * @param phase      its name.
     * @param durationNs how long it took.
     */
    default void onPhaseEnd(final String phase, final long durationNs) {}

    /**
     * A file is complete.
     *
     * @param path        of the file.
     * @param kind        what it is, for example {@code journal}.
     * @param lengthBytes its length.
     */
    default void onArtifact(final Path path, final String kind, final long lengthBytes) {}

    /**
     * What came out, at the end of a day or a run.
     *
     * @param values by name, as text, in the order in which a person should see them.
     */
    default void onSummary(final Map<String, String> values) {}

    /**
     * A consumer has thrown; from now on it only lets events pass. Called once per consumer, by its thread.
     *
     * @param unit     whose pipeline it is.
     * @param consumer its name.
     * @param sequence ring sequence of the first event that it may not have handled.
     * @param cause    what it threw.
     */
    default void onConsumerFailed(
            final String unit, final String consumer, final long sequence, final Throwable cause) {}

    /**
     * A thread that was to be pinned runs wherever the kernel lets it. Called by that thread.
     *
     * @param thread its name.
     * @param cpu    where it should be.
     * @param reason why it is not.
     */
    default void onThreadNotPinned(final String thread, final int cpu, final String reason) {}
}
