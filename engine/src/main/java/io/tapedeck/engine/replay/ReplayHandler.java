package io.tapedeck.engine.replay;

import io.tapedeck.engine.pipeline.BatchConsumer;
import java.time.LocalDate;

/**
 * Takes events from a source. A batch never has events of two sessions: {@link #onSession} comes in between.
 *
 * <p>A handler that writes and cannot throws {@link java.io.UncheckedIOException}; {@link Replay} makes its cause of it.
 */
@FunctionalInterface
public interface ReplayHandler extends BatchConsumer {
    /**
     * Called before the first event of each session, also of one without events. Order ids and times begin anew.
     *
     * @param date of the session.
     */
    default void onSession(final LocalDate date) {}
}
