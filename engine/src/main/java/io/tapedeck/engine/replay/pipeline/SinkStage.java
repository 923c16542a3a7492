package io.tapedeck.engine.replay.pipeline;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.replay.EventSource;
import io.tapedeck.engine.replay.ReplayHandler;
import java.io.IOException;
import java.time.LocalDate;

/** A sink at work, on whatever thread: counts, and applies its error policy. */
final class SinkStage implements ReplayHandler {
    private final ReplayHandler sink;
    private final ErrorGuard guard;
    private long takenCount;
    private long deliveredCount;
    private long haltedCount;

    SinkStage(final String name, final ReplayHandler sink, final ErrorPolicy errorPolicy, final EventSource source) {
        this.sink = sink;
        guard = new ErrorGuard(name, errorPolicy, source);
    }

    @Override
    public void onSession(final LocalDate date) {
        guard.onSession(date);
        try {
            sink.onSession(date);
        } catch (final RuntimeException ex) {
            throw guard.failed(ex);
        }
    }

    @Override
    public void onBatch(final SlotArray slots, final long low, final long high) {
        takenCount += high - low + 1;
        if (guard.isRecordByRecord()) {
            onRecords(slots, low, high);
            return;
        }
        try {
            sink.onBatch(slots, low, high);
        } catch (final RuntimeException ex) {
            throw guard.failed(slots, low, high, ex);
        }
        deliveredCount += high - low + 1;
    }

    private void onRecords(final SlotArray slots, final long low, final long high) {
        for (long at = low; at <= high; at++) {
            if (guard.isHalted(slots.buffer(), slots.offset(at))) {
                haltedCount++;
                continue;
            }
            try {
                sink.onBatch(slots, at, at);
                deliveredCount++;
            } catch (final RuntimeException ex) {
                guard.onError(slots, at, ex);
            }
        }
    }

    @Override
    public int onIdle(final long nowNs) {
        return sink.onIdle(nowNs);
    }

    @Override
    public void onEnd() throws IOException {
        sink.onEnd();
    }

    @Override
    public void onClose() {
        sink.onClose();
    }

    long takenCount() {
        return takenCount;
    }

    long deliveredCount() {
        return deliveredCount;
    }

    long haltedCount() {
        return haltedCount;
    }

    long errorCount() {
        return guard.errorCount();
    }
}
