package io.tapedeck.engine.replay.pipeline;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.replay.ReplayHandler;
import io.tapedeck.engine.replay.Slots;
import java.io.IOException;
import java.time.LocalDate;

/** Sets a virtual clock before it hands records on; a batch of them never has two times. */
final class ClockStage implements ReplayHandler {
    private final VirtualClock clock;
    private final ReplayHandler next;

    ClockStage(final VirtualClock clock, final ReplayHandler next) {
        this.clock = clock;
        this.next = next;
    }

    @Override
    public void onSession(final LocalDate date) {
        clock.begin(date);
        next.onSession(date);
    }

    @Override
    public void onBatch(final SlotArray slots, final long low, final long high) {
        long at = low;
        while (at <= high) {
            final long timeNs = Slots.timeNs(slots, at);
            long last = at;
            while (last < high && Slots.timeNs(slots, last + 1) == timeNs) {
                last++;
            }
            clock.advance(timeNs);
            next.onBatch(slots, at, last);
            at = last + 1;
        }
    }

    @Override
    public int onIdle(final long nowNs) {
        return next.onIdle(nowNs);
    }

    @Override
    public void onEnd() throws IOException {
        next.onEnd();
    }

    @Override
    public void onClose() {
        next.onClose();
    }
}
