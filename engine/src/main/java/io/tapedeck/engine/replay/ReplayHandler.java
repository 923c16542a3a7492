package io.tapedeck.engine.replay;

import io.tapedeck.engine.pipeline.BatchConsumer;
import java.io.IOException;
import java.time.LocalDate;

/**
 * Takes events from a source, or what a pipeline's transforms leave of them. A batch never has events of two sessions:
 * {@link #onSession} comes in between. Behind a transform batches need not follow each other without a gap: their ring
 * sequences say where the slots are and nothing else.
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

    /**
     * Called once when everything was delivered, before {@link #onClose()}: the place to make the output whole. Where it was
     * not called before the handler is closed, the replay has failed, and what was written is not to pass for a result.
     *
     * @throws IOException if the output cannot be completed.
     */
    default void onEnd() throws IOException {}
}
