package io.tapedeck.engine.replay.pipeline;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.replay.ReplayHandler;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;

/** Hands everything to several handlers in turn. All are closed, also after one has failed. */
final class FanOut implements ReplayHandler {
    private final ReplayHandler[] handlers;

    private FanOut(final List<? extends ReplayHandler> handlers) {
        this.handlers = handlers.toArray(new ReplayHandler[0]);
    }

    static ReplayHandler of(final List<? extends ReplayHandler> handlers) {
        return handlers.size() == 1 ? handlers.get(0) : new FanOut(handlers);
    }

    @Override
    public void onSession(final LocalDate date) {
        for (final ReplayHandler handler : handlers) {
            handler.onSession(date);
        }
    }

    @Override
    public void onBatch(final SlotArray slots, final long low, final long high) {
        for (final ReplayHandler handler : handlers) {
            handler.onBatch(slots, low, high);
        }
    }

    @Override
    public int onIdle(final long nowNs) {
        int work = 0;
        for (final ReplayHandler handler : handlers) {
            work += handler.onIdle(nowNs);
        }
        return work;
    }

    @Override
    public void onEnd() throws IOException {
        for (final ReplayHandler handler : handlers) {
            handler.onEnd();
        }
    }

    @Override
    public void onClose() {
        RuntimeException failure = null;
        for (final ReplayHandler handler : handlers) {
            try {
                handler.onClose();
            } catch (final RuntimeException ex) {
                if (failure == null) {
                    failure = ex;
                } else {
                    failure.addSuppressed(ex);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
