package io.tapedeck.engine.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.LongConsumer;

/** Drives a handler from a source, as fast as it goes, on the calling thread. */
public final class Replay {
    private static final int BATCH_LIMIT = 256;

    private Replay() {}

    /**
     * Delivers everything that is there: to the end of a source that has one, else up to what is written.
     *
     * @param source   stays open.
     * @param handler  gets the events; it is closed, also after a failure.
     * @param progress is told after every batch how many events were delivered.
     * @return how many events were delivered; whether they are all, the source's state tells.
     * @throws io.tapedeck.codecs.CorruptDataException if the source is damaged; what came before was delivered.
     * @throws IOException                             if the source cannot be read, or the handler cannot write.
     */
    public static long run(final EventSource source, final ReplayHandler handler, final LongConsumer progress)
            throws IOException {
        long count = 0;
        try {
            int delivered;
            do {
                delivered = source.poll(handler, BATCH_LIMIT);
                count += delivered;
                progress.accept(count);
            } while (delivered > 0 || source.state() == SourceState.ACTIVE);
            handler.onEnd();
        } catch (final UncheckedIOException ex) {
            throw ex.getCause();
        } finally {
            handler.onClose();
        }
        return count;
    }
}
